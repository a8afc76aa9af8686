/** Plans people in progress anew after a change of the rules around them: quiet hours, a calendar, or their time zone. */
import type { Tx } from '#db/client.ts';
import { type LockedEnrolment, lockEnrolments } from '#db/queries/enrolment-controls.ts';
import type { EventActor, NewEnrolmentEvent } from '#db/queries/enrolment-events.ts';
import { isHeldByPlan, type PlacedEnrolment } from '#db/queries/enrolment-placement.ts';
import { setEnrolmentZones } from '#db/queries/enrolment-versions.ts';
import { type CompiledDefinition, effectiveWindowOf, stepOf } from '#server/domain/definition/compile.ts';
import { type Placement, placeFrom, stayingAt } from '#server/domain/placement.ts';
import { moveIntoWindow } from '#server/domain/time/plan.ts';
import { type ResolvedZone, resolveZone } from '#server/domain/time/zone.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { isPlacedFromOutside } from '#server/domain/time/reasons.ts';
import type { ControlAnswer } from '../enrolments/control-answer.ts';
import { compiledVersions, walkContext } from './sequence-plan.ts';
import { findRuledSequence, type RuledSequence } from './workspace-rules.ts';
import { writePlacements } from './write-placements.ts';

/** Why: `rulesChanged` keeps everyone's zone, `zoneChanged` reads it anew. */
export type ReplanReason = 'rulesChanged' | 'zoneChanged';

/** The same step from the same anchor, under the rules of now: later where they close the hour, earlier where they open one.
 *  Who has ended is left alone. What a pause or a member moved stays there, inside the hours of now. Whose message or bot
 *  is under way keeps it, and what follows is planned by the rules of now. Whoever is stopped is planned when going on. */
export async function replanEnrolmentsIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  why: ReplanReason,
  by: EventActor,
): Promise<ControlAnswer> {
  const rows = (await lockEnrolments(tx, workspaceId, ids)).filter((row) => row.status !== 'ended');
  const accepted: string[] = [];
  for (const sequenceId of [...new Set(rows.map((row) => row.sequenceId))].sort()) {
    const state = await findRuledSequence(tx, workspaceId, sequenceId);
    if (!state) continue;
    const ofSequence = rows.filter((row) => row.sequenceId === sequenceId);
    const compiled = await compiledVersions(tx, workspaceId, sequenceId, new Set(ofSequence.map((row) => row.version)));
    for (const [version, plan] of compiled) {
      const ofVersion = ofSequence.filter((row) => row.version === version);
      accepted.push(...(await replanVersion(tx, workspaceId, state, plan, ofVersion, why, by)));
    }
  }
  return { accepted, refused: [] };
}

async function replanVersion(
  tx: Tx,
  workspaceId: WorkspaceId,
  state: RuledSequence,
  plan: CompiledDefinition,
  rows: readonly LockedEnrolment[],
  why: ReplanReason,
  by: EventActor,
): Promise<string[]> {
  const all = rows.map((row) => {
    const to = replanned(row, plan, state, why);
    return { row, to, event: moveOf(row, to.placement, why) };
  });
  const kept = all.filter(({ row, to }) => !isPlannedNow(row) && (row.waitingFor !== 'due' || !isSameZone(row, to)));
  const placed = all.filter(({ row, to }) => isPlannedNow(row) && (!isSamePlace(row, to.placement) || !isSameZone(row, to)));
  await setEnrolmentZones(
    tx,
    workspaceId,
    kept.map(({ to }) => to),
  );
  await writePlacements(tx, workspaceId, placed, by);
  return placed.map(({ row }) => row.id);
}

function replanned(row: LockedEnrolment, plan: CompiledDefinition, state: RuledSequence, why: ReplanReason): PlacedEnrolment {
  const { zone, origin } = why === 'zoneChanged' ? zoneOf(row, plan, state) : { zone: row.timeZone, origin: row.timeZoneOrigin };
  const placement = isPlannedNow(row) ? placementOf({ ...row, timeZone: zone }, plan, state) : stayingAt(row, {});
  return { ...row, planRevision: state.planRevision, timeZone: zone, timeZoneOrigin: origin, placement, frozenWaitMs: null };
}

/** It waits for a due time that somebody or something may change now: not under way, and stopped by nothing but its plan. */
function isPlannedNow(row: LockedEnrolment): boolean {
  if (row.waitingFor !== 'due' || row.stepKey === null) return false;
  return row.status === 'active' || (row.status === 'held' && isHeldByPlan(row.holdReason));
}

function zoneOf(row: LockedEnrolment, plan: CompiledDefinition, state: RuledSequence): ResolvedZone {
  return resolveZone({
    definitionZone: plan.definition.zone,
    contact: { timeZone: row.contactTimeZone, timeZoneOrigin: row.contactTimeZoneOrigin },
    workspaceTimeZone: state.workspaceTimeZone,
  });
}

function placementOf(row: LockedEnrolment, plan: CompiledDefinition, state: RuledSequence): Placement {
  const step = stepOf(plan, row.stepKey);
  if (!step) return stayingAt(row, { holdReason: 'unknownStep' });
  const isPlacedByHand = isPlacedFromOutside(row.moveReasons);
  if (!isPlacedByHand || !row.plannedAt) return placeFrom(step, row.stepNumber, row.anchorAt, walkContext(state, plan, row));
  const moved = moveIntoWindow(row.plannedAt, effectiveWindowOf(plan, step, state.rules), row.timeZone);
  if (moved === 'neverOpens') return stayingAt(row, { holdReason: 'neverOpens' });
  const byHand = row.moveReasons.filter((reason) => isPlacedFromOutside([reason]));
  return { ...stayingAt(row, {}), dueAt: moved?.dueAt ?? row.plannedAt, moveReasons: [...byHand, ...(moved?.reasons ?? [])] };
}

function isSamePlace(row: LockedEnrolment, placement: Placement): boolean {
  const isHeld = isHeldByPlan(row.holdReason);
  if (placement.exitReason !== null || (placement.holdReason !== null) !== isHeld) return false;
  return placement.stepKey === row.stepKey && placement.dueAt?.getTime() === row.dueAt?.getTime();
}

function isSameZone(row: LockedEnrolment, to: PlacedEnrolment): boolean {
  return row.timeZone === to.timeZone && row.timeZoneOrigin === to.timeZoneOrigin;
}

function moveOf(row: LockedEnrolment, placement: Placement, why: ReplanReason): NewEnrolmentEvent | null {
  const { stepKey, stepNumber, dueAt, moveReasons } = placement;
  if (dueAt === null || dueAt.getTime() === row.dueAt?.getTime()) return null;
  const kind = isHeldByPlan(row.holdReason) ? 'released' : 'rescheduled';
  return { enrolmentId: row.id, kind, stepKey, stepNumber, fromAt: row.dueAt, toAt: dueAt, reasons: [why, ...moveReasons] };
}
