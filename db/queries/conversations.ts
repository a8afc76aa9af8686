/** Conversations of contacts with channel accounts, and who of the team has them. */
import { type RawBuilder, sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { keptIdIn } from './contact-merges.ts';

export interface ConversationRow {
  readonly id: string;
  readonly contactId: string;
  readonly contactName: string | null;
  readonly channelAccountId: string;
  readonly channelAccountName: string;
  readonly status: 'open' | 'resolved';
  readonly ownerUserId: string | null;
  readonly ownerName: string | null;
  readonly takenOverAt: Date | null;
  readonly lastInboundAt: Date | null;
}

export interface ConversationFilter {
  readonly contactId?: string | undefined;
  readonly status?: 'open' | 'resolved' | undefined;
}

const selection = sql`
  select v.id, v.contact_id, c.name as contact_name, v.channel_account_id, a.name as channel_account_name, v.status, v.owner_user_id,
    u.name as owner_name, v.taken_over_at, v.last_inbound_at
  from conversations v
  join contacts c on c.workspace_id = v.workspace_id and c.id = v.contact_id
  join channel_accounts a on a.workspace_id = v.workspace_id and a.id = v.channel_account_id
  left join users u on u.id = v.owner_user_id`;

/** The newest first; `after`: the id of the last row seen. */
export async function listConversations(
  db: Db,
  workspaceId: WorkspaceId,
  filter: ConversationFilter,
  page: { readonly after: string | null; readonly limit: number },
): Promise<ConversationRow[]> {
  const conditions: RawBuilder<unknown>[] = [sql`v.workspace_id = ${workspaceId}`];
  if (filter.contactId) conditions.push(sql`v.contact_id = ${keptIdIn(workspaceId, filter.contactId)}`);
  if (filter.status) conditions.push(sql`v.status = ${filter.status}`);
  if (page.after !== null) conditions.push(sql`v.id < ${page.after}`);
  const { rows } = await sql<ConversationRow>`
    ${selection} where ${sql.join(conditions, sql` and `)} order by v.id desc limit ${page.limit}`.execute(db);
  return rows;
}

export async function findConversation(db: Db, workspaceId: WorkspaceId, id: string): Promise<ConversationRow | null> {
  const { rows } = await sql<ConversationRow>`${selection} where v.workspace_id = ${workspaceId} and v.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

export interface LockedConversation {
  readonly contactId: string;
  readonly ownerUserId: string | null;
}

/** Held to the end of the transaction: what the contact writes meanwhile is taken in after it. */
export async function lockConversation(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<LockedConversation | null> {
  const { rows } = await sql<LockedConversation>`
    select contact_id, owner_user_id from conversations where workspace_id = ${workspaceId} and id = ${id} for no key update`.execute(tx);
  return rows[0] ?? null;
}

/** `userId` null: nobody has it any more. */
export async function setConversationOwner(tx: Tx, workspaceId: WorkspaceId, id: string, userId: string | null): Promise<void> {
  await sql`
    update conversations set owner_user_id = ${userId}::uuid, taken_over_at = case when ${userId}::uuid is null then null else andante_now() end
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
}

export async function setConversationStatus(tx: Tx, workspaceId: WorkspaceId, id: string, status: 'open' | 'resolved'): Promise<void> {
  await sql`update conversations set status = ${status} where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
}

/** Whether a person has any conversation of the contact. */
export async function isContactTakenOver(tx: Tx, workspaceId: WorkspaceId, contactId: string): Promise<boolean> {
  const { rows } = await sql`
    select from conversations where workspace_id = ${workspaceId} and contact_id = ${contactId} and owner_user_id is not null limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}
