import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import { startOperation } from '../operations/start-operation.ts';
import { sweep } from './sweep.ts';
import { makeSequence, makeWorkspace, messageStep, type TestWorkspace } from './testing.ts';

const database = useTestDatabase();
let at: TestWorkspace;
beforeEach(async () => {
  at = await makeWorkspace(database.db);
  await sql`delete from pgboss.job`.execute(database.db);
  await sql`delete from operations`.execute(database.db);
});

async function openOperation(): Promise<string> {
  const sequenceId = await makeSequence(database.db, at.workspaceId, {
    steps: [messageStep('a', at.accountId, { kind: 'immediately' })],
  });
  return database.db.transaction().execute((tx) => startOperation(tx, at.actor, { kind: 'archiveSequence', sequenceId }, null));
}

async function states(): Promise<string[]> {
  const { rows } = await sql<{ state: string }>`select state from pgboss.job order by created_on, state`.execute(database.db);
  return rows.map(({ state }) => state);
}

test.each([
  { found: 'waits', state: 'created', beat: null, left: ['created'] },
  { found: 'waits to be tried again', state: 'retry', beat: null, left: ['retry'] },
  { found: 'is in living hands', state: 'active', beat: 4, left: ['active'] },
  { found: 'is in hands that nobody has heard of for a while', state: 'active', beat: 7, left: ['active', 'created'] },
  { found: 'ran out of tries', state: 'failed', beat: null, left: ['failed', 'created'] },
  { found: 'has ended before the work has', state: 'completed', beat: null, left: ['completed', 'created'] },
])('beside a job that $found, the sweep leaves $left', async ({ state, beat, left }) => {
  await openOperation();
  await sql`
    update pgboss.job set state = ${state}::pgboss.job_state, created_on = created_on - interval '1 minute',
      heartbeat_on = now() - ${beat}::float * interval '1 second'`.execute(database.db);
  for (let times = 0; times < 3; times += 1) await sweep(database.db);
  expect(await states()).toEqual(left);
});

test('a job of other work is no hindrance', async () => {
  await openOperation();
  await openOperation();
  await sql`delete from pgboss.job where id = (select id from pgboss.job limit 1)`.execute(database.db);
  await sweep(database.db);
  expect(await states()).toEqual(['created', 'created']);
});

test('whoever changes something is heard also while a job is under way', async () => {
  const operationId = await openOperation();
  await sql`update pgboss.job set state = 'active', heartbeat_on = now()`.execute(database.db);
  const alarm = { queue: 'operation.run', workspaceId: at.workspaceId, operationId } as const;
  await database.db.transaction().execute((tx) => setAlarms(tx, [alarm]));
  expect(await states()).toEqual(['active', 'created']);
});
