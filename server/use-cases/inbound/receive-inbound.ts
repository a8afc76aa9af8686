import type { Db, Tx } from '#db/client.ts';
import { getChannelAccount } from '#db/queries/channel-accounts.ts';
import { getContact } from '#db/queries/contacts.ts';
import { attributeReply, insertInboundEvent, insertInboundMessage, lockConversationForInbound } from '#db/queries/inbound.ts';
import { adapterOf } from '#server/channels/registry.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { answerBot } from '../chatbots/answer-bot.ts';
import { asksToStop } from '#server/domain/opt-out.ts';
import { isOutOfOffice } from '#server/domain/auto-reply.ts';
import { heldContactId } from '../contacts/held-contact-id.ts';
import { optOutIn } from '../contacts/opt-out.ts';
import { exitOnReply, holdOutOfOffice } from '../engine/let-go-on-reply.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';

export interface Inbound {
  readonly workspaceId: WorkspaceId;
  readonly channelAccountId: string;
  /** The provider's id of the event; the same one is taken once, however often it comes. */
  readonly providerEventId: string;
  readonly contactId: string;
  readonly text: string;
  /** Of mail; null elsewhere. */
  readonly subject?: string | null;
  readonly occurredAt: Date;
  /** The channel says that a machine answered because the person is away. */
  readonly isOutOfOffice?: boolean | undefined;
}

export type InboundOutcome =
  /** Taken before: nothing was done. */
  | { readonly kind: 'repeated' }
  /** An open bot session took it as an answer: it is no reply to a sequence. */
  | { readonly kind: 'botAnswer'; readonly messageId: string }
  | { readonly kind: 'reply'; readonly messageId: string }
  /** The contact asked to be left alone on channels of this kind, whatever a bot was asking. */
  | { readonly kind: 'optOut'; readonly messageId: string }
  /** A machine answered for a person who is away: enrolments wait, and no reply is counted. */
  | { readonly kind: 'outOfOffice'; readonly messageId: string };

/** Takes in what a contact wrote: into the conversation, to the bot that waits for an answer, else as a reply, which ends enrolments and
 *  counts for the last step message. Asking to stop, and machines that answer for a person, come first. All of it in one transaction.
 *  What was written to a contact that is merged meanwhile is taken in for the one that was kept. */
export async function receiveInbound(db: Db, inbound: Inbound): Promise<InboundOutcome> {
  return await retryOnConflict(() => db.transaction().execute((tx) => receiveIn(tx, inbound)));
}

async function receiveIn(tx: Tx, inbound: Inbound): Promise<InboundOutcome> {
  const { workspaceId, channelAccountId, text, occurredAt } = inbound;
  const account = await getChannelAccount(tx, workspaceId, channelAccountId);
  const contactId = await heldContactId(tx, workspaceId, inbound.contactId);
  const contact = await getContact(tx, workspaceId, contactId);
  const payload = { contactId };
  const { providerEventId } = inbound;
  const event = await insertInboundEvent(tx, workspaceId, { channelAccountId, providerEventId, kind: 'message', occurredAt, payload });
  if (event === null) return { kind: 'repeated' };
  const conversation = await lockConversationForInbound(tx, workspaceId, { contactId, channelAccountId, occurredAt });
  const messageId = await insertInboundMessage(tx, workspaceId, {
    contactId,
    channelAccountId,
    providerId: providerEventId,
    address: adapterOf(account.kind).addressOf(contact),
    subject: inbound.subject ?? null,
    body: text,
    occurredAt,
  });
  if (asksToStop(text)) {
    await optOutIn(tx, workspaceId, { contactId, channelKind: account.kind }, 'reply', { kind: 'system', id: null });
    return { kind: 'optOut', messageId };
  }
  const reply = { workspaceId, contactId, channelAccountId, occurredAt };
  if (inbound.isOutOfOffice || isOutOfOffice(inbound.subject ?? null)) {
    await holdOutOfOffice(tx, reply);
    return { kind: 'outOfOffice', messageId };
  }
  const taken =
    conversation.ownerUserId === null && (await answerBot(tx, { workspaceId, conversationId: conversation.id, text, at: occurredAt }));
  if (taken) return { kind: 'botAnswer', messageId };
  await attributeReply(tx, workspaceId, reply);
  await exitOnReply(tx, reply);
  return { kind: 'reply', messageId };
}
