/** Writes one chunk of an import: everything in sets, a handful of statements for thousands of rows. */
import { type RawBuilder, sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { ChangeSpan, KnownContact, PlannedContact } from '#server/domain/contact-csv/planned-contact.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';
import { contactColumns } from './contact-columns.ts';
import { microseconds } from './microseconds.ts';
import { listLeadingAddresses } from './merged-addresses.ts';
import { importIsOpen } from './imports.ts';
import { type NewImportedRow } from './import-rows.ts';

/** Imports of one workspace write their chunks one after the other, so that two files with the same people, or the same
 *  file twice, meet as rows that exist and never as a clash. Held to the end of the transaction. */
export async function lockWorkspaceImports(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('andante.imports'), hashtext(${workspaceId}))`.execute(tx);
}

/** Whether another import of the workspace is under way: one that runs, or is about to. */
export async function isOtherImportRunning(db: Db, workspaceId: WorkspaceId, importId: string): Promise<boolean> {
  const other = await db
    .selectFrom('imports')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('id', '<>', importId)
    .where(importIsOpen)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

export interface Addresses {
  readonly phones: readonly string[];
  /** In lower case. */
  readonly emails: readonly string[];
  readonly externalIds: readonly string[];
}

/** The contacts that have one of the addresses or ids, or that a merge made these lead on to. `importId`: null before there is an import. */
export async function listContactsByAddress(
  db: Db,
  workspaceId: WorkspaceId,
  importId: string | null,
  addresses: Addresses,
): Promise<KnownContact[]> {
  return readContacts(db, workspaceId, { importId, addresses, lock: sql`` });
}

/** The same, each locked against other changes to the end of the transaction, in the order of their ids. */
export async function lockContactsByAddress(
  tx: Tx,
  workspaceId: WorkspaceId,
  importId: string,
  addresses: Addresses,
): Promise<KnownContact[]> {
  return readContacts(tx, workspaceId, { importId, addresses, lock: sql`for no key update` });
}

// `lateral … limit 1` keeps each lookup on its index. A table that an import is just filling has no statistics yet, and
// `= any(…)` would read all of it for every chunk.
async function listIdsByAddress(db: Db, workspaceId: WorkspaceId, { phones, emails, externalIds }: Addresses): Promise<string[]> {
  if (phones.length + emails.length + externalIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select c.id from unnest(${phones as string[]}::text[]) as given (phone) cross join lateral (
      select id from contacts where workspace_id = ${workspaceId} and phone = given.phone limit 1) c
    union
    select c.id from unnest(${emails as string[]}::text[]) as given (email) cross join lateral (
      select id from contacts where workspace_id = ${workspaceId} and lower(email) = given.email limit 1) c
    union
    select c.id from unnest(${externalIds as string[]}::text[]) as given (external_id) cross join lateral (
      select id from contacts where workspace_id = ${workspaceId} and external_id = given.external_id limit 1) c
    order by id`.execute(db);
  return rows.map((row) => row.id);
}

async function readContacts(
  db: Db,
  workspaceId: WorkspaceId,
  of: { readonly importId: string | null; readonly addresses: Addresses; readonly lock: RawBuilder<unknown> },
): Promise<KnownContact[]> {
  const { importId, addresses, lock } = of;
  const having = await listIdsByAddress(db, workspaceId, addresses);
  const leading = Map.groupBy(await listLeadingAddresses(db, workspaceId, addresses), ({ contactId }) => contactId);
  const ids = leading.size === 0 ? having : [...new Set([...having, ...leading.keys()])].sort();
  if (ids.length === 0) return [];
  const { rows } = await sql<KnownContact>`
    select c.id, c.name, c.phone, c.email, c.external_id, c.locale, c.time_zone, c.time_zone_origin, c.fields, c.notes, c.owner_id,
      ${microseconds(sql`c.updated_at`)} as changed_at, r.outcome is not null as of_this_import, coalesce(r.outcome = 'created', false) as made_by_this_import
    from unnest(${ids as string[]}::uuid[]) as known (id) cross join lateral (
      select * from contacts where workspace_id = ${workspaceId} and id = known.id limit 1 ${lock}) c
    left join lateral (
      select outcome from import_rows where workspace_id = ${workspaceId} and import_id = ${importId} and contact_id = c.id
        and outcome in ('created', 'updated', 'unchanged') limit 1) r on true`.execute(db);
  return leading.size === 0 ? rows : rows.map((row) => ({ ...row, merged: leading.get(row.id) ?? [] }));
}

function plannedRows(contacts: readonly PlannedContact[]) {
  return rowSet('v', contacts, {
    id: ['uuid', (contact) => contact.id],
    ...contactColumns,
    own: ['bool', (contact) => contact.madeByThisImport],
  });
}

/** Makes the contacts and gives them their ids, in the order of the rows. Fails as not unique when somebody else has taken one of the
 *  addresses since they were looked up: the transaction must be given up then and begun again. To look first whether one is taken would
 *  cost a tenth more. */
