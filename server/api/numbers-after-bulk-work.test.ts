/** Estimates while the statistics of PostgreSQL are of before: nobody has analysed the tables since very many rows came or went. */
import { type RawBuilder, sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeWorkspace } from '#server/use-cases/engine/testing.ts';
import { apiAs } from './authorisation/world.ts';

const database = useTestDatabase();
let workspaceId = '';
let api: ReturnType<typeof apiAs>;
beforeEach(async () => {
  const { db } = database;
  await sql`alter table contacts set (autovacuum_enabled = false)`.execute(db);
  await sql`alter table enrolments set (autovacuum_enabled = false)`.execute(db);
  const space = await makeWorkspace(db);
  ({ workspaceId } = space);
  api = apiAs(db, space.actor);
});

/** Without triggers, which are beside the point and take most of the time. */
async function inBulk(statement: RawBuilder<unknown>): Promise<void> {
  await database.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await statement.execute(tx);
  });
}

/** Every other one is called Ana. */
async function fill(people: number): Promise<void> {
  await inBulk(sql`
    insert into contacts (workspace_id, name, email) select ${workspaceId}, case when g % 2 = 0 then 'Ana' else 'Bia' end, gen_random_uuid() || '@x.com'
    from generate_series(1, ${people}::int) g`);
}

/** An estimate, a quarter more or less. */
function expectAbout({ count, isExact }: { count: number; isExact: boolean }, wanted: number): void {
  expect(isExact).toBe(false);
  expect(count).toBeGreaterThan(wanted * 0.75);
  expect(count).toBeLessThan(wanted * 1.25);
}

async function expectContacts(wanted: number): Promise<void> {
  for (const precision of ['quick', 'usual'] as const) {
    expectAbout(await api.contacts.count({ precision }), wanted);
    expectAbout(await api.contacts.count({ precision, where: { on: 'name', op: 'is', value: 'Ana' } }), wanted / 2);
  }
}

test('contacts that were imported, imported again and deleted are told about as many as they are', async () => {
  await fill(40_000);
  await expectContacts(40_000);
  await sql`analyze contacts`.execute(database.db);
  await fill(50_000);
  await expectContacts(90_000);
  await sql`analyze contacts`.execute(database.db);
  await inBulk(sql`delete from contacts where id in (select id from contacts order by id limit 50000)`);
  await expectContacts(40_000);
});

test('people in sequences are told about as many as they are after most of them went', async () => {
  const { db } = database;
  await sql`
    insert into enrolments (workspace_id, sequence_id, contact_id, source, version, step_key, due_at, anchor_at, time_zone, time_zone_origin)
    select ${workspaceId}, gen_random_uuid(), gen_random_uuid(), 'csv', 1, 'one', andante_now(), andante_now(), 'America/Sao_Paulo', 'workspace'
    from generate_series(1, 60000)`.execute(db);
  await sql`analyze enrolments`.execute(db);
  expectAbout((await api.workspace.overview()).activeEnrolments, 60_000);
  await inBulk(sql`delete from enrolments where id in (select id from enrolments order by id limit 40000)`);
  expectAbout((await api.workspace.overview()).activeEnrolments, 20_000);
});
