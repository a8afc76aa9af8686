/** A sequence of some ten thousand people may lie in few pages of a large table, and the sample may have none of those. */
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { sampleOf } from '#db/queries/table-sample.ts';
import { systemActor } from '#server/auth/actor.ts';
import { emptyDefinition } from '#server/domain/definition/schema.ts';
import { appRouter } from './root.ts';
import { createCaller } from './trpc.ts';

const database = useTestDatabase();
let id = '';
let people = 0;
let api: ReturnType<typeof callerOf>;

const callerOf = (workspaceId: string) => createCaller(appRouter)({ db: database.db, actor: systemActor(workspaceId) });

beforeAll(async () => {
  const { db } = database;
  const workspace = await db.insertInto('workspaces').values({ slug: 'acme', name: 'Acme' }).returning('id').executeTakeFirstOrThrow();
  const step = { type: 'message', timing: { kind: 'immediately' }, message: { channelAccountId: crypto.randomUUID(), body: 'Oi' } };
  const definition = JSON.stringify({ ...emptyDefinition, steps: ['one', 'two'].map((key) => ({ key, ...step })) });
  const row = { workspaceId: workspace.id, name: 'Missed', draft: definition, status: 'running', liveVersion: 1 };
  ({ id } = await db.insertInto('sequences').values(row).returning('id').executeTakeFirstOrThrow());
  await db.insertInto('sequenceVersions').values({ workspaceId: workspace.id, sequenceId: id, version: 1, definition }).execute();
  // Neither contacts nor accounts have to exist for enrolments and messages (decision 0016).
  await sql`
    insert into enrolments (workspace_id, sequence_id, contact_id, source, version, step_key, due_at, anchor_at, time_zone, time_zone_origin)
    select ${workspace.id}, ${id}, gen_random_uuid(), 'csv', 1, case when g % 3 = 0 then 'one' else 'two' end, andante_now(), andante_now(),
      'America/Sao_Paulo', 'workspace'
    from generate_series(1, 40000) g`.execute(db);
  await sql`
    insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, body, enrolment_id, sequence_id, version,
      step_key, step_number, accepted_at, replied_at)
    select ${workspace.id}, 'out', 'step', e.contact_id, gen_random_uuid(), 'accepted', 'Oi', e.id, e.sequence_id, 1, 'one', 1, andante_now(),
      andante_now()
    from enrolments e`.execute(db);
  const { percent } = await sampleOf(db, 'enrolments');
  await sql`delete from enrolments where ctid in (select ctid from enrolments tablesample system (${percent}) repeatable (1))`.execute(db);
  people = Number((await db.selectFrom('enrolments').select(db.fn.countAll().as('count')).executeTakeFirstOrThrow()).count);
  expect(people).toBeGreaterThan(12_000);
  api = callerOf(workspace.id);
});

test('results of a sequence that the sample missed are about right, and not empty', async () => {
  const { isExact, enrolments, steps } = await api.sequences.results({ id });
  expect(isExact).toBe(false);
  for (const count of [enrolments.total, enrolments.active, steps[0]?.counts.reached ?? 0]) {
    expect(count).toBeGreaterThan(people * 0.9);
    expect(count).toBeLessThan(people * 1.1);
  }
});

test('who waits in it is counted', async () => {
  const { waiting, waitingIsExact } = await api.sequences.get({ id });
  expect(waitingIsExact).toBe(true);
  expect(waiting.reduce((sum, { count }) => sum + count, 0)).toBe(people);
});

test('the list says that there are ten thousand about, and not one more', async () => {
  const { items } = await api.sequences.list();
  expect(items[0]).toMatchObject({ activeCount: 10_000, activeIsExact: false });
});
