/** Writes one chunk of an import: everything in sets, a handful of statements for thousands of rows. */
import { sql } from 'kysely';
import type { KnownContact, PlannedContact } from '#server/domain/contact-csv/plan-chunk.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import type { ImportedRow } from './imports.ts';

/** Imports of one workspace write their chunks one after the other, so that two files with the same people, or the same
 *  file twice, meet as rows that exist and never as a clash. Held to the end of the transaction. */
export async function lockWorkspaceImports(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('andante.imports'), hashtext(${workspaceId}))`.execute(tx);
}

export interface Addresses {
  readonly phones: readonly string[];
  /** In lower case. */
  readonly emails: readonly string[];
}

/** The contacts that have one of the addresses. `importId`: null before there is an import. */
export async function listContactsByAddress(
  db: Db,
  workspaceId: WorkspaceId,
  importId: string | null,
  addresses: Addresses,
): Promise<KnownContact[]> {
  const { rows } = await sql<KnownContact>`
    select c.id, c.name, c.phone, c.email, c.locale, c.time_zone, c.time_zone_origin, c.fields,
      exists (select from import_rows r where r.workspace_id = ${workspaceId} and r.import_id = ${importId}
        and r.contact_id = c.id and r.outcome in ('created', 'updated', 'unchanged')) as of_this_import
    from contacts c where c.workspace_id = ${workspaceId} and c.id in (${idsByAddress(workspaceId, addresses)})`.execute(db);
  return rows;
}

/** The same, each locked against other changes to the end of the transaction. */
export async function lockContactsByAddress(
  tx: Tx,
  workspaceId: WorkspaceId,
  importId: string,
  addresses: Addresses,
): Promise<KnownContact[]> {
  await sql`select from contacts c where c.workspace_id = ${workspaceId} and c.id in (${idsByAddress(workspaceId, addresses)})
    order by c.id for no key update`.execute(tx);
  return listContactsByAddress(tx, workspaceId, importId, addresses);
}

function idsByAddress(workspaceId: WorkspaceId, addresses: Addresses) {
  return sql`
    select id from contacts where workspace_id = ${workspaceId} and phone = any(${addresses.phones as string[]}::text[])
    union
    select id from contacts where workspace_id = ${workspaceId} and lower(email) = any(${addresses.emails as string[]}::text[])`;
}

const contactRecord = sql.raw(`n int, id uuid, name text, phone text, email text, locale text,
  "timeZone" text, "timeZoneOrigin" text, fields jsonb`);

/** Makes the contacts and puts their new ids into them. Answers false when somebody else has taken one of the addresses
 *  since they were looked up: the transaction must be given up then and begun again. */
export async function insertPlannedContacts(tx: Tx, workspaceId: WorkspaceId, contacts: readonly PlannedContact[]): Promise<boolean> {
  if (contacts.length === 0) return true;
  const { rows } = await sql<{ id: string; phone: string | null; email: string | null }>`
    insert into contacts (workspace_id, name, phone, email, locale, time_zone, time_zone_origin, fields)
    select ${workspaceId}, v.name, v.phone, v.email, v.locale, v."timeZone", v."timeZoneOrigin", v.fields
    from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as v (${contactRecord})
    on conflict do nothing returning id, phone, email`.execute(tx);
  if (rows.length !== contacts.length) return false;
  const ids = new Map(rows.map((row) => [row.phone ?? row.email, row.id]));
  for (const contact of contacts) contact.id = ids.get(contact.phone ?? contact.email) ?? null;
  return true;
}

export async function updatePlannedContacts(tx: Tx, workspaceId: WorkspaceId, contacts: readonly PlannedContact[]): Promise<void> {
  if (contacts.length === 0) return;
  await sql`
    update contacts c set name = v.name, phone = v.phone, email = v.email, locale = v.locale, time_zone = v."timeZone",
      time_zone_origin = v."timeZoneOrigin", fields = v.fields, updated_at = andante_now()
    from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as v (${contactRecord})
    where c.workspace_id = ${workspaceId} and c.id = v.id`.execute(tx);
}

/** Gives each contact its own tags: `pairs` of contact and tag. */
export async function insertContactTagPairs(
  tx: Tx,
  workspaceId: WorkspaceId,
  pairs: readonly { contactId: string; tagId: string }[],
): Promise<void> {
  if (pairs.length === 0) return;
  await sql`insert into contact_tags (workspace_id, contact_id, tag_id)
    select distinct ${workspaceId}::uuid, p.contact_id, p.tag_id
    from unnest(${pairs.map((pair) => pair.contactId)}::uuid[], ${pairs.map((pair) => pair.tagId)}::uuid[]) as p (contact_id, tag_id)
    on conflict do nothing`.execute(tx);
}

export async function insertImportRows(tx: Tx, workspaceId: WorkspaceId, importId: string, rows: readonly ImportedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into import_rows (workspace_id, import_id, line, outcome, reason, contact_id, enrolment, cells)
    select ${workspaceId}, ${importId}, v.* from unnest(
      ${rows.map((row) => row.line)}::bigint[], ${rows.map((row) => row.outcome)}::text[], ${rows.map((row) => row.reason)}::text[],
      ${rows.map((row) => row.contactId)}::uuid[], ${rows.map((row) => row.enrolment)}::text[],
      ${rows.map((row) => (row.cells === null ? null : JSON.stringify(row.cells)))}::jsonb[]) as v`.execute(tx);
}

/** Fresh statistics after a bulk load, without which later plans go astray. */
export async function analyseContacts(db: Db): Promise<void> {
  await sql`analyze contacts, contact_tags, import_rows`.execute(db);
}
