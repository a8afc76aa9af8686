/** Conversations of contacts that become one: one stays for each channel account, with what was said and who has it. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';

export interface TalkToMerge {
  readonly id: string;
  readonly contactId: string;
  readonly channelAccountId: string;
}

/** The conversations of the contacts, in the order of their ids, held: what is written in them meanwhile is taken in after. */
export async function lockConversationsOf(tx: Tx, workspaceId: WorkspaceId, contactIds: readonly string[]): Promise<TalkToMerge[]> {
  const { rows } = await sql<TalkToMerge>`
    select id, contact_id, channel_account_id from conversations
    where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[]) order by id for update`.execute(tx);
  return rows;
}

export interface OpenSession {
  readonly id: string;
  readonly conversationId: string;
  readonly enrolmentId: string | null;
  readonly stepNumber: number | null;
}

/** Sessions that wait for an answer in these conversations, held, the oldest first. */
export async function lockOpenSessionsIn(tx: Tx, workspaceId: WorkspaceId, conversationIds: readonly string[]): Promise<OpenSession[]> {
  const { rows } = await sql<OpenSession>`
    select id, conversation_id, enrolment_id, step_number from bot_sessions
    where workspace_id = ${workspaceId} and conversation_id = any(${[...conversationIds]}::uuid[]) and ended_at is null
    order by id for update`.execute(tx);
  return rows;
}

/** They fall silent: ended unanswered, and what they were about to say is not sent. */
export async function silenceSessions(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with ended as (
      update bot_sessions set ended_at = andante_now(), outcome = 'noAnswer'
      where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[]) and ended_at is null
      returning id
    )
    update messages m set state = 'canceled', reason = 'merged', next_attempt_at = null
    from ended where m.workspace_id = ${workspaceId} and m.bot_session_id = ended.id and m.state = 'queued'`.execute(tx);
}

/** The conversations become the contact's. None of them is about an account of which it has one. */
export async function moveConversations(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], contactId: string): Promise<void> {
  if (ids.length === 0) return;
  await sql`update conversations set contact_id = ${contactId} where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
}

/** Takes one conversation into another: open when one of them is, with the later word of the contact, and with whoever of the
 *  team has either, its own first. The absorbed one is gone; it has no open session where the other has one. */
export async function absorbConversation(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id, absorbedId }: { id: string; absorbedId: string },
): Promise<void> {
  await sql`
    update conversations k set status = case when a.status = 'open' then 'open' else k.status end,
      owner_user_id = coalesce(k.owner_user_id, a.owner_user_id),
      taken_over_at = case when k.owner_user_id is null and a.owner_user_id is not null then a.taken_over_at
        else coalesce(k.taken_over_at, a.taken_over_at) end,
      last_inbound_at = greatest(k.last_inbound_at, a.last_inbound_at), created_at = least(k.created_at, a.created_at)
    from conversations a
    where k.workspace_id = ${workspaceId} and k.id = ${id} and a.workspace_id = k.workspace_id and a.id = ${absorbedId}`.execute(tx);
  await sql`update bot_sessions set conversation_id = ${id} where workspace_id = ${workspaceId} and conversation_id = ${absorbedId}`.execute(
    tx,
  );
  await sql`delete from conversations where workspace_id = ${workspaceId} and id = ${absorbedId}`.execute(tx);
}