export async function insertPlannedContacts(tx: Tx, workspaceId: WorkspaceId, contacts: readonly PlannedContact[]): Promise<void> {
  if (contacts.length === 0) return;
  for (const contact of contacts) contact.id = uuidv7();
  await sql`
    insert into contacts (workspace_id, id, name, phone, email, external_id, locale, time_zone, time_zone_origin, fields, notes, owner_id)
    select ${workspaceId}, v.id, v.name, v.phone, v.email, v.external_id, v.locale, v.time_zone, v.time_zone_origin, v.fields, v.notes,
      v.owner_id
    from ${plannedRows(contacts)}`.execute(tx);
}

/** A contact that this import has made keeps its time of change: whoever undoes the import sees by it that nobody else touched it. Answers,
 *  by contact, when the others were changed last before and since. */
export async function updatePlannedContacts(
  tx: Tx,
  workspaceId: WorkspaceId,
  contacts: readonly PlannedContact[],
): Promise<Map<string, ChangeSpan>> {
  const spans = new Map<string, ChangeSpan>();
  if (contacts.length === 0) return spans;
  const { rows } = await sql<{ since: number }>`with written as (
    update contacts c set name = v.name, phone = v.phone, email = v.email, external_id = v.external_id, locale = v.locale,
      time_zone = v.time_zone, time_zone_origin = v.time_zone_origin, fields = v.fields, notes = v.notes, owner_id = v.owner_id,
      updated_at = case when v.own then c.updated_at else andante_now() end
    from ${plannedRows(contacts)}
    where c.workspace_id = ${workspaceId} and c.id = v.id
    returning v.own, c.updated_at
    ) select ${microseconds(sql`updated_at`)} as since from written where not own limit 1`.execute(tx);
  const since = rows[0]?.since;
  if (since === undefined) return spans;
  for (const { id, changedAt, madeByThisImport } of contacts) {
    if (id !== null && changedAt !== undefined && !madeByThisImport) spans.set(id, [changedAt, since]);
  }
  return spans;
}

export interface TagPair {
  readonly contactId: string;
  readonly tagId: string;
}

/** Gives each contact its own tags: `pairs` of contact and tag. Answers those that are new. */
export async function insertContactTagPairs(tx: Tx, workspaceId: WorkspaceId, pairs: readonly TagPair[]): Promise<TagPair[]> {
  if (pairs.length === 0) return [];
  const { rows } = await sql<TagPair>`insert into contact_tags (workspace_id, contact_id, tag_id)
    select distinct ${workspaceId}::uuid, p.contact_id, p.tag_id
    from unnest(${pairs.map((pair) => pair.contactId)}::uuid[], ${pairs.map((pair) => pair.tagId)}::uuid[]) as p (contact_id, tag_id)
    on conflict do nothing returning contact_id, tag_id`.execute(tx);
  return rows;
}

export async function insertImportRows(tx: Tx, workspaceId: WorkspaceId, importId: string, rows: readonly NewImportedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into import_rows (workspace_id, import_id, line, outcome, reason, contact_id, enrolment, enrolment_id, cells, changes, problem_column,
      opt_out_recorded)
    select ${workspaceId}, ${importId}, v.* from ${rowSet('v', rows, {
      line: ['int8', (row) => row.line],
      outcome: ['text', (row) => row.outcome],
      reason: ['text', (row) => row.reason],
      contact_id: ['uuid', (row) => row.contactId],
      enrolment: ['text', (row) => row.enrolment],
      enrolment_id: ['uuid', (row) => row.enrolmentId],
      cells: ['jsonb', (row) => (row.cells === null ? null : JSON.stringify(row.cells))],
      changes: ['jsonb', (row) => (row.changes === null ? null : JSON.stringify(row.changes))],
      problem_column: ['int4', (row) => row.problemColumn],
      opt_out_recorded: ['bool', (row) => row.optOutRecorded],
    })}`.execute(tx);
}

/** Who of the contacts was enrolled in the sequence by one of the imports, and under which keys: `<contact> <key>`. */
export async function listEnrolledByImports(
  db: Db,
  workspaceId: WorkspaceId,
  importIds: readonly string[],
  of: { readonly sequenceId: string; readonly contactIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  if (importIds.length === 0 || of.contactIds.length === 0) return new Set();
  const { rows } = await sql<{ contactId: string; key: string }>`
    select e.contact_id, e.key
    from unnest(${importIds as string[]}::uuid[]) as i (id)
    cross join unnest(${of.contactIds as string[]}::uuid[]) as c (id)
    cross join lateral (
      select r.enrolment_id from import_rows r
      where r.workspace_id = ${workspaceId} and r.import_id = i.id and r.contact_id = c.id and r.enrolment_id is not null offset 0) r
    cross join lateral (
      select contact_id, key from enrolments
      where workspace_id = ${workspaceId} and id = r.enrolment_id and sequence_id = ${of.sequenceId} offset 0) e`.execute(db);
  return new Set(rows.map((row) => `${row.contactId} ${row.key}`));
}
