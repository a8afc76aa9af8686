/** Merges against everything that writes about a contact at the same moment: whoever comes first, nothing is lost, nothing is
 *  sent twice, and nothing stays with a contact that is gone. */
import { sql } from 'kysely';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createDb, createPool, type Db } from '#db/client.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { advanceSequence } from '../engine/advance-sequence.ts';
import { createEngine } from '../engine/engine.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '../engine/testing.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { recordEvent } from '../events/record-event.ts';
import { receiveInbound } from '../inbound/receive-inbound.ts';
import { mergeContacts } from './merge-contacts.ts';
import { optOut } from './opt-out.ts';

const database = useTestDatabase();
const pairs = 40;
const inOneHour = { kind: 'after', amount: 1, unit: 'hours' } as const;

interface Pair {
  readonly keepId: string;
  readonly otherId: string;
}

async function makePairs(space: TestWorkspace, count: number): Promise<Pair[]> {
  const ids = await makeContacts(database.db, space.workspaceId, count * 2);
  return Array.from({ length: count }, (_, n) => ({ keepId: ids[2 * n] ?? '', otherId: ids[2 * n + 1] ?? '' }));
}

const merge = (space: TestWorkspace, { keepId, otherId }: Pair) => mergeContacts(database.db, space.actor, { keepId, mergeIds: [otherId] });

/** As in a worker: tokens are taken on a connection that nobody who waits for the claim's rows can hold. */
function openTokenDb(): Db {
  const tokenDb = createDb(createPool(database.url, { max: 1, testClock: true }));
  onTestFinished(() => tokenDb.destroy());
  return tokenDb;
}

/** Rows of a workspace that belong to a contact who is not there. */
async function strandedIn({ workspaceId }: TestWorkspace): Promise<number> {
  const tables = ['enrolments', 'messages', 'conversations', 'contact_events', 'opt_outs', 'sandbox_deliveries'];
  const counts = tables.map(
    (table) => sql`(select count(*) from ${sql.table(table)} x where x.workspace_id = ${workspaceId} and x.contact_id is not null
      and not exists (select from contacts c where c.workspace_id = x.workspace_id and c.id = x.contact_id))`,
  );
  const { rows } = await sql<{ count: number }>`select (${sql.join(counts, sql` + `)})::int as count`.execute(database.db);
  return rows[0]?.count ?? -1;
}

test('against claims and settling: every step is sent once, and goes on with the kept contact', { timeout: 30_000 }, async () => {
  const space = await makeWorkspace(database.db);
  const steps = [messageStep('a', space.accountId, inOneHour), messageStep('b', space.accountId, inOneHour)];
  const sequenceId = await makeSequence(database.db, space.workspaceId, { steps });
  const sent: string[] = [];
  const engine = createEngine(database.db, {
    tokenDb: openTokenDb(),
    senders: () =>
      Promise.resolve({
        async send(message) {
          sent.push(message.id);
          await pause(Math.random() * 20);
          return { kind: 'accepted', providerId: null };
        },
      }),
  });
  const all = await makePairs(space, pairs);
  await enrolContacts(database.db, space.actor, { sequenceId, target: { contactIds: all.map((pair) => pair.otherId) } });
  await sql`update enrolments set due_at = andante_now() where sequence_id = ${sequenceId}`.execute(database.db);
  const passes = [0, 15, 30].map(async (ms) => {
    await pause(ms);
    await advanceSequence(engine, space.workspaceId, sequenceId);
  });
  const merges = all.map(async (pair) => {
    await pause(Math.random() * 60);
    await merge(space, pair);
  });
  await Promise.all([...passes, ...merges]);
  await advanceSequence(engine, space.workspaceId, sequenceId);
  await engine.dispatcher.idle();
  expect(await strandedIn(space)).toBe(0);
  expect(sent).toHaveLength(pairs);
  expect(new Set(sent).size).toBe(pairs);
  const { rows } = await sql`
    select count(*)::int as sent, count(*) filter (where m.state = 'accepted' and m.attempt = 1)::int as accepted,
      count(*) filter (where e.step_number = 2 and e.status = 'active' and e.waiting_for = 'due' and e.contact_id = m.contact_id)::int as onward
    from messages m join enrolments e on e.workspace_id = m.workspace_id and e.id = m.enrolment_id
    where m.workspace_id = ${space.workspaceId}`.execute(database.db);
  expect(rows).toEqual([{ sent: pairs, accepted: pairs, onward: pairs }]);
});

test('against arrivals in the sandbox: every message that arrived is shown with the kept contact', { timeout: 30_000 }, async () => {
  const space = await makeWorkspace(database.db);
  const sequenceId = await makeSequence(database.db, space.workspaceId, {
    steps: [messageStep('a', space.accountId, { kind: 'immediately' })],
  });
  const engine = createEngine(database.db, { tokenDb: openTokenDb() });
  const all = await makePairs(space, pairs);
  for (let from = 0; from < pairs; from += 10) {
    const round = all.slice(from, from + 10);
    await enrolContacts(database.db, space.actor, { sequenceId, target: { contactIds: round.map((pair) => pair.otherId) } });
    await Promise.all([
      advanceSequence(engine, space.workspaceId, sequenceId),
      ...round.map((pair, index) => pause(index * 3).then(() => merge(space, pair))),
    ]);
    await advanceSequence(engine, space.workspaceId, sequenceId);
    await engine.dispatcher.idle();
  }
  expect(await strandedIn(space)).toBe(0);
  const { rows } = await sql`
    select count(*)::int as arrived, count(distinct message_id)::int as once, count(contact_id)::int as known,
      (select count(*)::int from messages where workspace_id = ${space.workspaceId} and state <> 'accepted') as uncertain
    from sandbox_deliveries where workspace_id = ${space.workspaceId}`.execute(database.db);
  expect(rows).toEqual([{ arrived: pairs, once: pairs, known: pairs, uncertain: 0 }]);
});

