import type { Db } from '#db/client.ts';
import { getChannelAccount } from '#db/queries/channel-accounts.ts';
import type { Actor } from '#server/auth/actor.ts';
import { now } from '#server/platform/clock.ts';
import { DomainError } from '#server/platform/errors.ts';
import { type InboundOutcome, receiveInbound } from './receive-inbound.ts';

export interface SandboxReply {
  readonly contactId: string;
  readonly channelAccountId: string;
  readonly text: string;
  /** Given for mail; its answer shows in the mailbox. */
  readonly subject?: string | undefined;
  /** As if a machine answered because the person is away. */
  readonly outOfOffice?: boolean | undefined;
  /** The same key is taken once: a form that is sent twice is one reply. */
  readonly idempotencyKey?: string | undefined;
}

/** Writes back as the contact, from the sandbox's phone or mailbox. Throws `invalid` for an account that is no sandbox. */
export async function replyInSandbox(db: Db, actor: Actor, reply: SandboxReply): Promise<InboundOutcome> {
  const { workspaceId } = actor;
  const account = await getChannelAccount(db, workspaceId, reply.channelAccountId);
  if (account.kind !== 'sandbox')
    throw new DomainError('invalid', 'Only the sandbox takes replies from here.', { field: 'channelAccountId' });
  return await receiveInbound(db, {
    workspaceId,
    channelAccountId: reply.channelAccountId,
    providerEventId: `sandbox-${reply.idempotencyKey ?? crypto.randomUUID()}`,
    contactId: reply.contactId,
    text: reply.text,
    subject: reply.subject ?? null,
    isOutOfOffice: reply.outOfOffice,
    occurredAt: await now(db),
  });
}
