/** Contacts: reading and writing rows. Which ones a filter means, and in what order, is said in contact-pages.ts. */
import { type Selectable, sql } from 'kysely';
import type { ContactColumns } from '#server/domain/contact/columns.ts';
import type { FieldValue } from '#server/domain/contact/fields.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';
import { contactColumns } from './contact-columns.ts';
import { keptIdOf } from './contact-merges.ts';
import type { Contacts } from '../schema.gen.ts';

export type ContactRow = Omit<Selectable<Contacts>, 'searchText' | 'fields' | 'timeZoneOrigin'> & {
  readonly fields: Record<string, FieldValue>;
  /** Of the zone that is stored; null when none is, and the workspace's counts. */
  readonly timeZoneOrigin: 'set' | 'phone' | null;
  /** Names, in alphabetical order. */
  readonly tags: string[];
};

/** What a workspace lends to its contacts: the zone where they have none, the country of phones without a +. */
export interface ContactDefaults {
  readonly timeZone: string;
  readonly country: string;
}

export async function getContactDefaults(db: Db, workspaceId: WorkspaceId): Promise<ContactDefaults> {
  return db.selectFrom('workspaces').select(['timeZone', 'country']).where('id', '=', workspaceId).executeTakeFirstOrThrow();
}

function selectContacts(db: Db) {
  return db
    .selectFrom('contacts as c')
    .select(['c.workspaceId', 'c.id', 'c.name', 'c.phone', 'c.email', 'c.externalId', 'c.locale', 'c.timeZone', 'c.notes', 'c.ownerId'])
    .select(['c.createdAt', 'c.updatedAt'])
    .select(sql<'set' | 'phone' | null>`c.time_zone_origin`.as('timeZoneOrigin'))
    .select(sql<Record<string, FieldValue>>`c.fields`.as('fields'))
    .select(
      sql<string[]>`coalesce((select array_agg(t.name order by lower(t.name)) from contact_tags ct
        join tags t on t.workspace_id = ct.workspace_id and t.id = ct.tag_id
        where ct.workspace_id = c.workspace_id and ct.contact_id = c.id), '{}')`.as('tags'),
    );
}

export async function findContact(db: Db, workspaceId: WorkspaceId, id: string): Promise<ContactRow | null> {
  const row = await selectContacts(db).where('c.workspaceId', '=', workspaceId).where('c.id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** The contact, or the one that it was merged into: use the id of the answer. Throws `notFound`. */
export async function getContact(db: Db, workspaceId: WorkspaceId, id: string): Promise<ContactRow> {
  const row = await findContact(db, workspaceId, id);
  if (row) return row;
  const kept = await findContact(db, workspaceId, await keptIdOf(db, workspaceId, id));
  if (!kept) throw notFound('contact', id);
  return kept;
}

/** In the order of `ids`; who is not there is left out. */
export async function listContactsByIds(db: Db, workspaceId: WorkspaceId, ids: readonly string[]): Promise<ContactRow[]> {
  if (ids.length === 0) return [];
  const rows = await selectContacts(db)
    .where('c.workspaceId', '=', workspaceId)
    .where('c.id', '=', sql<string>`any(${ids as string[]}::uuid[])`)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Throws PostgreSQL's 23505 when another contact has the phone or the e-mail. */
export async function insertContact(tx: Tx, workspaceId: WorkspaceId, columns: Readonly<ContactColumns>): Promise<string> {
  const { id } = await tx
    .insertInto('contacts')
    .values({ workspaceId, ...columns, fields: JSON.stringify(columns.fields) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Inserts them in one statement, in the order of their addresses: two that have the same ones wait, and do not lock each other out.
 *  Answers their ids in the same order; null for one whose phone or e-mail somebody has. */
export async function insertContacts(
  tx: Tx,
  workspaceId: WorkspaceId,
  contacts: readonly Readonly<ContactColumns>[],
): Promise<(string | null)[]> {
  if (contacts.length === 0) return [];
  const made = await sql<{ id: string }>`select uuidv7() as id from generate_series(1, ${contacts.length}::int)`.execute(tx);
  const ids = made.rows.map((row) => row.id).sort();
  const numbered = contacts.map((contact, index) => ({ ...contact, id: ids[index] }));
  const { rows } = await sql<{ id: string }>`
    insert into contacts (workspace_id, id, name, phone, email, external_id, locale, time_zone, time_zone_origin, fields, notes, owner_id)
    select ${workspaceId}::uuid, v.* from ${rowSet('v', numbered, {
      id: ['uuid', (contact) => contact.id],
      ...contactColumns,
    })}
    order by v.phone, v.email on conflict do nothing returning id`.execute(tx);
  const inserted = new Set(rows.map((row) => row.id));
  return ids.map((id) => (inserted.has(id) ? id : null));
}

export async function updateContactColumns(tx: Tx, workspaceId: WorkspaceId, id: string, columns: Readonly<ContactColumns>): Promise<void> {
  await tx
    .updateTable('contacts')
    .set({ ...columns, fields: JSON.stringify(columns.fields), updatedAt: sql<Date>`andante_now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Locks the contact's row to the end of the transaction, against a change from two sides. */
export async function lockContact(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<ContactRow> {
  await tx.selectFrom('contacts').select('id').where('workspaceId', '=', workspaceId).where('id', '=', id).forNoKeyUpdate().execute();
  return getContact(tx, workspaceId, id);
}

/** Another contact that has this phone, e-mail or external id already. */
export async function findContactByAddress(
  db: Db,
  workspaceId: WorkspaceId,
  address: { phone: string | null; email: string | null; externalId: string | null },
  exceptId: string | null,
): Promise<{ id: string; name: string | null; field: 'phone' | 'email' | 'externalId' } | null> {
  const { rows } = await sql<{ id: string; name: string | null; field: 'phone' | 'email' | 'externalId' }>`
    select id, name, case when phone = ${address.phone} then 'phone' when lower(email) = lower(${address.email}) then 'email'
      else 'externalId' end as field from contacts
    where workspace_id = ${workspaceId}
      and (phone = ${address.phone} or lower(email) = lower(${address.email}) or external_id = ${address.externalId})
      and id is distinct from ${exceptId}::uuid
    order by field desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** The ids of `ids` that are contacts of this workspace. */
export async function listKnownContactIds(db: Db, workspaceId: WorkspaceId, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from contacts where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[])`.execute(db);
  return rows.map((row) => row.id);
}

/** Deletes with everything that hangs on them (enrolments, messages, conversations). Answers how many there were. */
export async function deleteContactRows(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<number> {
  const result = await tx
    .deleteFrom('contacts')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', sql<string>`any(${ids as string[]}::uuid[])`)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** The member who looks after every contact of `ids` from now on, or nobody. */
export async function setContactOwnerOf(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], ownerId: string | null): Promise<void> {
  await sql`update contacts set owner_id = ${ownerId}, updated_at = andante_now()
    where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[]) and owner_id is distinct from ${ownerId}::uuid`.execute(
    tx,
  );
}

/** Gives every contact of `ids` the value, or takes the field from them when it is null. Who has it already is left alone. */
export async function setContactFieldOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  key: string,
  value: FieldValue | null,
): Promise<void> {
  const fields =
    value === null ? sql`fields - ${key}::text` : sql`fields || jsonb_build_object(${key}::text, ${JSON.stringify(value)}::jsonb)`;
  await sql`update contacts set fields = ${fields}, updated_at = andante_now()
    where workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[]) and fields is distinct from ${fields}`.execute(tx);
}
