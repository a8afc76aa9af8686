/** One contact in the place of others: everything that hangs on them changes hands, in sets and under lock. */
import { type RawBuilder, sql } from 'kysely';
import { type Actor, actorId } from '#server/auth/actor.ts';
import type { MergeableContact } from '#server/domain/contact/merged-values.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

/** The contacts, in the order of their ids, held so that nothing new can refer to them: who enrols, records or writes for one
 *  holds it for key share, and waits. */
export async function lockContactsToMerge(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<MergeableContact[]> {
  const { rows } = await sql<MergeableContact>`
    select id, name, phone, email, external_id, locale, time_zone, time_zone_origin, notes, owner_id, fields from contacts
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[]) order by id for update`.execute(tx);
  return rows;
}

/** The contact `id`, or the one that it was merged into; held against deletion and merging. Null when there is none. */
export async function holdContact(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<string | null> {
  const held = await sql<{ id: string }>`
    select id from contacts where workspace_id = ${workspaceId} and id = ${id} for key share`.execute(tx);
  if (held.rows[0]) return held.rows[0].id;
  const keptId = (await listKeptIds(tx, workspaceId, [id])).get(id);
  return keptId === undefined ? null : await holdContact(tx, workspaceId, keptId);
}

/** Into which contacts those of `ids` that were merged went. */
export async function listKeptIds(db: Db, workspaceId: WorkspaceId, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ contactId: string; keptId: string }>`
    select contact_id, kept_id from contact_merges where workspace_id = ${workspaceId} and contact_id = any(${[...ids]}::uuid[])`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.contactId, row.keptId]));
}

