/** What the maintenance of pg-boss clears away, and what it must leave. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type PgBoss, workingBoss } from './boss.ts';
import { queueNames, queues } from './catalogue.ts';

const database = useTestDatabase();
let boss: PgBoss;

beforeAll(async () => {
  boss = await workingBoss(database.url, 2).start();
});
afterAll(() => boss.stop({ graceful: false }));

async function left(): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`select singleton_key as key from pgboss.job order by 1`.execute(database.db);
  return rows.map((row) => row.key);
}

test.each(queueNames)('an alarm of %s that has been due for a day stays; one long finished goes', async (name) => {
  await sql`delete from pgboss.job`.execute(database.db);
  await boss.insert(name, [
    { singletonKey: 'due', startAfter: new Date(Date.now() - 86_400_000).toISOString() },
    { singletonKey: 'finished' },
    { singletonKey: 'fresh' },
  ]);
  await sql`
    update pgboss.job set state = 'completed', completed_on = now() - interval '2 hours' where singleton_key = 'finished'`.execute(
    database.db,
  );
  expect(await left()).toEqual(['due', 'finished', 'fresh']);
  await sql`update pgboss.queue set maintain_on = null`.execute(database.db);
  await boss.supervise(name);
  expect(await left()).toEqual(['due', 'fresh']);
});

test('an alarm is kept for far longer than the hour for which alarms are set ahead', () => {
  for (const name of queueNames) expect(queues[name].options.retentionSeconds).toBeGreaterThanOrEqual(7 * 86_400);
});

test('what pg-boss warns of is kept where every process reads it', async () => {
  const job = { singletonKey: 'many' };
  await boss.updateQueue('import.run', { warningQueueSize: 1 });
  await boss.insert('import.run', [job, { singletonKey: 'more' }]);
  await sql`update pgboss.queue set monitor_on = null, monitor_claim_on = null`.execute(database.db);
  await boss.supervise('import.run');
  const { rows } = await sql<{ type: string }>`select type from pgboss.warning`.execute(database.db);
  expect(rows.map((row) => row.type)).toContain('queue_backlog');
});
