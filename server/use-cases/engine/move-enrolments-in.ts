/** Takes people in progress over to the live version: the same step, recomputed from the same anchor. */
import type { Tx } from '#db/client.ts';
import { type LockedEnrolment, lockEnrolments } from '#db/queries/enrolment-controls.ts';
import { type EventActor, insertEnrolmentEvents, type NewEnrolmentEvent } from '#db/queries/enrolment-events.ts';
import { isHeldByPlan, type PlacedEnrolment } from '#db/queries/enrolment-placement.ts';
import { setEnrolmentVersions } from '#db/queries/enrolment-versions.ts';
import { type CompiledDefinition, survivingStep } from '#server/domain/definition/compile.ts';
import { type Placement, placeFrom } from '#server/domain/placement.ts';
import { resolveZone } from '#server/domain/time/zone.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { ControlAnswer } from '../enrolments/control-answer.ts';
import { compiledVersions, walkContext } from './sequence-plan.ts';
import { findRuledSequence, type RuledSequence } from './workspace-rules.ts';
import { writePlacements } from './write-placements.ts';

/** Whoever has ended, or is there already, is left alone; whom the old plan held is let go by a new one that does not. Someone on a
 *  deleted step goes to the next one that survives; someone whose message or bot is under way keeps it, and goes on by the new version
 *  after it. */
export async function moveEnrolmentsIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  sequenceId: string,
  ids: readonly string[],
  by: EventActor,
): Promise<ControlAnswer> {
  const state = await findRuledSequence(tx, workspaceId, sequenceId);
  const live = state?.liveVersion;
  if (!state || live === null || live === undefined) return { accepted: [], refused: [] };
  const rows = (await lockEnrolments(tx, workspaceId, ids)).filter((row) => row.status !== 'ended' && row.version !== live);
  const compiled = await compiledVersions(tx, workspaceId, sequenceId, [live, ...rows.map((row) => row.version)]);
  const after = compiled.get(live);
  if (!after) return { accepted: [], refused: [] };

  const underWay = rows.filter((row) => row.waitingFor !== 'due');
  await setEnrolmentVersions(
    tx,
    workspaceId,
    underWay.map((row) => row.id),
    { version: live, planRevision: state.planRevision },
  );
  await insertEnrolmentEvents(
    tx,
    workspaceId,
    underWay.map((row) => movedEvent(row, undefined, live)),
    by,
  );
  const placed = rows.flatMap((row) => {
    const before = compiled.get(row.version);
    if (row.waitingFor !== 'due' || !before) return [];
    const to = movedTo(row, before, after, state, live);
    return [{ row, to, event: movedEvent(row, to.placement, live) }];
  });
  await writePlacements(tx, workspaceId, placed, by);
  return { accepted: rows.map((row) => row.id), refused: [] };
}

function movedTo(
  row: LockedEnrolment,
  before: CompiledDefinition,
  after: CompiledDefinition,
  state: RuledSequence,
  live: number,
): PlacedEnrolment {
  const resolved = resolveZone({
    definitionZone: after.definition.zone,
    contact: { timeZone: row.contactTimeZone, timeZoneOrigin: row.contactTimeZoneOrigin },
    workspaceTimeZone: state.workspaceTimeZone,
  });
  const isSameRule = JSON.stringify(before.definition.zone) === JSON.stringify(after.definition.zone);
  const timeZone = isSameRule ? row.timeZone : resolved.zone;
  const timeZoneOrigin = isSameRule ? row.timeZoneOrigin : resolved.origin;
  const step = row.stepKey === null ? null : survivingStep(before, after, row.stepKey);
  const placement = placeFrom(step, row.stepNumber, row.anchorAt, walkContext(state, after, { ...row, timeZone }));
  const stoppedAt = row.pausedAt ?? (isHeldByPlan(row.holdReason) ? null : row.heldAt);
  const frozenWaitMs = stoppedAt && placement.dueAt ? Math.max(0, placement.dueAt.getTime() - stoppedAt.getTime()) : null;
  return {
    id: row.id,
    version: live,
    planRevision: state.planRevision,
    timeZone,
    timeZoneOrigin,
    anchorAt: row.anchorAt,
    placement,
    frozenWaitMs,
  };
}

function movedEvent(row: LockedEnrolment, placement: Placement | undefined, live: number): NewEnrolmentEvent {
  return {
    enrolmentId: row.id,
    kind: 'moved',
    stepKey: placement ? placement.stepKey : row.stepKey,
    stepNumber: placement ? placement.stepNumber : row.stepNumber,
    fromAt: row.dueAt,
    toAt: placement ? placement.dueAt : row.dueAt,
    reasons: ['planChanged', ...(placement?.moveReasons ?? [])],
    details: { fromVersion: row.version, toVersion: live },
  };
}
