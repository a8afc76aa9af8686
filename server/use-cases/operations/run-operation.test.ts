import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '../engine/testing.ts';
import { controlEnrolments } from '../enrolments/control-enrolments.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { receiveInbound } from '../inbound/receive-inbound.ts';
import { runOperation } from './run-operation.ts';
import { startOperation } from './start-operation.ts';

const database = useTestDatabase();
let at: TestWorkspace;
let ids: string[];
let contactIds: string[];
beforeEach(async () => {
  at = await makeWorkspace(database.db);
  contactIds = await makeContacts(database.db, at.workspaceId, 1);
  ids = [];
  for (const name of ['a', 'b']) {
    const sequenceId = await makeSequence(database.db, at.workspaceId, {
      steps: [messageStep(name, at.accountId, { kind: 'after', amount: 1, unit: 'hours' })],
    });
    const answer = await enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds } });
    if (!('accepted' in answer)) throw new Error('expected an answer at once');
    ids.push(answer.accepted[0]?.enrolmentId ?? '');
  }
  ids.sort();
});

const statuses = async () =>
  (await database.db.selectFrom('enrolments').select('status').where('workspaceId', '=', at.workspaceId).execute()).map(
    (row) => row.status,
  );
const operation = (id: string) => database.db.selectFrom('operations').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const pausing = () =>
  database.db
    .transaction()
    .execute((tx) =>
      startOperation(tx, at.actor, { kind: 'controlEnrolments', target: { ids }, control: { control: 'pause' } }, ids.length),
    );

/** Runs `work` while another transaction takes the two enrolments the other way round; PostgreSQL gives `work` up, which
 *  waited first. */
async function crossing<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  return await withHeld(ids[1] ?? '', async (holdToo) => {
    const answer = work();
    answer.catch(() => undefined);
    await someoneWaits();
    await holdToo(ids[0] ?? '');
    return answer;
  });
}

async function withHeld<Answer>(id: string, then: (holdToo: (id: string) => Promise<unknown>) => Promise<Answer>): Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  await database.db.transaction().execute(async (tx) => {
    const hold = (one: string) => sql`select from enrolments where id = ${one} for update`.execute(tx);
    await sql`set local deadlock_timeout = '40s'`.execute(tx);
    await hold(id);
    let held = (): void => undefined;
    const both = new Promise<void>((done) => (held = done));
    answer = then(async (other) => {
      await hold(other);
      held();
    });
    await Promise.race([both, answer.catch(() => undefined)]);
  });
  if (!answer) throw new Error('nothing was begun');
  return await answer;
}

async function someoneWaits(): Promise<number> {
  for (;;) {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(database.db);
    if (rows[0]) return rows[0].pid;
  }
}

test('an operation that stood in the way of sending is done all the same', async () => {
  const id = await pausing();
  await crossing(() => runOperation(database.db, at.workspaceId, id));
  expect(await operation(id)).toMatchObject({ status: 'done', accepted: 2 });
  expect(await statuses()).toEqual(['paused', 'paused']);
});

test('an operation outlives a database that went away for a moment', async () => {
  const id = await pausing();
  const run = withHeld(ids[0] ?? '', async (holdToo) => {
    const running = runOperation(database.db, at.workspaceId, id);
    running.catch(() => undefined);
    await sql`select pg_terminate_backend(${await someoneWaits()})`.execute(database.db);
    await holdToo(ids[1] ?? '');
    return running;
  });
  await expect(run).rejects.toThrow(/terminat/);
  expect((await operation(id)).status).toBe('queued');
  await runOperation(database.db, at.workspaceId, id);
  expect(await operation(id)).toMatchObject({ status: 'done', accepted: 2 });
});

test('members and contacts stop people also while sending stands in the way', async () => {
  expect(
    await crossing(() => controlEnrolments(database.db, at.actor, { ids: [ids[0] ?? '', ids[1] ?? ''] }, { control: 'remove' })),
  ).toMatchObject({
    accepted: [{}, {}],
  });
  expect(await statuses()).toEqual(['ended', 'ended']);
});

test('a reply is taken in also while sending stands in the way', async () => {
  const reply = {
    workspaceId: at.workspaceId,
    channelAccountId: at.accountId,
    providerEventId: 'reply-1',
    contactId: contactIds[0] ?? '',
    text: 'Oi',
    occurredAt: new Date(Date.now() + 60_000),
  };
  expect(await crossing(() => receiveInbound(database.db, reply))).toMatchObject({ kind: 'reply' });
  expect(await statuses()).toEqual(['ended', 'ended']);
});

test.each([
  { counted: 1_500, underWay: 2_000 },
  { counted: 3_000, underWay: 3_000 },
  { counted: null, underWay: null },
])('of $counted people who were counted, never more are done, and at the end all of them', async ({ counted, underWay }) => {
  await makeContacts(database.db, at.workspaceId, 2_099);
  const id = await database.db
    .transaction()
    .execute((tx) => startOperation(tx, at.actor, { kind: 'tagContacts', target: { filter: {} }, tags: ['todos'] }, counted));
  const stopping = new AbortController();
  const run = runOperation(database.db, at.workspaceId, id, stopping.signal);
  stopping.abort();
  await run;
  expect(await operation(id)).toMatchObject({ status: 'running', done: 2_000, total: underWay });
  await runOperation(database.db, at.workspaceId, id);
  expect(await operation(id)).toMatchObject({ status: 'done', done: 2_100, total: counted === null ? null : 2_100 });
});

test('who comes in while many are deleted was not meant, and stays', async () => {
  const target = { filter: { search: 'Pessoa' } };
  await makeContacts(database.db, at.workspaceId, 3);
  const id = await database.db.transaction().execute((tx) => startOperation(tx, at.actor, { kind: 'deleteContacts', target }, 4));
  const [late] = await makeContacts(database.db, at.workspaceId, 1);
  await runOperation(database.db, at.workspaceId, id);
  expect(await operation(id)).toMatchObject({ status: 'done', done: 4 });
  const left = await database.db.selectFrom('contacts').select('id').where('workspaceId', '=', at.workspaceId).execute();
  expect(left).toEqual([{ id: late }]);
});

test('an operation over many rows leaves fresh statistics behind, a small one does not', async () => {
  const analysed = async () =>
    (
      await sql<{ times: number }>`select analyze_count::int as times from pg_stat_user_tables where relname = 'enrolments'`.execute(
        database.db,
      )
    ).rows[0]?.times;
  const before = await analysed();
  await runOperation(database.db, at.workspaceId, await pausing());
  expect(await analysed()).toBe(before);
  const id = await pausing();
  await database.db.updateTable('operations').set({ done: 9_998 }).where('id', '=', id).execute();
  await runOperation(database.db, at.workspaceId, id);
  await expect.poll(analysed).toBe((before ?? 0) + 1);
});