test('against replies, events and refusals: each is taken in, for the one that stays', { timeout: 30_000 }, async () => {
  const space = await makeWorkspace(database.db);
  const sequenceId = await makeSequence(database.db, space.workspaceId, { steps: [messageStep('a', space.accountId, inOneHour)] });
  const all = await makePairs(space, pairs);
  await enrolContacts(database.db, space.actor, { sequenceId, target: { contactIds: all.flatMap((pair) => [pair.keepId, pair.otherId]) } });
  const write = (contactId: string, text: string) =>
    receiveInbound(database.db, {
      workspaceId: space.workspaceId,
      channelAccountId: space.accountId,
      providerEventId: crypto.randomUUID(),
      contactId,
      text,
      occurredAt: new Date(),
    });
  await Promise.all(
    all.flatMap((pair, index) => [
      pause(Math.random() * 20).then(() => merge(space, pair)),
      pause(Math.random() * 20).then(() => write(pair.otherId, 'Oi')),
      pause(Math.random() * 20).then(() => write(pair.keepId, 'Oi')),
      pause(Math.random() * 20).then(() =>
        recordEvent(database.db, space.actor, { contactId: pair.otherId, name: 'visit', properties: {} }),
      ),
      index % 2 === 0
        ? pause(Math.random() * 20).then(() => optOut(database.db, space.actor, { contactId: pair.otherId, channelKind: 'sandbox' }))
        : Promise.resolve(),
    ]),
  );
  expect(await strandedIn(space)).toBe(0);
  const { rows } = await sql`
    select (select count(*)::int from messages where workspace_id = ${space.workspaceId} and direction = 'in') as replies,
      (select count(*)::int from contact_events where workspace_id = ${space.workspaceId}) as events,
      (select count(*)::int from opt_outs where workspace_id = ${space.workspaceId}) as refusals,
      (select count(*)::int from conversations where workspace_id = ${space.workspaceId}) as conversations,
      (select count(*)::int from contacts where workspace_id = ${space.workspaceId}) as contacts,
      (select count(*)::int from enrolments where workspace_id = ${space.workspaceId} and ended_at is null) as open`.execute(database.db);
  expect(rows).toEqual([{ replies: 2 * pairs, events: pairs, refusals: pairs / 2, conversations: pairs, contacts: pairs, open: 0 }]);
});

test('against enrolling: at most one enrolment is open, and none belongs to who is gone', { timeout: 30_000 }, async () => {
  const space = await makeWorkspace(database.db);
  const sequenceId = await makeSequence(database.db, space.workspaceId, { steps: [messageStep('a', space.accountId, inOneHour)] });
  const all = await makePairs(space, pairs);
  const answers = await Promise.all(
    all.flatMap((pair) => [
      pause(Math.random() * 10).then(async () => void (await merge(space, pair))),
      pause(Math.random() * 10).then(async () => {
        const answer = await enrolContacts(database.db, space.actor, {
          sequenceId,
          target: { contactIds: [pair.otherId, pair.keepId] },
        });
        return 'accepted' in answer ? answer.refused : [];
      }),
    ]),
  );
  expect(await strandedIn(space)).toBe(0);
  const { rows } = await sql`
    select count(*) filter (where ended_at is null)::int as open, count(distinct contact_id)::int as people,
      bool_and(exit_reason is null or exit_reason = 'merged') as only_merged
    from enrolments where workspace_id = ${space.workspaceId}`.execute(database.db);
  expect(rows).toEqual([{ open: pairs, people: pairs, onlyMerged: true }]);
  expect(answers.flatMap((refused) => refused ?? []).every((refusal) => refusal.reason === 'notFound')).toBe(true);
});

test('against other merges: chains and crossings leave one contact with everything', { timeout: 30_000 }, async () => {
  const space = await makeWorkspace(database.db);
  const steps = [messageStep('a', space.accountId, inOneHour)];
  const sequenceIds = [];
  for (let n = 0; n < 3; n++) sequenceIds.push(await makeSequence(database.db, space.workspaceId, { steps }));
  for (let round = 0; round < 12; round++) {
    const ids = await makeContacts(database.db, space.workspaceId, 3);
    for (const [n, id] of ids.entries()) {
      await enrolContacts(database.db, space.actor, { sequenceId: sequenceIds[n] ?? '', target: { contactIds: [id] } });
    }
    const [a = '', b = '', c = ''] = ids;
    const tries = [
      { keepId: a, otherId: b },
      { keepId: b, otherId: c },
      { keepId: b, otherId: a },
    ];
    const done = await Promise.allSettled(tries.map((pair) => pause(Math.random() * 4).then(() => merge(space, pair))));
    for (const one of done)
      if (one.status === 'rejected') expect(['conflict', 'notFound']).toContain((one.reason as { code: string }).code);
    const left = await database.db.selectFrom('contacts').select('id').where('id', 'in', ids).execute();
    // What was refused can be said again, of those who are left.
    const [first, ...others] = left.map((row) => row.id);
    if (first && others.length > 0) await mergeContacts(database.db, space.actor, { keepId: first, mergeIds: others });
    const { rows } = await sql<{ open: number; people: number }>`
      select count(*)::int as open, count(distinct contact_id)::int as people from enrolments where ended_at is null
        and contact_id = ${first ?? null}`.execute(database.db);
    expect(rows).toEqual([{ open: 3, people: 1 }]);
  }
  expect(await strandedIn(space)).toBe(0);
});
