/** Takes contacts out of sequences: their enrolments end, and nothing more of them is sent. */
import type { Tx } from '#db/client.ts';
import { lockEnrolments, markEnded } from '#db/queries/enrolment-controls.ts';
import { type EventActor, insertEnrolmentEvents } from '#db/queries/enrolment-events.ts';
import type { ExitReason } from '#server/domain/enrolment-events.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { type ControlAnswer, sortedOut } from './control-answer.ts';

/** Ends them with `exitReason`. Ids that are unknown here or have ended are refused. A message that is with its provider
 *  at this moment is still recorded, and leads nowhere. */
export async function endEnrolmentsIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  exitReason: ExitReason,
  by: EventActor,
): Promise<ControlAnswer> {
  const locked = await lockEnrolments(tx, workspaceId, ids);
  const { rows, refused } = sortedOut(ids, locked, (row) => (row.status === 'ended' ? 'alreadyEnded' : null));
  const accepted = rows.map((row) => row.id);
  await markEnded(tx, workspaceId, accepted, exitReason);
  const events = rows.map(({ id, stepKey, stepNumber }) => ({
    enrolmentId: id,
    kind: 'exited' as const,
    stepKey,
    stepNumber,
    reasons: [exitReason],
  }));
  await insertEnrolmentEvents(tx, workspaceId, events, by);
  return { accepted, refused };
}

export function removeEnrolmentsIn(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], by: EventActor): Promise<ControlAnswer> {
  return endEnrolmentsIn(tx, workspaceId, ids, 'removed', by);
}
