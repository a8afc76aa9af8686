/** What contacts write to us: events of providers, each taken once, and the messages and conversations they make. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';

/** Notes a provider's event. Null when it was noted before: then everything it asks for has been done. */
export async function insertInboundEvent(
  tx: Tx,
  workspaceId: WorkspaceId,
  event: { channelAccountId: string; providerEventId: string; kind: 'message' | 'status'; occurredAt: Date; payload: unknown },
): Promise<string | null> {
  const row = await tx
    .insertInto('inboundEvents')
    .values({ ...event, workspaceId, payload: JSON.stringify(event.payload) })
    .onConflict((conflict) => conflict.constraint('inbound_events_once').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The conversation of contact and account, made when there is none: open again, its last inbound never set back.
 *  Its row stays locked, so that two messages of one contact are taken one after the other. */
export async function lockConversationForInbound(
  tx: Tx,
  workspaceId: WorkspaceId,
  { contactId, channelAccountId, occurredAt }: { contactId: string; channelAccountId: string; occurredAt: Date },
): Promise<{ id: string; ownerUserId: string | null }> {
  return await tx
    .insertInto('conversations')
    .values({ workspaceId, contactId, channelAccountId, lastInboundAt: occurredAt })
    .onConflict((conflict) =>
      conflict.constraint('conversations_one_per_contact_and_account').doUpdateSet({
        status: 'open',
        lastInboundAt: sql<Date>`greatest(conversations.last_inbound_at, excluded.last_inbound_at)`,
      }),
    )
    .returning(['id', 'ownerUserId'])
    .executeTakeFirstOrThrow();
}

export async function insertInboundMessage(
  tx: Tx,
  workspaceId: WorkspaceId,
  message: {
    contactId: string;
    channelAccountId: string;
    providerId: string;
    address: string | null;
    subject: string | null;
    body: string;
    occurredAt: Date;
  },
): Promise<string> {
  const { occurredAt, ...columns } = message;
  const { id } = await tx
    .insertInto('messages')
    .values({ ...columns, workspaceId, direction: 'in', origin: 'contact', state: 'received', createdAt: occurredAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Counts a reply towards the conversation's last step message that was accepted within the 14 days before it, whatever
 *  became of the enrolment; a message that has a reply keeps its first. Answers the message's id, or null. */
export async function attributeReply(
  tx: Tx,
  workspaceId: WorkspaceId,
  { contactId, channelAccountId, occurredAt }: { contactId: string; channelAccountId: string; occurredAt: Date },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    update messages m set replied_at = ${occurredAt}
    from (
      select id from messages
      where workspace_id = ${workspaceId} and contact_id = ${contactId} and channel_account_id = ${channelAccountId}
        and origin = 'step' and accepted_at <= ${occurredAt} and accepted_at > ${occurredAt}::timestamptz - interval '14 days'
      order by accepted_at desc, id desc limit 1
    ) last
    where m.workspace_id = ${workspaceId} and m.id = last.id and m.replied_at is null
    returning m.id`.execute(tx);
  return rows[0]?.id ?? null;
}
