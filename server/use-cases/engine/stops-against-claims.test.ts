/** Every stop against a claim, 1,000 enrolments each, from 50 ms before the claim to 50 ms after it: whoever has the row first
 *  decides. No claim begins after a stop has committed, and what was claimed before settles without going on. */
import { sql } from 'kysely';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createDb, createPool } from '#db/client.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { optOut } from '../contacts/opt-out.ts';
import { takeOverConversation } from '../conversations/take-over-conversation.ts';
import { controlEnrolments } from '../enrolments/control-enrolments.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { recordEvent } from '../events/record-event.ts';
import { receiveInbound } from '../inbound/receive-inbound.ts';
import { advanceSequence } from './advance-sequence.ts';
import { createEngine } from './engine.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from './testing.ts';

const database = useTestDatabase();
const inOneHour = { kind: 'after', amount: 1, unit: 'hours' } as const;
const races = 1_000;
const perRound = 100;

interface Subject {
  readonly enrolmentId: string;
  readonly contactId: string;
}
type Stop = (space: TestWorkspace, subject: Subject) => Promise<unknown>;
const control =
  (what: 'pause' | 'remove' | 'skipStep'): Stop =>
  (space, { enrolmentId }) =>
    controlEnrolments(database.db, space.actor, { ids: [enrolmentId] }, { control: what });
const inbound =
  (text: string, isOutOfOffice = false): Stop =>
  async (space, { contactId }) =>
    receiveInbound(database.db, {
      workspaceId: space.workspaceId,
      channelAccountId: space.accountId,
      providerEventId: crypto.randomUUID(),
      contactId,
      text,
      isOutOfOffice,
      occurredAt: (await sql<{ at: Date }>`select andante_now() as at`.execute(database.db)).rows[0]?.at ?? new Date(0),
    });

const stops: Record<string, Stop> = {
  pause: control('pause'),
  remove: control('remove'),
  'skip step': control('skipStep'),
  reschedule: (space, { enrolmentId }) =>
    controlEnrolments(database.db, space.actor, { ids: [enrolmentId] }, { control: 'reschedule', at: '2037-01-05T12:00:00Z' }),
  reply: inbound('Oi'),
  'out-of-office': inbound('Volto logo', true),
  'opt-out by reply': inbound('SAIR'),
  'opt-out by a member': (space, { contactId }) => optOut(database.db, space.actor, { contactId, channelKind: 'sandbox' }),
  goal: (space, { contactId }) => recordEvent(database.db, space.actor, { contactId, name: 'purchase', properties: {} }),
  takeover: async (space, { contactId }) => {
    const { id } = await database.db
      .insertInto('conversations')
      .values({ workspaceId: space.workspaceId, contactId, channelAccountId: space.accountId })
      .returning('id')
      .executeTakeFirstOrThrow();
    const member = await database.db
      .selectFrom('members')
      .select('userId')
      .where('workspaceId', '=', space.workspaceId)
      .executeTakeFirstOrThrow();
    await takeOverConversation(database.db, space.actor, { id, userId: member.userId });
  },
};

test.each(Object.keys(stops))('%s against a claim', { timeout: 60_000 }, async (name) => {
  const stop = stops[name];
  if (!stop) throw new Error(name);
  const space = await makeWorkspace(database.db);
  await addMember(space);
  const sent: string[] = [];
  const tokenDb = createDb(createPool(database.url, { max: 1, testClock: true }));
  onTestFinished(() => tokenDb.destroy());
  const engine = createEngine(database.db, {
    tokenDb,
    senders: () =>
      Promise.resolve({
        async send(message) {
          sent.push(message.id);
          await pause(Math.random() * 20);
          return { kind: 'accepted', providerId: null };
        },
      }),
  });
  for (let done = 0; done < races; done += perRound) await race(space, engine, stop);
  await engine.dispatcher.idle();

  const { rows } = await sql<{ claimed: number; late: number; double: number; onward: number; unsettled: number }>`
    select count(m.id)::int as claimed,
      -- A claim reads the epoch under the row's lock, and every stop bumps it: another one than the first means a claim after a stop.
      count(m.id) filter (where m.enrolment_epoch <> 0)::int as late,
      count(m.id) filter (where m.attempt > 1)::int as double,
      -- The first step was claimed, a stop came: the second step must not have gone.
      count(m.id) filter (where m.step_number > 1)::int as onward,
      count(m.id) filter (where m.state = 'sending')::int as unsettled
    from messages m where m.workspace_id = ${space.workspaceId} and m.origin = 'step' and m.state <> 'skipped'`.execute(database.db);
  const [counts] = rows;
  // Of the races both ways came out, or this test raced nothing.
  expect(counts?.claimed).toBeGreaterThan(0);
  expect(counts?.claimed).toBeLessThan(races);
  expect(counts).toMatchObject({ late: 0, double: 0, onward: 0, unsettled: 0 });
  expect(new Set(sent).size).toBe(sent.length);
});

/** One round: enrolments that fall due, passes over them from several sides, and a stop of each within ±50 ms. */
async function race(space: TestWorkspace, engine: ReturnType<typeof createEngine>, stop: Stop): Promise<void> {
  const steps = [messageStep('a', space.accountId, inOneHour), messageStep('b', space.accountId, inOneHour)];
  const goal = { event: 'purchase' };
  const sequenceIds = [];
  const subjects: Subject[] = [];
  for (let n = 0; n < 5; n++) {
    const sequenceId = await makeSequence(database.db, space.workspaceId, { goal, steps });
    const contactIds = await makeContacts(database.db, space.workspaceId, perRound / 5);
    const answer = await enrolContacts(database.db, space.actor, { sequenceId, target: { contactIds } });
    if ('accepted' in answer) subjects.push(...answer.accepted);
    sequenceIds.push(sequenceId);
  }
  await sql`update enrolments set due_at = andante_now() where workspace_id = ${space.workspaceId} and ended_at is null and step_number = 1
    and id = any(${subjects.map((subject) => subject.enrolmentId)}::uuid[])`.execute(database.db);
  const passes = sequenceIds.map(async (id) => {
    await pause(50 + Math.random() * 10);
    await advanceSequence(engine, space.workspaceId, id);
  });
  const stopping = subjects.map(async (subject) => {
    await pause(Math.random() * 100);
    await stop(space, subject);
  });
  await Promise.all([...passes, ...stopping]);
  await engine.dispatcher.idle();
}

async function addMember({ workspaceId }: TestWorkspace): Promise<void> {
  const email = `${crypto.randomUUID()}@example.com`;
  const { id } = await database.db
    .insertInto('users')
    .values({ email, name: 'Eva', passwordHash: '-' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.db.insertInto('members').values({ workspaceId, userId: id, role: 'editor' }).execute();
}
