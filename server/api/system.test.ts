/** What `system.health` warns of, each brought about in the tables. */
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { beatWorker, insertWorker } from '#db/queries/workers.ts';
import { queues } from '#jobs/queues/catalogue.ts';
import { makeContacts, makeSequence, messageStep } from '#server/use-cases/engine/testing.ts';
import { enrolContacts } from '#server/use-cases/enrolments/enrol-contacts.ts';
import type { World } from './authorisation/fixture.ts';
import { makeWorld } from './authorisation/world.ts';

const database = useTestDatabase();
const self = { host: 'host-1', pid: 1 };
const queue = 'sequence.advance' satisfies keyof typeof queues;
let world: World;
let workerId: string;
let n = 0;

beforeAll(() => database.setClock('2026-11-27T12:00:00Z'));

beforeEach(async () => {
  await sql`delete from pgboss.job`.execute(database.db);
  await sql`delete from pgboss.warning`.execute(database.db);
  await sql`delete from workers`.execute(database.db);
  world = await makeWorld(database.db, `space-${n++}`);
  workerId = await insertWorker(database.db, self);
});

const health = () => world.api.system.health({});
const warnings = async () => (await health()).warnings;

async function insertJob(state: string, secondsAgo: number): Promise<void> {
  await sql`
    insert into pgboss.job (name, state, policy, start_after, created_on, completed_on)
    select ${queue}, ${state}::pgboss.job_state, 'short', at, at, case when ${state} = 'failed' then at end
    from (select now() - ${secondsAgo} * interval '1 second' as at) x`.execute(database.db);
}

test('an installation that does its work warns of nothing', async () => {
  await insertJob('created', 10);
  await insertJob('failed', 7_200);
  expect(await health()).toMatchObject({ ok: true, database: 'ok', workers: 1, oldestOverdueSeconds: 0, warnings: [] });
});

test('no worker for 30 seconds', async () => {
  await sql`update workers set seen_at = now() - interval '29 seconds'`.execute(database.db);
  expect(await warnings()).toEqual([]);
  await sql`update workers set seen_at = now() - interval '31 seconds'`.execute(database.db);
  expect(await health()).toMatchObject({ ok: false, warnings: [{ code: 'noWorker', params: {} }] });
});

test('a step overdue for more than a minute, in the workspace that it belongs to', async () => {
  const { db, workspaceId } = world;
  const step = messageStep('late', world.channelAccountId, { kind: 'after', amount: 1, unit: 'hours' });
  const sequenceId = await makeSequence(db, workspaceId, { steps: [step] });
  await enrolContacts(db, world.owner, { sequenceId, target: { contactIds: await makeContacts(db, workspaceId, 1) } });
  await sql`update enrolments set due_at = andante_now() - interval '90 seconds' where sequence_id = ${sequenceId}`.execute(db);
  expect(await health()).toMatchObject({ warnings: [{ code: 'overdue', params: { seconds: expect.closeTo(90, -1) } }] });
  world = await makeWorld(db, `space-${n++}`);
  expect(await warnings()).toEqual([]);
});

test('a worker whose clock is more than two seconds off', async () => {
  await beatWorker(database.db, workerId, self);
  expect(await warnings()).toEqual([]);
  await sql`update workers set clock_ahead_ms = -3000`.execute(database.db);
  expect(await warnings()).toEqual([{ code: 'workerClock', params: { host: 'host-1', seconds: -3 } }]);
});

test('jobs that failed within the hour', async () => {
  await insertJob('failed', 60);
  expect(await warnings()).toEqual([{ code: 'queueFailures', params: { queue, count: 1 } }]);
});

test('a job that waits for more than a minute', async () => {
  await insertJob('created', 90);
  expect(await warnings()).toEqual([{ code: 'queueWaits', params: { queue, seconds: expect.closeTo(90, -1) } }]);
});

test('a channel that fails', async () => {
  await database.db.updateTable('channelAccounts').set({ status: 'failing' }).where('id', '=', world.channelAccountId).execute();
  expect(await warnings()).toMatchObject([{ code: 'channelFailing', params: { channel: expect.any(String) } }]);
});

test('messages of which nobody knows whether they went out, for a day', async () => {
  const { workspaceId, contactId, channelAccountId } = world;
  await database.db
    .insertInto('messages')
    .values({
      workspaceId,
      contactId,
      channelAccountId,
      direction: 'out',
      origin: 'test',
      state: 'unknown',
      unknownAt: new Date(),
      body: 'Oi',
    })
    .execute();
  await sql`update messages set unknown_at = andante_now() - interval '1 hour'`.execute(database.db);
  expect(await warnings()).toEqual([{ code: 'unknownMessages', params: { count: 1 } }]);
  await sql`update messages set unknown_at = andante_now() - interval '25 hours'`.execute(database.db);
  expect(await warnings()).toEqual([]);
});

test('what the job queue itself warned of, for an hour', async () => {
  await sql`
    insert into pgboss.warning (type, message, created_on)
    values ('slow_query', 'slow', now()), ('slow_query', 'slow', now()), ('queue_backlog', 'old', now() - interval '2 hours')`.execute(
    database.db,
  );
  expect(await warnings()).toEqual([{ code: 'queueReport', params: { type: 'slow_query', count: 2 } }]);
});

test('depths of a queue by what its jobs wait for', async () => {
  await insertJob('created', 5);
  await insertJob('retry', -60);
  await insertJob('active', 5);
  await insertJob('failed', 60);
  const { items } = await world.api.system.queues({});
  expect(items.find((item) => item.name === queue)).toMatchObject({ ready: 1, delayed: 1, active: 1, failed: 1, failedLastHour: 1 });
});
