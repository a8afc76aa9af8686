import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { createDb, createPool, type Db } from '#db/client.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type Alarm, setAlarms } from './alarms.ts';

const database = useTestDatabase();
const workspaceId = '018f0000-0000-7000-8000-000000000001';
const sequenceId = '018f0000-0000-7000-8000-000000000002';

beforeEach(async () => {
  await sql`delete from pgboss.job`.execute(database.db);
});

const inMs = (ms: number): Date => new Date(new Date().getTime() + ms);
const advance = (ms: number): Alarm => ({ queue: 'sequence.advance', workspaceId, sequenceId, at: inMs(ms) });
const ring = (db: Db, alarms: Alarm[]): Promise<void> => db.transaction().execute((tx) => setAlarms(tx, alarms));

async function jobs(): Promise<{ name: string; data: unknown; startsInS: number }[]> {
  const { rows } = await sql<{ name: string; data: unknown; startsInS: number }>`
    select name, data, extract(epoch from start_after - now())::float as starts_in_s from pgboss.job order by start_after`.execute(
    database.db,
  );
  return rows;
}

async function onRealClock(work: (db: Db) => Promise<void>): Promise<void> {
  const db = createDb(createPool(database.url, { max: 2 }));
  await work(db).finally(() => db.destroy());
}

test('an alarm set twice for the same place and minute is one', async () => {
  await onRealClock(async (db) => {
    const alarm: Alarm = {
      queue: 'sequence.advance',
      workspaceId,
      sequenceId,
      at: new Date(Math.ceil(inMs(600_000).getTime() / 60_000) * 60_000),
    };
    await ring(db, [alarm, alarm]);
    await ring(db, [alarm]);
  });
  const set = await jobs();
  expect(set).toHaveLength(1);
  expect(set[0]?.data).toEqual({ workspaceId, sequenceId });
  expect(set[0]?.startsInS).toBeGreaterThan(500);
});

test('only alarms of the coming hour are set', async () => {
  await onRealClock((db) => ring(db, [advance(2 * 3_600_000), advance(120_000)]));
  expect(await jobs()).toHaveLength(1);
});

test('an alarm goes with its transaction', async () => {
  const failing = database.db.transaction().execute(async (tx) => {
    await setAlarms(tx, [advance(-1000)]);
    throw new Error('the change failed');
  });
  await expect(failing).rejects.toThrow('the change failed');
  expect(await jobs()).toHaveLength(0);
});

test('under the test clock what is due rings at once, and what is not is left to the sweep', async () => {
  await ring(database.db, [advance(-1000), advance(120_000), { queue: 'workspace.maintain', workspaceId }]);
  const set = await jobs();
  expect(set.map((job) => job.name).sort()).toEqual(['sequence.advance', 'workspace.maintain']);
  expect(set.every((job) => job.startsInS <= 0)).toBe(true);
});