/** The contacts that were merged into this one. */
export async function listMergedIds(db: Db, workspaceId: WorkspaceId, keptId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select contact_id as id from contact_merges where workspace_id = ${workspaceId} and kept_id = ${keptId} order by 1`.execute(db);
  return rows.map((row) => row.id);
}

/** The id of the contact that `id` is now: the kept one's of one that was merged, else `id` itself. */
export async function keptIdOf(db: Db, workspaceId: WorkspaceId, id: string): Promise<string> {
  return (await listKeptIds(db, workspaceId, [id])).get(id) ?? id;
}

/** The same inside of a condition. */
export function keptIdIn(workspaceId: WorkspaceId, id: string): RawBuilder<string> {
  return sql`coalesce((select k.kept_id from contact_merges k where k.workspace_id = ${workspaceId} and k.contact_id = ${id}), ${id})`;
}

/** How many enrolments and conversations are a contact's. */
export interface Belongings {
  readonly enrolments: number;
  readonly conversations: number;
}

/** By contact. */
export async function countBelongings(db: Db, workspaceId: WorkspaceId, ids: readonly string[]): Promise<ReadonlyMap<string, Belongings>> {
  const { rows } = await sql<Belongings & { id: string }>`
    select c.id,
      (select count(*) from enrolments e where e.workspace_id = ${workspaceId} and e.contact_id = c.id) as enrolments,
      (select count(*) from conversations v where v.workspace_id = ${workspaceId} and v.contact_id = c.id) as conversations
    from unnest(${[...ids]}::uuid[]) as c (id)`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Notes who went into `keepId` and what they brought along. Merges of earlier days lead on to the contact that is kept now. */
export async function insertContactMerges(
  tx: Tx,
  actor: Actor,
  keepId: string,
  merged: readonly (MergeableContact & Belongings)[],
): Promise<void> {
  const { workspaceId } = actor;
  const ids = merged.map(({ id }) => id);
  await sql`update contact_merges set kept_id = ${keepId} where workspace_id = ${workspaceId} and kept_id = any(${ids}::uuid[])`.execute(
    tx,
  );
  await sql`
    insert into contact_merges (workspace_id, kept_id, actor_kind, actor_id, contact_id, name, phone, email, external_id, enrolments, conversations)
    select ${workspaceId}::uuid, ${keepId}::uuid, ${actor.kind}::text, ${actorId(actor)}::uuid, v.* from ${rowSet('v', merged, {
      contact_id: ['uuid', (contact) => contact.id],
      name: ['text', (contact) => contact.name],
      phone: ['text', (contact) => contact.phone],
      email: ['text', (contact) => contact.email],
      external_id: ['text', (contact) => contact.externalId],
      enrolments: ['int4', (contact) => contact.enrolments],
      conversations: ['int4', (contact) => contact.conversations],
    })}`.execute(tx);
}

/** Messages whose answers may come at any moment, held before their enrolments: settling takes them in this order. */
export async function lockMessagesUnderWay(tx: Tx, workspaceId: WorkspaceId, contactIds: readonly string[]): Promise<void> {
  await sql`
    select from messages where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[]) and state in ('sending', 'unknown')
    order by id for no key update`.execute(tx);
}

export interface MovedRows {
  readonly enrolments: number;
  readonly messages: number;
  /** Where the moved enrolments are due next, and which accounts have queued messages of theirs. */
  readonly alarms: readonly {
    readonly sequenceId: string | null;
    readonly channelAccountId: string | null;
    readonly at: Date;
  }[];
}

/** Moves enrolments, messages, events, tags, arrivals, lines of imports, and of consents the strictest of each channel. Epochs grow: what
 *  is under way for an enrolment settles, and what follows is decided by the kept contact. The contacts are held, and so are their open
 *  enrolments. */
export async function moveWhatHangsOn(tx: Tx, workspaceId: WorkspaceId, keepId: string, mergedIds: readonly string[]): Promise<MovedRows> {
  const merged = [...mergedIds];
  const of = sql`workspace_id = ${workspaceId} and contact_id = any(${merged}::uuid[])`;
  const enrolments = await sql<{ sequenceId: string; dueAt: Date | null }>`
    update enrolments set contact_id = ${keepId}, epoch = epoch + 1 where ${of}
    returning sequence_id, case when status = 'active' and waiting_for = 'due' then due_at end as due_at`.execute(tx);
  const messages = await sql<{ channelAccountId: string; nextAttemptAt: Date | null }>`
    update messages set contact_id = ${keepId} where ${of} returning channel_account_id, next_attempt_at`.execute(tx);
  await sql`update contact_events set contact_id = ${keepId} where ${of}`.execute(tx);
  await sql`update sandbox_deliveries set contact_id = ${keepId} where ${of}`.execute(tx);
  await sql`update bot_sessions set contact_id = ${keepId} where ${of}`.execute(tx);
  // What the import changed was changed of the merged contact: an undo has nothing to take back from the kept one.
  await sql`update import_rows set contact_id = ${keepId}, changes = null where ${of}`.execute(tx);
  await sql`update trigger_occasions set contact_id = ${keepId} where ${of}`.execute(tx);
  await sql`
    insert into trigger_contacts as k (workspace_id, trigger_id, contact_id, entered_at, depth, silent_since)
    select workspace_id, trigger_id, ${keepId}::uuid, max(entered_at), max(depth), max(silent_since) from trigger_contacts
    where ${of} group by workspace_id, trigger_id order by trigger_id
    on conflict (workspace_id, trigger_id, contact_id) do update
      set entered_at = greatest(k.entered_at, excluded.entered_at), depth = greatest(k.depth, excluded.depth),
        silent_since = greatest(k.silent_since, excluded.silent_since)`.execute(tx);
  await sql`
    insert into contact_tags (workspace_id, contact_id, tag_id)
    select distinct workspace_id, ${keepId}::uuid, tag_id from contact_tags where ${of} order by 3 on conflict do nothing`.execute(tx);
  await moveConsents(tx, workspaceId, keepId, merged);
  return {
    enrolments: enrolments.rows.length,
    messages: messages.rows.length,
    alarms: [
      ...enrolments.rows.flatMap(({ sequenceId, dueAt }) => (dueAt ? [{ sequenceId, channelAccountId: null, at: dueAt }] : [])),
      ...messages.rows.flatMap(({ channelAccountId, nextAttemptAt }) =>
        nextAttemptAt ? [{ sequenceId: null, channelAccountId, at: nextAttemptAt }] : [],
      ),
    ],
  };
}

/** One that was taken back outranks one that was given; else the newer one stays. One that was given after a refusal of any of the
 *  contacts was given for another record of the person: the refusal stays alone. Refusals are the kept contact's by now. */
async function moveConsents(tx: Tx, workspaceId: WorkspaceId, keepId: string, mergedIds: readonly string[]): Promise<void> {
  await sql`
    insert into consents (workspace_id, contact_id, channel_kind, status, source, at, recorded_at)
    select distinct on (channel_kind) workspace_id, ${keepId}::uuid, channel_kind, status, source, at, recorded_at from consents
    where workspace_id = ${workspaceId} and contact_id = any(${[...mergedIds]}::uuid[])
    order by channel_kind, status = 'withdrawn' desc, at desc
    on conflict (workspace_id, contact_id, channel_kind) do update
      set status = excluded.status, source = excluded.source, at = excluded.at, recorded_at = excluded.recorded_at
      where case when excluded.status = consents.status then excluded.at > consents.at else excluded.status = 'withdrawn' end`.execute(tx);
  await sql`
    delete from consents c using opt_outs o
    where c.workspace_id = ${workspaceId} and c.contact_id = ${keepId} and c.status = 'given'
      and o.workspace_id = c.workspace_id and o.contact_id = c.contact_id and o.channel_kind = c.channel_kind and o.at < c.at`.execute(tx);
}

export interface ContactRefusal {
  readonly contactId: string;
  readonly channelKind: string;
  readonly source: 'reply' | 'member' | 'api';
  readonly at: Date;
}

/** The oldest first. */
export async function listRefusalsOf(db: Db, workspaceId: WorkspaceId, contactIds: readonly string[]): Promise<ContactRefusal[]> {
  const { rows } = await sql<ContactRefusal>`
    select contact_id, channel_kind, source, at from opt_outs
    where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[]) order by at, contact_id`.execute(db);
  return rows;
}

/** A refusal that one contact has from another one keeps its date and where it came from. */
export async function dateRefusal(
  tx: Tx,
  workspaceId: WorkspaceId,
  contactId: string,
  { channelKind, source, at }: ContactRefusal,
): Promise<void> {
  await sql`
    update opt_outs set source = ${source}, at = ${at}
    where workspace_id = ${workspaceId} and contact_id = ${contactId} and channel_kind = ${channelKind} and at > ${at}`.execute(tx);
}
