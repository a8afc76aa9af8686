/** Taking back what an import did: which rows come next, who may go, what is put back. */
import { type RawBuilder, sql } from 'kysely';
import type { Changes, ChangeSpan } from '#server/domain/contact-csv/planned-contact.ts';
import type { ContactColumns } from '#server/domain/contact/columns.ts';
import type { RowOutcome } from '#server/domain/contact-csv/options.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';
import { contactColumns } from './contact-columns.ts';
import type { UndoCounts } from './imports.ts';
import { microseconds } from './microseconds.ts';

/** One that failed goes on from where it stands. */
export async function beginUndo(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  await tx.updateTable('imports').set({ undoStatus: 'running' }).where('workspaceId', '=', workspaceId).where('id', '=', id).execute();
}

export async function failUndo(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await db
    .updateTable('imports')
    .set({ undoStatus: 'failed' })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('undoStatus', '=', 'running')
    .execute();
}

export async function advanceUndo(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  progress: { readonly beforeLine: number | null; readonly counts: UndoCounts; readonly ended: boolean },
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({
      undoBeforeLine: progress.beforeLine,
      undoCounts: JSON.stringify(progress.counts),
      undoStatus: progress.ended ? 'done' : 'running',
    })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export interface RowToUndo {
  readonly line: number;
  readonly outcome: RowOutcome;
  readonly contactId: string;
  readonly enrolmentId: string | null;
  readonly changes: Changes | null;
  /** The contact is one that this import has made: it goes or stays as a whole, with the row that made it. */
  readonly isOfMade: boolean;
}

/** The rows that did something, those among them by which somebody refuses though they were refused or left aside, from the last one back: what was changed twice comes back to what it was first. */
export async function listRowsToUndo(
  db: Db,
  workspaceId: WorkspaceId,
  importId: string,
  page: { readonly beforeLine: number | null; readonly limit: number },
): Promise<RowToUndo[]> {
  const { rows } = await sql<RowToUndo>`
    select r.line, r.outcome, r.contact_id, r.enrolment_id, r.changes,
      r.outcome = 'created' or (r.outcome in ('merged', 'rejected') and exists (
        select from import_rows m where m.workspace_id = ${workspaceId} and m.import_id = ${importId} and m.contact_id = r.contact_id
          and m.outcome = 'created')) as is_of_made
    from import_rows r
    where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.contact_id is not null
      and r.line < ${page.beforeLine ?? Number.MAX_SAFE_INTEGER}::bigint and (r.outcome not in ('skipped', 'rejected') or r.changes is not null)
    order by r.line desc limit ${page.limit}`.execute(db);
  return rows;
}

/** Why a contact stays that an import has made. */
export type Touch =
  | 'changedSince'
  | 'messaged'
  | 'inConversation'
  | 'enrolledSince'
  | 'taggedSince'
  | 'optedOut'
  | 'consentSet'
  | 'hasEvents';

/** Imports that were undone, are about to be, or were in part, other than `importId`. */
async function listUndoneImports(db: Db, workspaceId: WorkspaceId, importId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from imports where workspace_id = ${workspaceId} and undo_status is not null and id <> ${importId}`.execute(db);
  return rows.map((row) => row.id);
}

/** Whether every change of contact `c` since it was made is one that rows of `importIds` have made and that was taken back, or the taking back:
 *  they lead from its first instant to its last without a gap. */
function changedByUndoneAlone(workspaceId: WorkspaceId, importIds: readonly string[]): RawBuilder<boolean> {
  if (importIds.length === 0) return sql`false`;
  return sql`exists (
    with recursive spans as materialized (
      select (s.span ->> 0)::int8 as before, (s.span ->> 1)::int8 as since
      from import_rows r cross join lateral (values (r.changes -> 'changedAt'), (r.changes -> 'putBackAt')) s (span)
      where r.workspace_id = ${workspaceId} and r.import_id = any(${importIds as string[]}::uuid[]) and r.contact_id = c.id
        and r.undo is not null and s.span is not null
    ), reached as (
      select ${microseconds(sql`c.created_at`)} as at
      union select s.since from reached join spans s on s.before = reached.at
    ) select from reached where at = ${microseconds(sql`c.updated_at`)})`;
}

/** Locks the contacts against being written to and says of each whether anybody but the import has touched it; null: nobody. Those
 *  that are gone are not among the answers. `tagIds`: tags that every row of the import got. */
export async function lockMadeContacts(
  tx: Tx,
  workspaceId: WorkspaceId,
  importId: string,
  of: { readonly contactIds: readonly string[]; readonly tagIds: readonly string[] },
): Promise<ReadonlyMap<string, Touch | null>> {
  if (of.contactIds.length === 0) return new Map();
  const ids = of.contactIds as string[];
  await sql`select from contacts where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) order by id for update`.execute(tx);
  return listTouches(tx, workspaceId, importId, of);
}

/** The same without a lock. Messages that wait to be tried again are canceled when the enrolment ends that the import has begun: they do not
 *  count. */
export async function listTouches(
  db: Db,
  workspaceId: WorkspaceId,
  importId: string,
  of: { readonly contactIds: readonly string[]; readonly tagIds: readonly string[] },
): Promise<ReadonlyMap<string, Touch | null>> {
  if (of.contactIds.length === 0) return new Map();
  const ids = of.contactIds as string[];
  const others = await listUndoneImports(db, workspaceId, importId);
  const { rows } = await sql<{ id: string; touch: Touch | null }>`
    select c.id, case
      when c.updated_at > c.created_at and not ${changedByUndoneAlone(workspaceId, others)} then 'changedSince'
      when exists (select from messages m where m.workspace_id = ${workspaceId} and m.contact_id = c.id
        and m.state not in ('skipped', 'canceled') and not (m.state = 'queued' and m.origin = 'step' and exists (
          select from import_rows r where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.contact_id = c.id
            and r.enrolment_id = m.enrolment_id))) then 'messaged'
      when exists (select from conversations v where v.workspace_id = ${workspaceId} and v.contact_id = c.id) then 'inConversation'
      when exists (select from enrolments e where e.workspace_id = ${workspaceId} and e.contact_id = c.id and not exists (
        select from import_rows r where r.workspace_id = ${workspaceId} and r.import_id = any(${[importId, ...others]}::uuid[])
          and r.contact_id = c.id and r.enrolment_id = e.id and (r.import_id = ${importId} or r.undo is not null))) then 'enrolledSince'
      when exists (select from contact_tags t where t.workspace_id = ${workspaceId} and t.contact_id = c.id
        and t.tag_id <> all(${of.tagIds as string[]}::uuid[]) and not exists (
          select from import_rows r where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.contact_id = c.id
            and r.changes ? ('tag.' || t.tag_id))) then 'taggedSince'
      when exists (select from opt_outs o where o.workspace_id = ${workspaceId} and o.contact_id = c.id) then 'optedOut'
      when exists (select from consents s where s.workspace_id = ${workspaceId} and s.contact_id = c.id and not exists (
        select from import_rows r where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.contact_id = c.id
          and r.changes ->> ('consent.' || s.channel_kind) is not null
          and split_part(r.changes -> ('consent.' || s.channel_kind) ->> 1, ' ', 3)::timestamptz = s.at)) then 'consentSet'
      when exists (select from contact_events v where v.workspace_id = ${workspaceId} and v.contact_id = c.id) then 'hasEvents'
      end as touch
    from contacts c where c.workspace_id = ${workspaceId} and c.id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row.touch]));
}

