import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { now } from '#server/platform/clock.ts';
import { migrateToLatest } from './migrate.ts';
import { useTestDatabase } from './testing/test-database.ts';

const database = useTestDatabase();

test('migrating a migrated database changes nothing', async () => {
  expect(await migrateToLatest(database.db)).toEqual([]);
});

test('the test clock moves andante_now() and runs on from there', async () => {
  await database.setClock('2026-11-27T17:50:00-03:00');
  const first = await now(database.db);
  expect(first.toISOString()).toMatch(/^2026-11-27T20:50:0/);
  await database.advanceClock(3 * 86_400_000);
  expect((await now(database.db)).toISOString()).toMatch(/^2026-11-30T20:50:0/);
});

test('a connection that was not opened for the test clock keeps real time', async () => {
  await database.setClock('2030-01-01T00:00:00Z');
  const { rows } = await sql<{ real: boolean }>`
    select set_config('andante.clock', '', false) is not null and andante_now() = statement_timestamp() as real`.execute(database.db);
  expect(rows[0]?.real).toBe(true);
});
