/** Claims what waits in an account's queue, in one transaction: retries of steps inside their hours, bots and members at once. */
import { randomUUID } from 'node:crypto';
import type { Tx } from '#db/client.ts';
import { cancelQueuedTalk } from '#db/queries/channel-accounts.ts';
import { lockEnrolments } from '#db/queries/enrolment-controls.ts';
import { insertEnrolmentEvents } from '#db/queries/enrolment-events.ts';
import {
  cancelOrphanedRetries,
  claimQueuedSteps,
  claimQueuedTalk,
  markSending,
  postponeMessage,
  type QueuedMessage,
  type QueuedStepMessage,
  setMessageAddresses,
  skipQueuedMessages,
} from '#db/queries/queued-messages.ts';
import { listSendingAccounts } from '#db/queries/sending-accounts.ts';
import { adapterOf } from '#server/channels/registry.ts';
import { effectiveWindowOf, stepOf } from '#server/domain/definition/compile.ts';
import { DAY_MS } from '#server/domain/time/offsets.ts';
import { anchorAfter, isExpired, moveIntoWindow } from '#server/domain/time/plan.ts';
import type { SkipReason } from '#server/domain/enrolment-events.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { now } from '#server/platform/clock.ts';
import { suppressedOf } from '../suppressions/suppressed-among.ts';
import { compiledVersion } from './compiled-version.ts';
import type { Engine } from './engine.ts';
import { leaveSteps } from './leave-steps.ts';
import { leaseMs, type Outgoing, type OutgoingStep } from './outgoing.ts';
import { workspaceRules } from './workspace-rules.ts';

export interface ClaimedQueue {
  readonly outgoing: readonly Outgoing[];
  readonly now: Date;
  /** Whether more would have been claimed, had there been tokens. */
  readonly lacksTokens: boolean;
}

interface Ready {
  readonly message: QueuedMessage;
  readonly address: string;
  readonly step: OutgoingStep | null;
}

export async function claimQueued(
  tx: Tx,
  engine: Engine,
  workspaceId: WorkspaceId,
  channelAccountId: string,
  limit: number,
): Promise<ClaimedQueue> {
  const at = await now(tx);
  const [account] = await listSendingAccounts(tx, workspaceId, [channelAccountId]);
  const of = { channelAccountId, now: at, limit };
  if (!account || (account.status === 'paused' && !account.isDeleted)) return { outgoing: [], now: at, lacksTokens: false };
  await cancelOrphanedRetries(tx, workspaceId, channelAccountId);
  if (account.isDeleted) {
    await cancelQueuedTalk(tx, workspaceId, channelAccountId);
    for (const message of await claimQueuedSteps(tx, workspaceId, of)) await passOver(tx, workspaceId, message, 'accountDeleted', at);
    return { outgoing: [], now: at, lacksTokens: false };
  }
  const talk = await claimQueuedTalk(tx, workspaceId, of);
  const steps = await claimQueuedSteps(tx, workspaceId, of);
  const addressOf = (message: QueuedMessage): string | null => message.address ?? adapterOf(account.kind).addressOf(message);

  const ready: Ready[] = [];
  const mute: string[] = [];
  const suppressed: string[] = [];
  const isSuppressed = await suppressedOf(tx, workspaceId, [...talk, ...steps].map(addressOf));
  for (const message of talk) {
    const address = addressOf(message);
    if (address === null) mute.push(message.id);
    else if (isSuppressed(address)) suppressed.push(message.id);
    else ready.push({ message, address, step: null });
  }
  await skipQueuedMessages(tx, workspaceId, mute, 'noAddress');
  await skipQueuedMessages(tx, workspaceId, suppressed, 'suppressed');
  for (const message of steps) {
    const address = addressOf(message);
    if (address !== null && isSuppressed(address)) {
      await passOver(tx, workspaceId, message, 'suppressed', at);
      continue;
    }
    const step = await stillAllowed(tx, workspaceId, message, at);
    if (step && address !== null) ready.push({ message, address, step });
  }

  const { taken: tokens } = await engine.takeTokens(workspaceId, channelAccountId, ready.length);
  const going = ready.slice(0, tokens);
  const token = randomUUID();
  await markSending(
    tx,
    workspaceId,
    going.map(({ message }) => message.id),
    { token, leaseMs },
  );
  await setMessageAddresses(tx, workspaceId, new Map(going.map(({ message, address }) => [message.id, address])));
  const outgoing = going.map(({ message, address, step }): Outgoing => {
    const { id, attempt, contactId, subject, body, html, options } = message;
    const outbound = { id, attempt: attempt + 1, contactId, address, subject, body, html, options };
    return { workspaceId, channelAccountId, token, contactId, message: outbound, step };
  });
  return { outgoing, now: at, lacksTokens: tokens < ready.length };
}

/** The step of a retry that may go now. Outside of its hours it moves to the next opening (while there is none, it is looked
 *  at again a day later), after its expiry it is passed over. */
async function stillAllowed(tx: Tx, workspaceId: WorkspaceId, message: QueuedStepMessage, at: Date): Promise<OutgoingStep | null> {
  const compiled = await compiledVersion(tx, workspaceId, message.sequenceId, message.version);
  const rules = await workspaceRules(tx, workspaceId);
  const step = stepOf(compiled, message.stepKey);
  const { plannedAt } = message;
  if (step && isExpired(step, plannedAt ?? message.dueAt, at)) {
    await passOver(tx, workspaceId, message, 'expired', at);
    return null;
  }
  const moved = step ? moveIntoWindow(at, effectiveWindowOf(compiled, step, rules), message.timeZone) : null;
  if (moved === 'neverOpens') {
    await postponeMessage(tx, workspaceId, message.id, new Date(at.getTime() + DAY_MS));
    return null;
  }
  if (moved) {
    await postponeMessage(tx, workspaceId, message.id, moved.dueAt);
    await insertEnrolmentEvents(tx, workspaceId, [{ ...eventOf(message), kind: 'rescheduled', toAt: moved.dueAt, reasons: moved.reasons }]);
    return null;
  }
  return { ...message, compiled, rules };
}

/** The message is not sent any more, and its enrolment goes on with what follows. */
async function passOver(tx: Tx, workspaceId: WorkspaceId, message: QueuedStepMessage, reason: SkipReason, at: Date): Promise<void> {
  await skipQueuedMessages(tx, workspaceId, [message.id], reason);
  await insertEnrolmentEvents(tx, workspaceId, [{ ...eventOf(message), kind: 'skipped', reasons: [reason] }]);
  const [row] = await lockEnrolments(tx, workspaceId, [message.enrolmentId]);
  if (!row) return;
  const anchorAt = anchorAfter(message.dueAt, at);
  const { stepKey, version } = message;
  await leaveSteps(tx, workspaceId, [{ row, stepKey, version, outcome: null, anchorAt }]);
}

function eventOf({ id, enrolmentId, stepKey, stepNumber, plannedAt }: QueuedStepMessage) {
  return { enrolmentId, stepKey, stepNumber, fromAt: plannedAt, messageId: id };
}