/** A contact as it stands: the columns that an import writes. */
export interface StandingContact extends ContactColumns {
  readonly id: string;
  /** When it was changed last, in microseconds since 1970. */
  readonly changedAt: number;
}

export async function listStandingContacts(db: Db, workspaceId: WorkspaceId, ids: readonly string[]): Promise<StandingContact[]> {
  return readStanding(db, workspaceId, ids, sql``);
}

export async function lockStandingContacts(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<StandingContact[]> {
  return readStanding(tx, workspaceId, ids, sql`for no key update`);
}

async function readStanding(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  lock: RawBuilder<unknown>,
): Promise<StandingContact[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<StandingContact>`
    select id, name, phone, email, external_id, locale, time_zone, time_zone_origin, fields, notes, owner_id,
      ${microseconds(sql`updated_at`)} as changed_at from contacts
    where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[]) order by id ${lock}`.execute(db);
  return rows;
}

/** How many of the enrolments go on. */
export async function countGoingOn(db: Db, workspaceId: WorkspaceId, enrolmentIds: readonly string[]): Promise<number> {
  if (enrolmentIds.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from enrolments
    where workspace_id = ${workspaceId} and id = any(${enrolmentIds as string[]}::uuid[]) and status <> 'ended'`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The last line of the import's rows; 0 when there is none. */
export async function lastLine(db: Db, workspaceId: WorkspaceId, importId: string): Promise<number> {
  const { rows } = await sql<{ line: number }>`
    select line::float8 as line from import_rows where workspace_id = ${workspaceId} and import_id = ${importId}
    order by line desc limit 1`.execute(db);
  return rows[0]?.line ?? 0;
}

/** `inTheWay`: those among them that give up an address that another one gets. They do so first: that an address is one contact's is
 *  checked row by row. Answers, by contact, when it was changed last before and since. */
export async function restoreContacts(
  tx: Tx,
  workspaceId: WorkspaceId,
  contacts: readonly StandingContact[],
  inTheWay: readonly string[],
): Promise<ReadonlyMap<string, ChangeSpan>> {
  if (contacts.length === 0) return new Map();
  if (inTheWay.length > 0) {
    await sql`
      update contacts set phone = null, email = null, external_id = null
      where workspace_id = ${workspaceId} and id = any(${inTheWay as string[]}::uuid[])`.execute(tx);
  }
  const { rows } = await sql<{ id: string; since: number }>`
    update contacts c set name = v.name, phone = v.phone, email = v.email, external_id = v.external_id, locale = v.locale,
      time_zone = v.time_zone, time_zone_origin = v.time_zone_origin, fields = v.fields, notes = v.notes,
      owner_id = (select m.id from members m where m.workspace_id = ${workspaceId} and m.id = v.owner_id), updated_at = andante_now()
    from ${rowSet('v', contacts, {
      id: ['uuid', (contact) => contact.id],
      ...contactColumns,
    })}
    where c.workspace_id = ${workspaceId} and c.id = v.id
    returning c.id, ${microseconds(sql`c.updated_at`)} as since`.execute(tx);
  const since = new Map(rows.map((row) => [row.id, row.since]));
  return new Map(contacts.map(({ id, changedAt }) => [id, [changedAt, since.get(id) ?? changedAt]]));
}

export async function deleteContactTagPairs(
  tx: Tx,
  workspaceId: WorkspaceId,
  pairs: readonly { readonly contactId: string; readonly tagId: string }[],
): Promise<void> {
  if (pairs.length === 0) return;
  await sql`delete from contact_tags t
    using ${rowSet('p', pairs, { contact_id: ['uuid', (pair) => pair.contactId], tag_id: ['uuid', (pair) => pair.tagId] })}
    where t.workspace_id = ${workspaceId} and t.contact_id = p.contact_id and t.tag_id = p.tag_id`.execute(tx);
}

/** Notes what became of rows; `putBackAt`: with which of them a contact was changed. */
export async function markUndone(
  tx: Tx,
  workspaceId: WorkspaceId,
  importId: string,
  rows: readonly { readonly line: number; readonly undo: string; readonly putBackAt: ChangeSpan | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update import_rows r set undo = v.undo,
      changes = case when v.put_back_at is null then r.changes else r.changes || jsonb_build_object('putBackAt', v.put_back_at) end
    from ${rowSet('v', rows, {
      line: ['int8', (row) => row.line],
      undo: ['text', (row) => row.undo],
      put_back_at: ['jsonb', (row) => (row.putBackAt === null ? null : JSON.stringify(row.putBackAt))],
    })}
    where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.line = v.line`.execute(tx);
}
