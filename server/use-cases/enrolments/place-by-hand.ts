/** Puts enrolments where a member wants them: the frame of skipping, sending now, moving to a step and rescheduling. */
import type { Tx } from '#db/client.ts';
import { type LockedEnrolment, lockEnrolments } from '#db/queries/enrolment-controls.ts';
import type { EventActor, NewEnrolmentEvent } from '#db/queries/enrolment-events.ts';
import { endTalksOf } from '#db/queries/bot-sessions.ts';
import { isHeldByPlan } from '#db/queries/enrolment-placement.ts';
import type { CompiledDefinition } from '#server/domain/definition/compile.ts';
import type { ControlRefusal } from '#server/domain/enrolment-events.ts';
import type { Placement } from '#server/domain/placement.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { compiledVersions } from '../engine/sequence-plan.ts';
import { findRuledSequence, type RuledSequence } from '../engine/workspace-rules.ts';
import { writePlacements, type WrittenPlacement } from '../engine/write-placements.ts';
import { type ControlAnswer, sortedOut } from './control-answer.ts';

/** Where one goes, counted from which anchor, and what its ledger says of that. */
export interface HandPlacement {
  readonly placement: Placement;
  readonly anchorAt: Date;
  readonly event: Omit<NewEnrolmentEvent, 'enrolmentId'>;
}

export interface HandPlaced extends HandPlacement {
  readonly row: LockedEnrolment;
  readonly plan: CompiledDefinition;
  readonly state: RuledSequence;
}

export type DecideByHand = (row: LockedEnrolment, plan: CompiledDefinition, state: RuledSequence) => HandPlacement | ControlRefusal;

/** Locks them and carries out what `decide` says of each. Refused beforehand: ids that are unknown here, what has ended, and
 *  what is under way at a provider, or in a bot unless
 *  the control ends its talk. One that is paused or held gets its wait frozen. Sets alarms: call it last. */
export async function placeByHand(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  by: EventActor,
  decide: DecideByHand,
  options: { readonly endsBots: boolean } = { endsBots: false },
): Promise<{ answer: ControlAnswer; placed: readonly HandPlaced[] }> {
  const locked = await lockEnrolments(tx, workspaceId, ids);
  const { rows, refused } = sortedOut(ids, locked, (row) => {
    if (row.status === 'ended') return 'alreadyEnded';
    const mayLeave = row.waitingFor === 'due' || (row.waitingFor === 'bot' && options.endsBots);
    return mayLeave && row.stepKey !== null ? null : 'underWay';
  });
  const placed: HandPlaced[] = [];
  for (const sequenceId of [...new Set(rows.map((row) => row.sequenceId))].sort()) {
    const state = await findRuledSequence(tx, workspaceId, sequenceId);
    if (!state) continue;
    const ofSequence = rows.filter((row) => row.sequenceId === sequenceId);
    const versions = await compiledVersions(tx, workspaceId, sequenceId, new Set(ofSequence.map((row) => row.version)));
    for (const row of ofSequence) {
      const plan = versions.get(row.version);
      if (!plan) continue;
      const decided = decide(row, plan, state);
      if (typeof decided === 'string') refused.push({ enrolmentId: row.id, reason: decided });
      else placed.push({ ...decided, row, plan, state });
    }
  }
  const talking = placed.filter(({ row }) => row.waitingFor === 'bot').map(({ row }) => row.id);
  await endTalksOf(tx, workspaceId, talking);
  await writePlacements(tx, workspaceId, placed.map(written), by);
  return { answer: { accepted: placed.map(({ row }) => row.id), refused }, placed };
}

function written({ row, placement, anchorAt, event, state }: HandPlaced): WrittenPlacement {
  const frozenWaitMs = isStopped(row) && placement.dueAt ? Math.max(0, placement.dueAt.getTime() - state.now.getTime()) : null;
  const to = { ...row, planRevision: state.planRevision, placement, anchorAt, frozenWaitMs };
  return { row, to, event: { enrolmentId: row.id, ...event } };
}

/** By a member or a person who has taken over: a hold of the plan itself ends with the new place. */
function isStopped(row: LockedEnrolment): boolean {
  return row.pausedAt !== null || (row.heldAt !== null && !isHeldByPlan(row.holdReason));
}
