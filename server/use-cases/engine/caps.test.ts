/** Caps of senders and of contacts: never more than they allow, what has no room waits its turn, and only what nothing holds
 *  back is shared with other workers. */
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { controlEnrolments } from '../enrolments/control-enrolments.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { advanceSequence } from './advance-sequence.ts';
import { createEngine, type Engine } from './engine.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from './testing.ts';

const database = useTestDatabase();
const now = { kind: 'immediately' } as const;
/** A Monday, 09:30 in São Paulo. */
const monday = '2026-03-02T12:30:00Z';

let at: TestWorkspace;
let engine: Engine;
beforeEach(async () => {
  await database.setClock(monday);
  at = await makeWorkspace(database.db);
  engine = createEngine(database.db, {
    senders: () => Promise.resolve({ send: () => Promise.resolve({ kind: 'accepted', providerId: null }) }),
  });
});

const cap = (caps: { capPerMinute?: number; capPerHour?: number; capPerDay?: number }) =>
  database.db.updateTable('channelAccounts').set(caps).where('id', '=', at.accountId).execute();
async function begin(contactIds: string[], priority = 0): Promise<string> {
  const sequenceId = await makeSequence(database.db, at.workspaceId, { steps: [messageStep('a', at.accountId, now)] });
  await database.db.updateTable('sequences').set({ priority }).where('id', '=', sequenceId).execute();
  await enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds } });
  return sequenceId;
}
async function pass(...sequenceIds: string[]): Promise<void> {
  await Promise.all(sequenceIds.map((id) => advanceSequence(engine, at.workspaceId, id)));
  await engine.dispatcher.idle();
}
async function sent(sequenceId?: string): Promise<number> {
  const all = database.db.selectFrom('messages').select('id').where('workspaceId', '=', at.workspaceId).where('state', '=', 'accepted');
  return (await (sequenceId ? all.where('sequenceId', '=', sequenceId) : all).execute()).length;
}
const rows = (sequenceId: string) => database.db.selectFrom('enrolments').selectAll().where('sequenceId', '=', sequenceId).execute();
const later = (minutes: number) => database.setClock(new Date(Date.parse(monday) + minutes * 60_000).toISOString());

test.each([
  { caps: { capPerMinute: 5 }, period: 1 },
  { caps: { capPerHour: 5 }, period: 60 },
  { caps: { capPerDay: 5 }, period: 1_440 },
])('an account sends no more than $caps, over all sequences', async ({ caps, period }) => {
  await cap(caps);
  const contactIds = await makeContacts(database.db, at.workspaceId, 6);
  const [one, two] = [await begin(contactIds), await begin(contactIds)];
  await pass(one, two);
  expect(await sent()).toBe(5);
  await later(period * 0.9);
  await pass(one, two);
  expect(await sent()).toBe(5);
  await later(period + 0.5);
  await pass(one, two);
  expect(await sent()).toBe(10);
  expect((await rows(one)).every((row) => row.status !== 'held')).toBe(true);
});

test('the strictest of several caps counts', async () => {
  await cap({ capPerMinute: 3, capPerHour: 4 });
  const one = await begin(await makeContacts(database.db, at.workspaceId, 9));
  await pass(one);
  expect(await sent()).toBe(3);
  await later(2);
  await pass(one);
  expect(await sent()).toBe(4);
});

const limit = (messages: number, days: number) =>
  database.db
    .updateTable('workspaces')
    .set({ frequencyCap: JSON.stringify({ messages, days }) })
    .where('id', '=', at.workspaceId)
    .execute();

test('a contact gets no more than the frequency cap over all sequences, however they race, and the rest when there is room', async () => {
  await limit(1, 2);
  const contactIds = await makeContacts(database.db, at.workspaceId, 20);
  const sequences = [await begin(contactIds), await begin(contactIds), await begin(contactIds)];
  await pass(...sequences);
  await pass(...sequences);
  expect(await sent()).toBe(20);
  const waiting = (await Promise.all(sequences.map(rows))).flat().filter((row) => row.endedAt === null);
  expect(waiting).toHaveLength(40);
  expect(
    waiting.every((row) => row.moveReasons.includes('frequencyCap') && (row.dueAt ?? new Date()) >= new Date('2026-03-04T12:30:00Z')),
  ).toBe(true);
  await later(2 * 1_440 + 2);
  await pass(...sequences);
  await pass(...sequences);
  expect(await sent()).toBe(40);
});

test('the sequence of higher priority gets the room, and the other waits', async () => {
  await limit(1, 1);
  const contactIds = await makeContacts(database.db, at.workspaceId, 3);
  const [low, high] = [await begin(contactIds, -10), await begin(contactIds, 10)];
  await pass(low);
  expect(await sent()).toBe(0);
  await pass(high);
  expect([await sent(high), await sent(low)]).toEqual([3, 0]);
  await later(16);
  await pass(low);
  expect(await sent(low)).toBe(0);
  await later(1_442);
  await pass(low);
  expect(await sent(low)).toBe(3);
});

test('what a member or another channel sends is not counted, and skipped steps are not either', async () => {
  await limit(1, 1);
  const [contactId] = await makeContacts(database.db, at.workspaceId, 1);
  const first = await begin([contactId ?? '']);
  const [row] = await rows(first);
  await controlEnrolments(database.db, at.actor, { ids: [row?.id ?? ''] }, { control: 'skipStep' });
  const second = await begin([contactId ?? '']);
  await pass(second);
  expect(await sent(second)).toBe(1);
});

const advanceAlarms = async (): Promise<number> =>
  (await sql`select from pgboss.job where name = 'sequence.advance'`.execute(database.db)).rows.length;

test('a full batch asks for help, so that several workers share one sequence', async () => {
  const sequenceId = await begin(await makeContacts(database.db, at.workspaceId, 1_000));
  await sql`delete from pgboss.job`.execute(database.db);
  await pass(sequenceId);
  // Nobody is left, so this alarm is the call for help, not the next one of the pass.
  expect(await advanceAlarms()).toBe(1);
  expect(await sent()).toBe(1_000);
});

test('a full batch that waits for tokens asks nobody: more hands would only look at it again', async () => {
  await database.db.updateTable('channelAccounts').set({ ratePerSecond: 5 }).where('id', '=', at.accountId).execute();
  const sequenceId = await begin(await makeContacts(database.db, at.workspaceId, 1_000));
  await sql`delete from pgboss.job`.execute(database.db);
  await pass(sequenceId);
  // The next look is a second ahead, where the test clock sets no alarm.
  expect(await advanceAlarms()).toBe(0);
});
