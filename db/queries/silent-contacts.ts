/** The look for contacts of whom nothing was heard, or to whom nothing was said: page by page over a workspace's contacts. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

/** Minutes between two looks of a trigger. */
export const lookMinutes = 60;

/** A condition on the triggers `t`: it is time to look, or a look is under way. A sequence that takes nobody in is left alone. */
export const isTimeToLook = sql`t.kind = 'inactivity' and t.enabled
  and (t.look_after is not null or t.looked_at is null or t.looked_at <= andante_now() - ${lookMinutes} * interval '1 minute')
  and exists (select from sequences s where s.workspace_id = t.workspace_id and s.id = t.sequence_id
    and s.status in ('running', 'paused') and s.live_version is not null)`;

export async function listTriggersToLook(db: Db, workspaceId: WorkspaceId): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from triggers t where t.workspace_id = ${workspaceId} and ${isTimeToLook} order by t.id`.execute(db);
  return rows.map((row) => row.id);
}

export interface Look {
  readonly silence: 'notContacted' | 'noReply';
  readonly days: number;
  readonly condition: unknown;
  /** The last contact that was looked at. */
  readonly after: string | null;
}

/** Holds the trigger for one page; null when it is not its time, or another worker looks. */
export async function lockLook(tx: Tx, workspaceId: WorkspaceId, triggerId: string): Promise<Look | null> {
  const { rows } = await sql<Look>`
    select t.silence, t.days, t.condition, t.look_after as after from triggers t
    where t.workspace_id = ${workspaceId} and t.id = ${triggerId} and ${isTimeToLook} for no key update of t skip locked`.execute(tx);
  return rows[0] ?? null;
}

/** `lastId`: null when the last contact was seen. */
export async function moveLook(tx: Tx, workspaceId: WorkspaceId, triggerId: string, lastId: string | null): Promise<void> {
  await sql`
    update triggers set look_after = ${lastId}, looked_at = case when ${lastId}::uuid is null then andante_now() else looked_at end
    where workspace_id = ${workspaceId} and id = ${triggerId}`.execute(tx);
}

/** The ids of the next contacts of everybody, in order. */
export async function listNextContactIds(db: Db, workspaceId: WorkspaceId, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from contacts where workspace_id = ${workspaceId} and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

export interface SilentContact {
  readonly contactId: string;
  readonly since: Date;
}

// Messages of a contact are few and lie together in the index by contact. Instants are cut to what a JavaScript Date holds, or a
// silence that was remembered would look older than itself.
const notContacted = sql`select date_trunc('milliseconds', greatest(c.created_at, max(m.accepted_at))) as since from messages m
  where m.workspace_id = c.workspace_id and m.contact_id = c.id and m.direction = 'out' and m.origin <> 'test'`;
const noReply = sql`select date_trunc('milliseconds', min(m.accepted_at)) as since from messages m
  where m.workspace_id = c.workspace_id and m.contact_id = c.id and m.direction = 'out' and m.origin <> 'test'
    and m.accepted_at > coalesce((select max(i.created_at) from messages i
      where i.workspace_id = c.workspace_id and i.contact_id = c.id and i.direction = 'in'), '-infinity')`;

/** Those of the contacts that have been silent for so many days, except silences that the trigger has seen already: those are looked
 *  up one by one, or every page would read all that the trigger remembers. */
export async function listSilentContacts(
  db: Db,
  workspaceId: WorkspaceId,
  triggerId: string,
  of: { readonly contactIds: readonly string[]; readonly silence: Look['silence']; readonly days: number },
): Promise<SilentContact[]> {
  const { rows } = await sql<SilentContact>`
    select c.id as contact_id, s.since
    from ${rowSet('x', of.contactIds, { id: ['uuid', (id) => id] })}
    join contacts c on c.workspace_id = ${workspaceId} and c.id = x.id
    cross join lateral (${of.silence === 'noReply' ? noReply : notContacted}) s
    where s.since <= andante_now() - ${of.days} * interval '1 day'
      and s.since > coalesce((select k.silent_since from trigger_contacts k
        where k.workspace_id = ${workspaceId} and k.trigger_id = ${triggerId} and k.contact_id = c.id), '-infinity')`.execute(db);
  return rows;
}

export async function insertSilentOccasions(
  tx: Tx,
  workspaceId: WorkspaceId,
  triggerId: string,
  silent: readonly SilentContact[],
): Promise<void> {
  if (silent.length === 0) return;
  await sql`
    insert into trigger_occasions (workspace_id, trigger_id, contact_id, silent_since)
    select ${workspaceId}::uuid, ${triggerId}::uuid, v.contact_id, v.since
    from ${rowSet('v', silent, { contact_id: ['uuid', (row) => row.contactId], since: ['timestamptz', (row) => row.since] })}`.execute(tx);
}
