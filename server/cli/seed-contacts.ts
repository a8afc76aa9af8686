/** Writes the people of `npm run seed` in sets of thousands: a million takes minutes, not hours. */
import { sql } from 'kysely';
import type { Db } from '#db/client.ts';
import { insertContactField } from '#db/queries/contact-fields.ts';
import { analyseBulkTables, bulkRows } from '#db/queries/statistics.ts';
import { ensureTags } from '#db/queries/tags.ts';
import { rowSet } from '#db/row-set.ts';
import { zoneFromPhone } from '#server/domain/address/phone-zone.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { seedFields, type SeedPerson, seedPerson, seedTags } from './seed-person.ts';

const peopleAtOnce = 10_000;

/** The first `wanted` people. Answers how many of them were not there before. `onProgress`: how many were gone through. */
export async function seedContacts(db: Db, workspaceId: WorkspaceId, wanted: number, onProgress: (done: number) => void): Promise<number> {
  const tags = await db.transaction().execute(async (tx) => {
    for (const field of seedFields) await insertContactField(tx, workspaceId, field);
    return ensureTags(tx, workspaceId, seedTags);
  });
  let made = 0;
  for (let from = 0; from < wanted; from += peopleAtOnce) {
    const people = Array.from({ length: Math.min(peopleAtOnce, wanted - from) }, (_, index) => seedPerson(from + index));
    made += await insertPeople(db, workspaceId, people, tags);
    onProgress(from + people.length);
  }
  if (made >= bulkRows) await analyseBulkTables(db);
  return made;
}

async function insertPeople(
  db: Db,
  workspaceId: WorkspaceId,
  people: readonly SeedPerson[],
  tags: ReadonlyMap<string, string>,
): Promise<number> {
  const rows = rowSet('v', people, {
    name: ['text', (person) => person.name],
    phone: ['text', (person) => person.phone],
    email: ['text', (person) => person.email],
    time_zone: ['text', (person) => zoneFromPhone(person.phone)],
    fields: ['jsonb', (person) => JSON.stringify(person.fields)],
    tag_id: ['uuid', (person) => tags.get(person.tag)],
  });
  const { rows: counted } = await sql<{ made: number }>`
    with people as materialized (select * from ${rows}), made as (
      insert into contacts (workspace_id, name, phone, email, time_zone, time_zone_origin, fields)
      select ${workspaceId}, name, phone, email, time_zone, case when time_zone is not null then 'phone' end, fields from people
      on conflict do nothing returning id, phone
    ), tagged as (
      insert into contact_tags (workspace_id, contact_id, tag_id)
      select ${workspaceId}, made.id, people.tag_id from made join people on people.phone = made.phone
    )
    select count(*) as made from made`.execute(db);
  return counted[0]?.made ?? 0;
}
