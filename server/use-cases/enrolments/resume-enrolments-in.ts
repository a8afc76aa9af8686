/** Ends pauses: what remained of each wait goes on from now, into the next allowed hour. */
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

/** Ids that are unknown here, ended or not paused are refused. One that is held as well stays held. */
export async function resumeEnrolmentsIn(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], by: EventActor): Promise<ControlAnswer> {
  const locked = await lockEnrolments(tx, workspaceId, ids);
  const { rows, refused } = sortedOut(ids, locked, (row) => {
    if (row.status === 'ended') return 'alreadyEnded';
    return row.pausedAt ? null : 'notPaused';
  });
  const states = new Map<string, RuledSequence>();
  for (const sequenceId of new Set(rows.map((row) => row.sequenceId))) {
    const state = await findRuledSequence(tx, workspaceId, sequenceId);
    if (state) states.set(sequenceId, state);
  }
  const resumed: ResumedEnrolment[] = [];
  for (const row of rows) {
    const state = states.get(row.sequenceId);
    if (state) resumed.push(await resumption(tx, workspaceId, row, state));
  }
  await markResumed(tx, workspaceId, resumed);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const events = resumed.map(({ id, dueAt, moveReasons }) => {
    const row = byId.get(id);
    const at = { stepKey: row?.stepKey ?? null, stepNumber: row?.stepNumber ?? null, fromAt: row?.dueAt ?? null };
    return { enrolmentId: id, kind: 'resumed' as const, ...at, toAt: dueAt, reasons: moveReasons };
  });
  await insertEnrolmentEvents(tx, workspaceId, events, by);
  const alarms = resumed.flatMap(({ id, dueAt }) => {
    const sequenceId = byId.get(id)?.sequenceId;
    return dueAt && sequenceId ? [{ queue: 'sequence.advance' as const, workspaceId, sequenceId, at: dueAt }] : [];
  });
  await setAlarms(tx, alarms);
  return { accepted: resumed.map((row) => row.id), refused };
}

/** The anchor moves by the length of the pause, so that later plans count from the same place in the contact's time. */
async function resumption(tx: Tx, workspaceId: WorkspaceId, row: LockedEnrolment, state: RuledSequence): Promise<ResumedEnrolment> {
  const nowMs = state.now.getTime();
  const anchorAt = new Date(row.anchorAt.getTime() + nowMs - (row.pausedAt?.getTime() ?? nowMs));
  const untouched = { id: row.id, plannedAt: null, dueAt: null, moveReasons: [], anchorAt };
  if (row.frozenWaitMs === null || row.heldAt || row.waitingFor !== 'due') return untouched;
  const plannedAt = row.frozenWaitMs === 0 ? state.now : new Date(ceilToMinute(nowMs + row.frozenWaitMs));
  const compiled = await compiledVersion(tx, workspaceId, row.sequenceId, row.version);
  const step = stepOf(compiled, row.stepKey);
  if (!step) return { ...untouched, plannedAt, dueAt: plannedAt, moveReasons: ['pause'] };
  const moved = moveIntoWindow(plannedAt, effectiveWindowOf(compiled, step, state.rules), row.timeZone);
  if (moved === 'neverOpens' || moved === null) return { ...untouched, plannedAt, dueAt: plannedAt, moveReasons: ['pause'] };
  return { ...untouched, plannedAt, dueAt: moved.dueAt, moveReasons: ['pause', ...moved.reasons] };
}
