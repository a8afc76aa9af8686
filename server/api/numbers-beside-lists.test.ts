/** Large sequences: what stands beside them is an estimate that says so, and small ones beside them are counted. */
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { systemActor } from '#server/auth/actor.ts';
import { emptyDefinition, type Step } from '#server/domain/definition/schema.ts';
import { appRouter } from './root.ts';
import { createCaller } from './trpc.ts';

const database = useTestDatabase();
const many = 36_000;
let workspaceId = '';
let large = '';
let small = '';
let api: ReturnType<typeof callerOf>;

const callerOf = (id: string) => createCaller(appRouter)({ db: database.db, actor: systemActor(id) });

/** Neither contacts nor accounts have to exist for enrolments and messages (decision 0016). */
async function fill(sequenceId: string, people: number): Promise<void> {
  await sql`
    insert into enrolments (workspace_id, sequence_id, contact_id, source, version, step_key, due_at, anchor_at, time_zone, time_zone_origin)
    select ${workspaceId}, ${sequenceId}, gen_random_uuid(), 'csv', 1, case when g % 3 = 0 then 'one' else 'two' end,
      '2027-01-04T12:00:00Z'::timestamptz + g * interval '1 minute', andante_now(), 'America/Sao_Paulo', 'workspace'
    from generate_series(1, ${people}::int) g`.execute(database.db);
  await sql`
    insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, body, enrolment_id, sequence_id, version,
      step_key, step_number, accepted_at, replied_at)
    select ${workspaceId}, 'out', 'step', e.contact_id, gen_random_uuid(), 'accepted', 'Oi', e.id, e.sequence_id, 1, 'one', 1, andante_now(),
      case when row_number() over () % 4 = 0 then andante_now() end
    from enrolments e where e.sequence_id = ${sequenceId}`.execute(database.db);
}

beforeAll(async () => {
  const { db } = database;
  ({ id: workspaceId } = await db
    .insertInto('workspaces')
    .values({ slug: 'acme', name: 'Acme' })
    .returning('id')
    .executeTakeFirstOrThrow());
  const step = (key: string): Step => ({
    key,
    type: 'message',
    timing: { kind: 'immediately' },
    message: { channelAccountId: crypto.randomUUID(), body: 'Oi' },
  });
  const definition = JSON.stringify({ ...emptyDefinition, steps: [step('one'), step('two')] });
  const sequence = async (name: string) => {
    const row = { workspaceId, name, draft: definition, status: 'running', liveVersion: 1 };
    const { id } = await db.insertInto('sequences').values(row).returning('id').executeTakeFirstOrThrow();
    await db.insertInto('sequenceVersions').values({ workspaceId, sequenceId: id, version: 1, definition }).execute();
    return { id };
  };
  ({ id: small } = await sequence('Small'));
  ({ id: large } = await sequence('Large'));
  await fill(large, many);
  await fill(small, 9_000);
  await sql`analyze enrolments, messages`.execute(db);
  api = callerOf(workspaceId);
});

/** A fifth more or less. */
function expectAbout(count: number, wanted: number): void {
  expect(count).toBeGreaterThan(wanted * 0.8);
  expect(count).toBeLessThan(wanted * 1.2);
}

test('the list says of a large sequence how many there are about, and counts the small one', async () => {
  const { items } = await api.sequences.list();
  const [first, second] = items;
  expect(first).toMatchObject({ id: large, activeIsExact: false, sentIsExact: false, nextSendAt: '2027-01-04T12:01:00.000Z' });
  expectAbout(first?.activeCount ?? 0, many);
  expectAbout(first?.acceptedCount ?? 0, many);
  expectAbout(first?.repliedCount ?? 0, many / 4);
  expect(second).toMatchObject({ id: small, activeCount: 9_000, activeIsExact: true });
  expect(second).toMatchObject({ acceptedCount: 9_000, repliedCount: 2_250, sentIsExact: true, nextSendAt: '2027-01-04T12:01:00.000Z' });
});

test('an open sequence says who stands where: about, among many; the publishing dialog counts them all', async () => {
  const { waiting, waitingIsExact } = await api.sequences.get({ id: large });
  expect(waitingIsExact).toBe(false);
  expect(waiting.map((step) => step.stepKey)).toEqual(['one', 'two']);
  expectAbout(waiting[0]?.count ?? 0, many / 3);
  expectAbout(waiting[1]?.count ?? 0, (many * 2) / 3);
  const exact = [
    { stepKey: 'one', count: many / 3 },
    { stepKey: 'two', count: (many * 2) / 3 },
  ];
  expect((await api.sequences.diff({ id: large })).waiting).toEqual(exact);
  expect(await api.sequences.get({ id: small })).toMatchObject({
    waiting: [
      { stepKey: 'one', count: 3_000 },
      { stepKey: 'two', count: 6_000 },
    ],
    waitingIsExact: true,
  });
});

test('the results of a large sequence are estimates, in proportion; those of a small one are counted', async () => {
  const { isExact, enrolments, steps } = await api.sequences.results({ id: large });
  expect(isExact).toBe(false);
  expectAbout(enrolments.total, many);
  expectAbout(enrolments.active, many);
  expectAbout(steps[0]?.counts.reached ?? 0, many);
  expectAbout(steps[0]?.counts.replied ?? 0, many / 4);
  expectAbout(steps[0]?.counts.waiting ?? 0, many / 3);
  expect(await api.sequences.results({ id: small })).toMatchObject({
    isExact: true,
    enrolments: { total: 9_000 },
    steps: [{ counts: { reached: 9_000, replied: 2_250, waiting: 3_000 } }, { counts: { reached: 0, waiting: 6_000 } }],
  });
});

test('the home page says how many are about under way, and counts what few did today', async () => {
  await sql`update messages set replied_at = null where sequence_id = ${large}`.execute(database.db);
  const { activeEnrolments, sentToday, repliedToday } = await api.workspace.overview({});
  expect(activeEnrolments.isExact).toBe(false);
  expectAbout(activeEnrolments.count, many + 9_000);
  expect(sentToday.isExact).toBe(false);
  expectAbout(sentToday.count, many + 9_000);
  expect(repliedToday).toEqual({ count: 2_250, isExact: true });
});
