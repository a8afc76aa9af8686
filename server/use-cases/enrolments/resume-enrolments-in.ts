/** Ends pauses and holds: what remained of each wait goes on from now, into the next allowed hour. */
import type { Tx } from '#db/client.ts';
import { type LockedEnrolment, lockEnrolments, markResumed, type ResumedEnrolment } from '#db/queries/enrolment-controls.ts';
import { type EventActor, insertEnrolmentEvents } from '#db/queries/enrolment-events.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import { effectiveWindowOf, stepOf } from '#server/domain/definition/compile.ts';
import { moveIntoWindow } from '#server/domain/time/plan.ts';
import { ceilToMinute } from '#server/domain/time/wall-clock.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { compiledVersion } from '../engine/compiled-version.ts';
import { findRuledSequence, type RuledSequence } from '../engine/workspace-rules.ts';
import { type ControlAnswer, sortedOut } from './control-answer.ts';

type Stop = 'pause' | 'hold';

/** Ids that are unknown here, ended or not paused are refused. One that is held as well stays held. */
export async function resumeEnrolmentsIn(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], by: EventActor): Promise<ControlAnswer> {
  const locked = await lockEnrolments(tx, workspaceId, ids);
  const { rows, refused } = sortedOut(ids, locked, (row) => {
    if (row.status === 'ended') return 'alreadyEnded';
    return row.pausedAt ? null : 'notPaused';
  });
  await endStops(tx, workspaceId, 'pause', rows, by);
  return { accepted: rows.map((row) => row.id), refused };
}

/** Ends the holds that have this reason; others are left as they are. One that is paused as well stays paused. */
export async function releaseEnrolmentsIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  reason: string,
  by: EventActor,
): Promise<readonly string[]> {
  const locked = await lockEnrolments(tx, workspaceId, ids);
  const rows = locked.filter((row) => row.status !== 'ended' && row.heldAt !== null && row.holdReason === reason);
  await endStops(tx, workspaceId, 'hold', rows, by);
  return rows.map((row) => row.id);
}

async function endStops(tx: Tx, workspaceId: WorkspaceId, stop: Stop, rows: readonly LockedEnrolment[], by: EventActor): Promise<void> {
  const states = new Map<string, RuledSequence>();
  for (const sequenceId of new Set(rows.map((row) => row.sequenceId))) {
    const state = await findRuledSequence(tx, workspaceId, sequenceId);
    if (state) states.set(sequenceId, state);
  }
  const resumed: { row: LockedEnrolment; to: ResumedEnrolment }[] = [];
  for (const row of rows) {
    const state = states.get(row.sequenceId);
    if (state) resumed.push({ row, to: await resumption(tx, workspaceId, stop, row, state) });
  }
  await markResumed(
    tx,
    workspaceId,
    stop,
    resumed.map(({ to }) => to),
  );
  const kind = stop === 'pause' ? ('resumed' as const) : ('released' as const);
  const events = resumed.map(({ row: { id, stepKey, stepNumber, dueAt, holdReason }, to }) => {
    const reasons = stop === 'hold' && holdReason ? [holdReason] : [];
    return { enrolmentId: id, kind, stepKey, stepNumber, fromAt: dueAt, toAt: to.dueAt, reasons: [...reasons, ...to.moveReasons] };
  });
  await insertEnrolmentEvents(tx, workspaceId, events, by);
  const alarms = resumed.flatMap(({ row: { sequenceId }, to: { dueAt } }) =>
    dueAt ? [{ queue: 'sequence.advance' as const, workspaceId, sequenceId, at: dueAt }] : [],
  );
  await setAlarms(tx, alarms);
}

/** The anchor moves by the time that it was stopped, so that later plans count from the same place in the contact's time.
 *  While another stop stands, only what came before that counts: the rest counts when that ends. */
async function resumption(
  tx: Tx,
  workspaceId: WorkspaceId,
  stop: Stop,
  row: LockedEnrolment,
  state: RuledSequence,
): Promise<ResumedEnrolment> {
  const nowMs = state.now.getTime();
  const [ending, other] = stop === 'pause' ? [row.pausedAt, row.heldAt] : [row.heldAt, row.pausedAt];
  const stoppedMs = Math.max(0, (other?.getTime() ?? nowMs) - (ending?.getTime() ?? nowMs));
  const anchorAt = new Date(row.anchorAt.getTime() + stoppedMs);
  const untouched = { id: row.id, plannedAt: null, dueAt: null, moveReasons: [], anchorAt };
  if (row.frozenWaitMs === null || other || row.waitingFor !== 'due') return untouched;
  const plannedAt = row.frozenWaitMs === 0 ? state.now : new Date(ceilToMinute(nowMs + row.frozenWaitMs));
  const compiled = await compiledVersion(tx, workspaceId, row.sequenceId, row.version);
  const step = stepOf(compiled, row.stepKey);
  if (!step) return { ...untouched, plannedAt, dueAt: plannedAt, moveReasons: [stop] };
  const moved = moveIntoWindow(plannedAt, effectiveWindowOf(compiled, step, state.rules), row.timeZone);
  if (moved === 'neverOpens' || moved === null) return { ...untouched, plannedAt, dueAt: plannedAt, moveReasons: [stop] };
  return { ...untouched, plannedAt, dueAt: moved.dueAt, moveReasons: [stop, ...moved.reasons] };
}
