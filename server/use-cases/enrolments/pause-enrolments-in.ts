/** Pauses enrolments: nothing of them is claimed once this has committed, and the rest of their wait is frozen. */
import type { Tx } from '#db/client.ts';
import { lockEnrolments, markPaused } from '#db/queries/enrolment-controls.ts';
import { type EventActor, insertEnrolmentEvents } from '#db/queries/enrolment-events.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { type ControlAnswer, sortedOut } from './control-answer.ts';

/** `until`: the pause ends by itself then; null: when somebody resumes. Ids that are unknown here, ended or paused already are
 *  refused, but with another end a pause is given that. What is under way at a provider settles first. */
export async function pauseEnrolmentsIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  by: EventActor,
  until: Date | null,
): Promise<ControlAnswer> {
  const locked = await lockEnrolments(tx, workspaceId, ids);
  const { rows, refused } = sortedOut(ids, locked, (row) => {
    if (row.status === 'ended') return 'alreadyEnded';
    return row.pausedAt && row.pausedUntil?.getTime() === until?.getTime() ? 'alreadyPaused' : null;
  });
  const accepted = rows.map((row) => row.id);
  await markPaused(tx, workspaceId, accepted, until);
  const events = rows.map(({ id, stepKey, stepNumber, dueAt }) => ({
    enrolmentId: id,
    kind: 'paused' as const,
    stepKey,
    stepNumber,
    fromAt: dueAt,
    toAt: until,
  }));
  await insertEnrolmentEvents(tx, workspaceId, events, by);
  return { accepted, refused };
}
