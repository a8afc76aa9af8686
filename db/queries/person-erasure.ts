/** Takes a person out of every table. What hangs on the contact goes with its row; here is what stands elsewhere. */
import { type RawBuilder, sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';

/** Holds the contact, its enrolments and messages to the end of the transaction: nothing new of it is claimed or begun.
 *  Answers how many of its messages are with a provider. */
export async function holdPerson(tx: Tx, workspaceId: WorkspaceId, contactId: string): Promise<number> {
  const of = sql`workspace_id = ${workspaceId} and contact_id = ${contactId}`;
  await sql`select from contacts where workspace_id = ${workspaceId} and id = ${contactId} for update`.execute(tx);
  const { rows } = await sql<{ state: string }>`select state from messages where ${of} order by id for update`.execute(tx);
  await sql`select from enrolments where ${of} order by id for update`.execute(tx);
  return rows.filter(({ state }) => state === 'sending').length;
}

/** The addresses that the person was known by before, in the forms that contacts have: where messages went, what imports
 *  replaced, what merges left, and what those had who were merged. One that another contact has by now is that one's. */
export async function listEarlierAddresses(tx: Tx, workspaceId: WorkspaceId, contactId: string): Promise<string[]> {
  const { rows } = await sql<{ address: string }>`
    select known.address from (
      select address from messages where workspace_id = ${workspaceId} and contact_id = ${contactId} and direction = 'out'
      union
      select address from merged_addresses where workspace_id = ${workspaceId} and contact_id = ${contactId} and kind <> 'externalId'
      union
      select v.address from contact_merges k cross join lateral (values (k.phone), (k.email)) v (address)
      where k.workspace_id = ${workspaceId} and k.kept_id = ${contactId}
      union
      select pair ->> side from import_rows r
      cross join lateral (values (r.changes -> 'phone'), (r.changes -> 'email')) v (pair) cross join (values (0), (1)) s (side)
      where r.workspace_id = ${workspaceId} and r.contact_id = ${contactId}
    ) known
    where known.address is not null and not exists (
      select from contacts c where c.workspace_id = ${workspaceId} and (c.phone = known.address or lower(c.email) = lower(known.address)))`.execute(
    tx,
  );
  return rows.map((row) => row.address);
}

/** What contacts were called that were merged into this one. */
export async function listEarlierNames(tx: Tx, workspaceId: WorkspaceId, contactId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct name from contact_merges where workspace_id = ${workspaceId} and kept_id = ${contactId} and name is not null`.execute(
    tx,
  );
  return rows.map((row) => row.name);
}

export async function countImportsUnderWay(tx: Tx, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from imports where workspace_id = ${workspaceId} and status in ('queued', 'running')`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Whole, or so long ago that the rest never comes. */
const arrived = sql`(u.complete or u.created_at < andante_now() - interval '1 hour')`;

/** Rows of imports that were the contact, or that were refused and hold the person, keep their line and outcome alone.
 *  Files that were sent are in many encodings, so all of them go; those that no import has begun with go whole. */
export async function clearImports(tx: Tx, workspaceId: WorkspaceId, contactId: string, pattern: string | null): Promise<number> {
  const { rows } = await sql`
    update import_rows set contact_id = null, cells = null, changes = null
    where workspace_id = ${workspaceId} and (contact_id = ${contactId} or cells::text ~* ${pattern}::text or changes::text ~* ${pattern}::text)
    returning line`.execute(tx);
  await sql`
    delete from uploads u where u.workspace_id = ${workspaceId} and ${arrived} and not exists (
      select from imports i where i.workspace_id = u.workspace_id and i.upload_id = u.id and i.status <> 'draft')`.execute(tx);
  await sql`
    delete from upload_chunks c using uploads u
    where c.workspace_id = ${workspaceId} and u.workspace_id = c.workspace_id and u.id = c.upload_id and ${arrived}`.execute(tx);
  return rows.length;
}

/** Events of providers, deliveries of the sandbox to the bare address, files and requests that name the person, what triggers were
 *  about to look at, and places in groups of duplicates. `contactIds`: the contact's, and those that were merged into it. */
export async function deleteTraces(
  tx: Tx,
  workspaceId: WorkspaceId,
  of: { readonly contactIds: readonly string[]; readonly addresses: readonly string[]; readonly pattern: string | null },
): Promise<void> {
  const { pattern } = of;
  const contactIds = [...of.contactIds];
  const names = (column: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`${column}::text like any(${contactIds.map((id) => `%${id}%`)}::text[])`;
  await sql`
    delete from inbound_events where workspace_id = ${workspaceId}
      and (${names(sql`payload`)} or payload::text ~* ${pattern}::text or provider_event_id ~* ${pattern}::text)`.execute(tx);
  await sql`
    delete from sandbox_deliveries where workspace_id = ${workspaceId}
      and (contact_id = any(${contactIds}::uuid[]) or lower(address) = any(${[...of.addresses]}::text[]))`.execute(tx);
  await sql`
    delete from exports where workspace_id = ${workspaceId}
      and (${names(sql`payload`)} or payload::text ~* ${pattern}::text)`.execute(tx);
  await sql`delete from trigger_occasions where workspace_id = ${workspaceId} and contact_id = any(${contactIds}::uuid[])`.execute(tx);
  await sql`
    update duplicate_groups set contact_ids = array(select m.id from unnest(contact_ids) with ordinality as m(id, place)
      where m.id <> all(${contactIds}::uuid[]) order by m.place)
    where workspace_id = ${workspaceId} and contact_ids && ${contactIds}::uuid[]`.execute(tx);
  await sql`
    delete from idempotency_keys where workspace_id = ${workspaceId}
      and (key ~* ${pattern}::text or response::text ~* ${pattern}::text)`.execute(tx);
}

/** Where a person may be named in passing: as text, or anywhere inside of JSON. */
export const passingPlaces = [
  { table: 'audit_log', column: 'details', type: 'jsonb' },
  { table: 'segments', column: 'filter', type: 'jsonb' },
  { table: 'triggers', column: 'condition', type: 'jsonb' },
  { table: 'triggers', column: 'becomes', type: 'jsonb' },
  { table: 'operations', column: 'payload', type: 'jsonb' },
  { table: 'operations', column: 'refusals', type: 'jsonb' },
  { table: 'operations', column: 'error', type: 'text' },
  { table: 'imports', column: 'format', type: 'jsonb' },
  { table: 'imports', column: 'mapping', type: 'jsonb' },
  { table: 'uploads', column: 'file_name', type: 'text' },
  { table: 'channel_accounts', column: 'last_error', type: 'text' },
  { table: 'enrolment_events', column: 'details', type: 'jsonb' },
] as const;

type PassingPlace = (typeof passingPlaces)[number];

/** Puts what `without` makes of a value in its place, wherever `pattern` is found. */
export async function rewritePlace(
  tx: Tx,
  workspaceId: WorkspaceId,
  place: PassingPlace,
  pattern: string,
  without: (value: unknown) => unknown,
): Promise<number> {
  const column = sql.ref(place.column);
  const { rows } = await sql<{ row: string; value: unknown }>`
    select ctid::text as row, ${column} as value from ${sql.table(place.table)}
    where workspace_id = ${workspaceId} and ${column}::text ~* ${pattern} for update`.execute(tx);
  for (const { row, value } of rows) {
    const written = without(value);
    await sql`
      update ${sql.table(place.table)} set ${column} = ${place.type === 'jsonb' ? JSON.stringify(written) : written}
      where workspace_id = ${workspaceId} and ctid = ${row}::tid`.execute(tx);
  }
  return rows.length;
}
