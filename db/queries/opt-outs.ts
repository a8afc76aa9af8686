/** Contacts' refusals, per kind of channel. */
import { sql } from 'kysely';
import type { ChannelKind } from '#server/channels/channel.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

export interface OptOut {
  readonly channelKind: ChannelKind;
  readonly source: 'reply' | 'member' | 'api';
  readonly at: Date;
}

/** Answers false when the contact had refused that channel before. */
export async function insertOptOut(
  tx: Tx,
  workspaceId: WorkspaceId,
  contactId: string,
  optOut: { readonly channelKind: string; readonly source: OptOut['source'] },
): Promise<boolean> {
  const row = await tx
    .insertInto('optOuts')
    .values({ workspaceId, contactId, ...optOut })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'contactId', 'channelKind']).doNothing())
    .returning('channelKind')
    .executeTakeFirst();
  return row !== undefined;
}

export interface ContactRefusal {
  readonly contactId: string;
  readonly channelKind: ChannelKind;
}

/** Answers those that are new. */
export async function insertOptOuts(
  tx: Tx,
  workspaceId: WorkspaceId,
  refusals: readonly ContactRefusal[],
  source: OptOut['source'],
): Promise<ContactRefusal[]> {
  if (refusals.length === 0) return [];
  const { rows } = await sql<ContactRefusal>`
    insert into opt_outs (workspace_id, contact_id, channel_kind, source)
    select ${workspaceId}::uuid, v.contact_id, v.channel_kind, ${source}::text from ${rowSet('v', refusals, {
      contact_id: ['uuid', (refusal) => refusal.contactId],
      channel_kind: ['text', (refusal) => refusal.channelKind],
    })}
    on conflict do nothing returning contact_id, channel_kind`.execute(tx);
  return rows;
}

export async function listOptOutsOf(db: Db, workspaceId: WorkspaceId, contactIds: readonly string[]): Promise<ContactRefusal[]> {
  if (contactIds.length === 0) return [];
  const { rows } = await sql<ContactRefusal>`
    select o.contact_id, o.channel_kind from unnest(${contactIds as string[]}::uuid[]) as c (id) cross join lateral (
      select contact_id, channel_kind from opt_outs where workspace_id = ${workspaceId} and contact_id = c.id offset 0) o`.execute(db);
  return rows;
}

/** Answers false when there was none. */
export async function deleteOptOut(tx: Tx, workspaceId: WorkspaceId, contactId: string, channelKind: string): Promise<boolean> {
  const row = await tx
    .deleteFrom('optOuts')
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId)
    .where('channelKind', '=', channelKind)
    .returning('channelKind')
    .executeTakeFirst();
  return row !== undefined;
}

export async function listOptOuts(db: Db, workspaceId: WorkspaceId, contactId: string): Promise<OptOut[]> {
  const rows = await db
    .selectFrom('optOuts')
    .select(['channelKind', 'source', 'at'])
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId)
    .orderBy('channelKind')
    .execute();
  return rows as OptOut[];
}

/** What bots and members were about to say to the contact on channels of that kind is not sent. */
export async function cancelQueuedToContact(tx: Tx, workspaceId: WorkspaceId, contactId: string, channelKind: string): Promise<void> {
  await sql`
    update messages m set state = 'canceled', reason = 'optedOut', next_attempt_at = null
    from channel_accounts a
    where m.workspace_id = ${workspaceId} and m.contact_id = ${contactId} and m.next_attempt_at is not null and m.origin <> 'step'
      and a.workspace_id = m.workspace_id and a.id = m.channel_account_id and a.kind = ${channelKind}`.execute(tx);
}

/** Those of the contacts who have refused any kind of channel. */
export async function listContactsWithOptOuts(db: Db, workspaceId: WorkspaceId, contactIds: readonly string[]): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select c.id from unnest(${contactIds as string[]}::uuid[]) as c (id)
    where exists (select from opt_outs o where o.workspace_id = ${workspaceId} and o.contact_id = c.id)`.execute(db);
  return rows.map((row) => row.id);
}
