/** What becomes of waiting people when a paused sequence goes on: everyone shifted by the pause, or overdue steps passed over. */
import type { Tx } from '#db/client.ts';
import { type LockedEnrolment, lockEnrolments } from '#db/queries/enrolment-controls.ts';
import { type EventActor, insertEnrolmentEvents, type NewEnrolmentEvent } from '#db/queries/enrolment-events.ts';
import { placeEnrolments, type PlacedEnrolment } from '#db/queries/enrolment-placement.ts';
import { type CompiledDefinition, effectiveWindowOf, nextStep, stepOf } from '#server/domain/definition/compile.ts';
import { type Placement, placeFrom } from '#server/domain/placement.ts';
import { moveIntoWindow } from '#server/domain/time/plan.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { ControlAnswer } from '../enrolments/control-answer.ts';
import { insertSkippedMessages } from '#db/queries/step-messages.ts';
import { recordPassedSteps } from './record-passed-steps.ts';
import { compiledVersions, walkContext } from './sequence-plan.ts';
import { findRuledSequence, type RuledSequence } from './workspace-rules.ts';

export interface SequencePause {
  readonly sequenceId: string;
  readonly overdue: 'shift' | 'send' | 'skip';
  /** ISO instants. */
  readonly pausedAt: string;
  readonly resumedAt: string;
}

/** Applies to enrolments that wait for their due time and are neither paused nor held themselves. The sequence is still
 *  paused while this runs, so nothing overdue leaves before its turn; `send` therefore changes nothing. */
export async function shiftEnrolmentsIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  pause: SequencePause,
  ids: readonly string[],
  by: EventActor,
): Promise<ControlAnswer> {
  const state = await findRuledSequence(tx, workspaceId, pause.sequenceId);
  if (!state || pause.overdue === 'send') return { accepted: [], refused: [] };
  const resumedAt = new Date(pause.resumedAt);
  const rows = (await lockEnrolments(tx, workspaceId, ids)).filter((row) => {
    if (row.status !== 'active' || row.waitingFor !== 'due' || !row.dueAt) return false;
    return pause.overdue === 'shift' || row.dueAt <= resumedAt;
  });
  const compiled = await compiledVersions(
    tx,
    workspaceId,
    pause.sequenceId,
    rows.map((row) => row.version),
  );
  const placed: { row: LockedEnrolment; to: PlacedEnrolment }[] = [];
  for (const row of rows) {
    const plan = compiled.get(row.version);
    if (!plan) continue;
    const { placement, anchorAt } = pause.overdue === 'shift' ? shifted(row, plan, state, pause) : passedOver(row, plan, state, resumedAt);
    placed.push({ row, to: { ...row, anchorAt, placement, frozenWaitMs: null } });
  }
  await placeEnrolments(
    tx,
    workspaceId,
    placed.map(({ to }) => to),
    { bump: true },
  );
  await insertEnrolmentEvents(
    tx,
    workspaceId,
    placed.map(({ row, to }) => eventOf(row, to.placement, pause)),
    by,
  );
  if (pause.overdue === 'skip') await recordOverdue(tx, workspaceId, placed, compiled);
  return { accepted: placed.map(({ row }) => row.id), refused: [] };
}

/** Later by as long as the pause held this enrolment, then into the next allowed hour. */
function shifted(
  row: LockedEnrolment,
  plan: CompiledDefinition,
  state: RuledSequence,
  pause: SequencePause,
): { placement: Placement; anchorAt: Date } {
  const heldSince = Math.max(new Date(pause.pausedAt).getTime(), row.startedAt.getTime());
  const byMs = Math.max(0, Math.floor((new Date(pause.resumedAt).getTime() - heldSince) / 60_000) * 60_000);
  const plannedAt = new Date((row.dueAt?.getTime() ?? 0) + byMs);
  const step = stepOf(plan, row.stepKey);
  const moved = step ? moveIntoWindow(plannedAt, effectiveWindowOf(plan, step, state.rules), row.timeZone) : null;
  const holdReason = moved === 'neverOpens' ? 'neverOpens' : null;
  const dueAt = moved === 'neverOpens' ? null : (moved?.dueAt ?? plannedAt);
  const reasons = moved === 'neverOpens' || moved === null ? [] : moved.reasons;
  return {
    placement: { ...row, plannedAt, dueAt, moveReasons: ['pause', ...reasons], exitReason: null, holdReason, skipped: [] },
    anchorAt: new Date(row.anchorAt.getTime() + byMs),
  };
}

function passedOver(
  row: LockedEnrolment,
  plan: CompiledDefinition,
  state: RuledSequence,
  resumedAt: Date,
): { placement: Placement; anchorAt: Date } {
  const next = row.stepKey === null ? null : nextStep(plan, row.stepKey);
  return { placement: placeFrom(next, row.stepNumber + 1, resumedAt, walkContext(state, plan, row)), anchorAt: resumedAt };
}

function eventOf(row: LockedEnrolment, placement: Placement, pause: SequencePause): NewEnrolmentEvent {
  const at = { enrolmentId: row.id, stepKey: row.stepKey, stepNumber: row.stepNumber, fromAt: row.dueAt };
  if (pause.overdue === 'skip') return { ...at, kind: 'skipped', reasons: ['overdue'] };
  return { ...at, kind: 'rescheduled', toAt: placement.dueAt, reasons: placement.moveReasons };
}

async function recordOverdue(
  tx: Tx,
  workspaceId: WorkspaceId,
  placed: readonly { row: LockedEnrolment; to: PlacedEnrolment }[],
  compiled: ReadonlyMap<number, CompiledDefinition>,
): Promise<void> {
  const skipped = placed.flatMap(({ row }) => {
    const plan = compiled.get(row.version);
    const step = plan ? stepOf(plan, row.stepKey) : null;
    if (step?.type !== 'message') return [];
    return [
      {
        ...row,
        enrolmentId: row.id,
        stepKey: step.key,
        channelAccountId: step.message.channelAccountId,
        reason: 'overdue',
        errorText: null,
      },
    ];
  });
  await insertSkippedMessages(tx, workspaceId, skipped);
  await recordPassedSteps(
    tx,
    workspaceId,
    placed.map(({ row, to }) => ({ ...row, enrolmentId: row.id, placement: to.placement })),
  );
}
