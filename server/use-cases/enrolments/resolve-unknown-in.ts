/** A member says what became of messages of which nobody knew: they were sent, or they are to be sent again. */
import type { Tx } from '#db/client.ts';
import { type LockedEnrolment, lockEnrolments } from '#db/queries/enrolment-controls.ts';
import { type EventActor, insertEnrolmentEvents } from '#db/queries/enrolment-events.ts';
import { releaseUnknownHolds, waitForDelivery } from '#db/queries/enrolment-holds.ts';
import { acceptUnknown, requeueUnknown, type ResolvedMessage } from '#db/queries/message-settlement.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import { anchorAfter } from '#server/domain/time/plan.ts';
import { now } from '#server/platform/clock.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { leaveSteps } from '../engine/leave-steps.ts';
import { type ControlAnswer, sortedOut } from './control-answer.ts';

/** Refused: ids that are unknown here, what has ended, and what waits for no such word. Sets alarms: call it last. */
export async function resolveUnknownIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  as: 'sent' | 'again',
  by: EventActor,
): Promise<ControlAnswer> {
  const locked = await lockEnrolments(tx, workspaceId, ids);
  const { rows, refused } = sortedOut(ids, locked, (row) => {
    if (row.status === 'ended') return 'alreadyEnded';
    return row.waitingFor === 'unknown' ? null : 'notUnknown';
  });
  const accepted = rows.map((row) => row.id);
  const messages = as === 'sent' ? await acceptUnknown(tx, workspaceId, accepted) : await requeueUnknown(tx, workspaceId, accepted);
  const byEnrolment = new Map(messages.map((message) => [message.enrolmentId, message]));
  await insertEnrolmentEvents(
    tx,
    workspaceId,
    rows.map(({ id, stepKey, stepNumber }) => ({
      enrolmentId: id,
      kind: 'resolved' as const,
      stepKey,
      stepNumber,
      toAt: as === 'sent' ? (byEnrolment.get(id)?.claimedAt ?? null) : null,
      reasons: [as === 'sent' ? 'wasSent' : 'sendAgain'],
    })),
    by,
  );
  await releaseUnknownHolds(tx, workspaceId, accepted);
  if (as === 'sent') await goOn(tx, workspaceId, accepted, byEnrolment);
  else {
    await waitForDelivery(tx, workspaceId, accepted);
    const at = await now(tx);
    const accounts = new Set(messages.map((message) => message.channelAccountId));
    await setAlarms(
      tx,
      [...accounts].map((channelAccountId) => ({ queue: 'account.deliver' as const, workspaceId, channelAccountId, at })),
    );
  }
  return { accepted, refused };
}

/** The wait of the next step counts from when the message was claimed. */
async function goOn(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  messages: ReadonlyMap<string, ResolvedMessage>,
): Promise<void> {
  const departures = (await lockEnrolments(tx, workspaceId, ids)).flatMap((row: LockedEnrolment) => {
    const message = messages.get(row.id);
    if (!message || row.stepKey === null) return [];
    const anchorAt = anchorAfter(row.dueAt ?? row.anchorAt, message.claimedAt);
    return [{ row, stepKey: row.stepKey, version: message.version, outcome: null, anchorAt }];
  });
  await leaveSteps(tx, workspaceId, departures);
}
