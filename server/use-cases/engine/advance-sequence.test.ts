import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockSequence } from '#db/queries/sequence-plans.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { SendResult } from '#server/channels/channel.ts';
import { emptyDefinition, type Step } from '#server/domain/definition/schema.ts';
import { controlEnrolments } from '../enrolments/control-enrolments.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { advanceSequence } from './advance-sequence.ts';
import { deliverAccount } from './deliver-account.ts';
import { createEngine, type Engine } from './engine.ts';
import { exitOnReply } from './let-go-on-reply.ts';
import { moveInProgress } from './move-in-progress.ts';
import { addVersion, makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from './testing.ts';

const database = useTestDatabase();
const office = { weekly: { mon: [['09:00', '18:00']], tue: [['09:00', '18:00']], wed: [['09:00', '18:00']] } } as const;
const now = { kind: 'immediately' } as const;
const inOneHour = { kind: 'after', amount: 1, unit: 'hours' } as const;
/** A Monday, 09:30 in São Paulo. */
const monday = '2026-03-02T12:30:00Z';

let at: TestWorkspace;
let engine: Engine;
beforeEach(async () => {
  await database.setClock(monday);
  at = await makeWorkspace(database.db);
  engine = createEngine(database.db);
});
afterEach(() => engine.dispatcher.idle());

async function enrolled(
  steps: Step[],
  more: object = {},
  count = 1,
): Promise<{ sequenceId: string; contactIds: string[]; enrolmentId: string }> {
  const sequenceId = await makeSequence(database.db, at.workspaceId, { ...more, steps });
  const contactIds = await makeContacts(database.db, at.workspaceId, count);
  const answer = await enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds } });
  if (!('accepted' in answer)) throw new Error('expected an answer at once');
  return { sequenceId, contactIds, enrolmentId: answer.accepted[0]?.enrolmentId ?? '' };
}
async function pass(sequenceId: string): Promise<void> {
  await advanceSequence(engine, at.workspaceId, sequenceId);
  await engine.dispatcher.idle();
}
const enrolment = (id: string) => database.db.selectFrom('enrolments').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const messages = () =>
  database.db.selectFrom('messages').selectAll().where('workspaceId', '=', at.workspaceId).orderBy('stepNumber').execute();
const events = (enrolmentId: string) =>
  database.db.selectFrom('enrolmentEvents').selectAll().where('enrolmentId', '=', enrolmentId).orderBy('id').execute();
const delivered = () => database.db.selectFrom('sandboxDeliveries').selectAll().where('workspaceId', '=', at.workspaceId).execute();

/** An engine whose provider answers as told, and that counts what it was asked to send. */
function engineAnswering(answer: () => SendResult | Promise<SendResult>): { sent: string[] } {
  const sent: string[] = [];
  engine = createEngine(database.db, {
    senders: () =>
      Promise.resolve({
        send: async (message) => {
          sent.push(message.id);
          return await answer();
        },
      }),
  });
  return { sent };
}

test('a due step is rendered, sent, settled, and the next one is due from its acceptance', async () => {
  const { sequenceId, enrolmentId } = await enrolled([messageStep('a', at.accountId, now), messageStep('b', at.accountId, inOneHour)]);
  await pass(sequenceId);
  expect(await messages()).toMatchObject([{ state: 'accepted', body: 'Oi Pessoa', stepKey: 'a', stepNumber: 1, attempt: 1 }]);
  const row = await enrolment(enrolmentId);
  expect(row).toMatchObject({ stepKey: 'b', stepNumber: 2, waitingFor: 'due', status: 'active' });
  // Enrolled some milliseconds past 09:30, so an hour later is the next whole minute.
  expect(row.dueAt?.toISOString()).toBe('2026-03-02T13:31:00.000Z');
  expect(await delivered()).toHaveLength(1);
  await pass(sequenceId);
  expect(await messages()).toHaveLength(1);
  await database.setClock('2026-03-02T13:31:00Z');
  await pass(sequenceId);
  expect(await enrolment(enrolmentId)).toMatchObject({ status: 'ended', exitReason: 'completed' });
  expect((await events(enrolmentId)).map((event) => event.kind)).toEqual(['sent', 'sent', 'exited']);
});

test('a window that closed between plan and claim moves the step to the next opening, and the ledger says why', async () => {
  const { sequenceId, enrolmentId } = await enrolled([messageStep('a', at.accountId, inOneHour)], { window: office });
  await database.setClock('2026-03-02T21:30:00Z');
  await pass(sequenceId);
  expect(await delivered()).toHaveLength(0);
  const row = await enrolment(enrolmentId);
  expect(row.dueAt?.toISOString()).toBe('2026-03-03T12:00:00.000Z');
  expect(await events(enrolmentId)).toMatchObject([{ kind: 'rescheduled', reasons: ['window'], toAt: row.dueAt, stepKey: 'a' }]);
  await database.setClock('2026-03-03T12:00:00Z');
  await pass(sequenceId);
  expect(await delivered()).toHaveLength(1);
});

test('a step that has waited longer than it may is skipped, and the plan goes on', async () => {
  const late: Step = { ...messageStep('a', at.accountId, inOneHour), expiresAfterMinutes: 30 };
  const { sequenceId, enrolmentId } = await enrolled([late, messageStep('b', at.accountId, inOneHour)]);
  await database.setClock('2026-03-02T15:00:00Z');
  await pass(sequenceId);
  expect(await messages()).toMatchObject([{ stepKey: 'a', state: 'skipped', reason: 'expired' }]);
  const row = await enrolment(enrolmentId);
  expect(row).toMatchObject({ stepKey: 'b', stepNumber: 2 });
  expect(row.dueAt?.toISOString()).toBe('2026-03-02T16:00:00.000Z');
});

test('a text with a variable that has no value skips that message', async () => {
  const step = messageStep('a', at.accountId, now, 'Sua cidade é {{ contact.fields.city }}');
  const { sequenceId, enrolmentId } = await enrolled([step]);
  await pass(sequenceId);
  expect(await messages()).toMatchObject([{ state: 'skipped', reason: 'missingVariable', errorText: 'contact.fields.city' }]);
  expect(await enrolment(enrolmentId)).toMatchObject({ status: 'ended', exitReason: 'completed' });
});

test('a newer text of a step reaches those who wait for it', async () => {
  const { sequenceId } = await enrolled([messageStep('a', at.accountId, now)]);
  await database.db
    .insertInto('stepContents')
    .values({ workspaceId: at.workspaceId, sequenceId, stepKey: 'a', revision: 1, content: JSON.stringify({ body: 'Bom dia' }) })
    .execute();
  await pass(sequenceId);
  expect(await messages()).toMatchObject([{ body: 'Bom dia' }]);
});

test('an exit step ends the enrolment', async () => {
  const { sequenceId, enrolmentId } = await enrolled([{ key: 'bye', type: 'exit', timing: now }]);
  await pass(sequenceId);
  expect(await enrolment(enrolmentId)).toMatchObject({ status: 'ended', exitReason: 'exitStep', stepKey: 'bye' });
});

test('nothing of a paused enrolment is claimed, and resuming goes on with the rest of the wait', async () => {
  const { sequenceId, enrolmentId } = await enrolled([messageStep('a', at.accountId, inOneHour)]);
  await database.setClock('2026-03-02T13:00:00Z');
  await controlEnrolments(database.db, at.actor, { ids: [enrolmentId] }, { control: 'pause' });
  await database.setClock('2026-03-02T20:00:00Z');
  await pass(sequenceId);
  expect(await messages()).toHaveLength(0);
  expect(await controlEnrolments(database.db, at.actor, { ids: [enrolmentId] }, { control: 'resume' })).toMatchObject({
    accepted: [{ enrolmentId }],
  });
  const row = await enrolment(enrolmentId);
  expect(row).toMatchObject({ status: 'active', moveReasons: ['pause'] });
  const waitMinutes = ((row.dueAt?.getTime() ?? 0) - Date.parse('2026-03-02T20:00:00Z')) / 60_000;
  expect(waitMinutes).toBeGreaterThanOrEqual(30);
  expect(waitMinutes).toBeLessThanOrEqual(32);
});

test('a pause while the message is with its provider lets it settle and freezes the wait that follows', async () => {
  let answer: (result: SendResult) => void = () => undefined;
  engineAnswering(() => new Promise((settle) => (answer = settle)));
  const { sequenceId, enrolmentId } = await enrolled([messageStep('a', at.accountId, now), messageStep('b', at.accountId, inOneHour)]);
  await advanceSequence(engine, at.workspaceId, sequenceId);
  await controlEnrolments(database.db, at.actor, { ids: [enrolmentId] }, { control: 'pause' });
  answer({ kind: 'accepted', providerId: 'p1' });
  await engine.dispatcher.idle();
  const row = await enrolment(enrolmentId);
  expect(row).toMatchObject({ status: 'paused', stepKey: 'b', waitingFor: 'due' });
  expect(Number(row.frozenWaitMs)).toBeGreaterThanOrEqual(3_600_000);
  expect(Number(row.frozenWaitMs)).toBeLessThanOrEqual(3_660_000);
  await database.setClock('2026-03-02T20:00:00Z');
  await pass(sequenceId);
  expect(await messages()).toHaveLength(1);
});

test('someone moved to a new version while the message is with its provider goes on by the new version', async () => {
  let answer: (result: SendResult) => void = () => undefined;
  engineAnswering(() => new Promise((settle) => (answer = settle)));
  const first = messageStep('a', at.accountId, now);
  const { sequenceId, enrolmentId } = await enrolled([first, messageStep('b', at.accountId, inOneHour)]);
  await advanceSequence(engine, at.workspaceId, sequenceId);
  const definition = { ...emptyDefinition, window: null, steps: [first, messageStep('c', at.accountId, inOneHour)] };
  await addVersion(database.db, at.workspaceId, sequenceId, 2, definition);
  await database.db.updateTable('sequences').set({ liveVersion: 2 }).where('id', '=', sequenceId).execute();
  await database.db.transaction().execute((tx) => moveInProgress(tx, at.actor, sequenceId));
  answer({ kind: 'accepted', providerId: 'p1' });
  await engine.dispatcher.idle();
  expect(await enrolment(enrolmentId)).toMatchObject({ version: 2, status: 'active', stepKey: 'c', stepNumber: 2, waitingFor: 'due' });
});

test('a removal while the message is with its provider records the message and advances nothing', async () => {
  let answer: (result: SendResult) => void = () => undefined;
  engineAnswering(() => new Promise((settle) => (answer = settle)));
  const { sequenceId, enrolmentId } = await enrolled([messageStep('a', at.accountId, now), messageStep('b', at.accountId, inOneHour)]);
  await advanceSequence(engine, at.workspaceId, sequenceId);
  await controlEnrolments(database.db, at.actor, { ids: [enrolmentId] }, { control: 'remove' });
  answer({ kind: 'accepted', providerId: 'p1' });
  await engine.dispatcher.idle();
  expect(await enrolment(enrolmentId)).toMatchObject({ status: 'ended', exitReason: 'removed', stepKey: 'a', dueAt: null });
  expect(await messages()).toMatchObject([{ state: 'accepted' }]);
});

test('a reply ends the enrolment unless it is older', async () => {
  const { contactIds, enrolmentId } = await enrolled([messageStep('a', at.accountId, inOneHour)]);
  const reply = (occurredAt: Date) =>
    database.db
      .transaction()
      .execute((tx) =>
        exitOnReply(tx, { workspaceId: at.workspaceId, contactId: contactIds[0] ?? '', channelAccountId: at.accountId, occurredAt }),
      );
  expect(await reply(new Date('2026-03-01T00:00:00Z'))).toEqual([]);
  expect(await reply(new Date('2026-03-02T12:45:00Z'))).toEqual([enrolmentId]);
  expect(await enrolment(enrolmentId)).toMatchObject({ status: 'ended', exitReason: 'replied' });
});

test('what surely was not sent is tried again later, and goes on as if nothing had happened', async () => {
  const answers: SendResult[] = [
    { kind: 'retry', code: '451', message: 'try later', afterMs: null },
    { kind: 'accepted', providerId: 'p' },
  ];
  const { sent } = engineAnswering(() => answers.shift() ?? { kind: 'accepted', providerId: null });
  const { sequenceId, enrolmentId } = await enrolled([messageStep('a', at.accountId, now), messageStep('b', at.accountId, inOneHour)]);
  await pass(sequenceId);
  expect(await messages()).toMatchObject([{ state: 'queued', errorCode: '451', attempt: 1 }]);
  await deliverAccount(engine, at.workspaceId, at.accountId);
  expect(sent).toHaveLength(1);
  await database.advanceClock(20_000);
  await deliverAccount(engine, at.workspaceId, at.accountId);
  await engine.dispatcher.idle();
  expect(sent).toEqual([sent[0], sent[0]]);
  expect(await messages()).toMatchObject([{ state: 'accepted', attempt: 2 }]);
  expect(await enrolment(enrolmentId)).toMatchObject({ stepKey: 'b', waitingFor: 'due' });
});

test('a queued retry of a removed enrolment is canceled, of a paused one it waits', async () => {
  const { sent } = engineAnswering(() => ({ kind: 'retry', code: '451', message: 'try later', afterMs: null }));
  const paused = await enrolled([messageStep('a', at.accountId, now)]);
  await pass(paused.sequenceId);
  const removed = await enrolled([messageStep('a', at.accountId, now)]);
  await pass(removed.sequenceId);
  await controlEnrolments(database.db, at.actor, { ids: [paused.enrolmentId] }, { control: 'pause' });
  await controlEnrolments(database.db, at.actor, { ids: [removed.enrolmentId] }, { control: 'remove' });
  await database.advanceClock(60_000);
  await deliverAccount(engine, at.workspaceId, at.accountId);
  expect(sent).toHaveLength(2);
  const states = new Map((await messages()).map((message) => [message.enrolmentId, message.state]));
  expect(states.get(paused.enrolmentId)).toBe('queued');
  expect(states.get(removed.enrolmentId)).toBe('canceled');
});

test('a retry whose hours have closed waits for the next opening', async () => {
  const { sent } = engineAnswering(() => ({ kind: 'retry', code: '451', message: 'try later', afterMs: null }));
  const { sequenceId, enrolmentId } = await enrolled([messageStep('a', at.accountId, now)], { window: office });
  await pass(sequenceId);
  await database.setClock('2026-03-02T21:30:00Z');
  await deliverAccount(engine, at.workspaceId, at.accountId);
  expect(sent).toHaveLength(1);
  const [message] = await messages();
  expect(message?.nextAttemptAt?.toISOString()).toBe('2026-03-03T12:00:00.000Z');
  expect((await events(enrolmentId)).map((event) => event.kind)).toEqual(['rescheduled']);
});

test('a refusal for good ends the enrolment: bounced for a wrong address, failed for anything else', async () => {
  for (const bounced of [true, false]) {
    engineAnswering(() => ({ kind: 'failed', code: '550', message: 'no such user', bounced }));
    const { sequenceId, enrolmentId } = await enrolled([messageStep('a', at.accountId, now), messageStep('b', at.accountId, inOneHour)]);
    await pass(sequenceId);
    expect(await enrolment(enrolmentId)).toMatchObject({ status: 'ended', exitReason: bounced ? 'bounced' : 'failed' });
    expect((await events(enrolmentId)).map((event) => event.kind)).toEqual(['failed', 'exited']);
  }
});

test('an uncertain delivery holds the enrolment and is not sent again', async () => {
  const { sent } = engineAnswering(() => ({ kind: 'unknown', code: 'timeout', message: 'no answer' }));
  const { sequenceId, enrolmentId } = await enrolled([messageStep('a', at.accountId, now), messageStep('b', at.accountId, inOneHour)]);
  await pass(sequenceId);
  await database.advanceClock(3_600_000);
  await pass(sequenceId);
  await deliverAccount(engine, at.workspaceId, at.accountId);
  expect(sent).toHaveLength(1);
  expect(await messages()).toMatchObject([{ state: 'unknown' }]);
  expect(await enrolment(enrolmentId)).toMatchObject({ status: 'held', holdReason: 'unknownDelivery', waitingFor: 'unknown' });
});

test('an account sends no more than its tokens allow, in due order, and the rest stays due', async () => {
  await database.db.updateTable('channelAccounts').set({ ratePerSecond: 10 }).where('id', '=', at.accountId).execute();
  const { sequenceId } = await enrolled([messageStep('a', at.accountId, now)], {}, 50);
  await database.advanceClock(5_000);
  await pass(sequenceId);
  const first = (await delivered()).length;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(12);
  await database.advanceClock(60_000);
  await pass(sequenceId);
  expect((await delivered()).length - first).toBeLessThanOrEqual(12);
});

test('two engines working the same backlog send each message once', async () => {
  const { sequenceId } = await enrolled([messageStep('a', at.accountId, now)], {}, 1_000);
  const other = createEngine(database.db);
  await Promise.all([engine, other, engine, other].map((one) => advanceSequence(one, at.workspaceId, sequenceId)));
  await Promise.all([engine.dispatcher.idle(), other.dispatcher.idle()]);
  const log = await delivered();
  expect(log).toHaveLength(1_000);
  expect(new Set(log.map((delivery) => delivery.messageId)).size).toBe(1_000);
  const ends = await database.db.selectFrom('enrolments').select('exitReason').where('sequenceId', '=', sequenceId).execute();
  expect(ends.filter((row) => row.exitReason === 'completed')).toHaveLength(1_000);
});

test('an account at fault says so and goes on trying; when it works again nothing was lost', async () => {
  let up = false;
  engineAnswering(() =>
    up
      ? { kind: 'accepted', providerId: null }
      : { kind: 'retry', code: 'refused', message: 'Nothing answers.', afterMs: null, accountProblem: 'refused' },
  );
  const account = () =>
    database.db.selectFrom('channelAccounts').select(['status', 'lastError']).where('id', '=', at.accountId).executeTakeFirstOrThrow();
  const { sequenceId } = await enrolled([messageStep('a', at.accountId, now)]);
  await pass(sequenceId);
  expect(await account()).toEqual({ status: 'failing', lastError: 'refused' });
  expect(await messages()).toMatchObject([{ state: 'queued' }]);
  up = true;
  await database.advanceClock(60_000);
  await deliverAccount(engine, at.workspaceId, at.accountId);
  await engine.dispatcher.idle();
  expect(await messages()).toMatchObject([{ state: 'accepted', attempt: 2 }]);
  expect(await account()).toEqual({ status: 'active', lastError: null });
});

test('a claim that waited for the sequence decides by the hour in which it got it', async () => {
  const { sent } = engineAnswering(() => ({ kind: 'accepted', providerId: null }));
  const { sequenceId, enrolmentId } = await enrolled([messageStep('a', at.accountId, now)], { window: office });
  await database.setClock('2026-03-02T20:59:00Z');
  let claim: Promise<void> | undefined;
  await database.db.transaction().execute(async (tx) => {
    await lockSequence(tx, at.workspaceId, sequenceId);
    claim = pass(sequenceId);
    await expect.poll(() => database.waitingForLocks()).toBe(1);
    await database.setClock('2026-03-02T21:00:30Z');
  });
  await claim;
  expect(sent).toEqual([]);
  expect((await enrolment(enrolmentId)).dueAt?.toISOString()).toBe('2026-03-03T12:00:00.000Z');
});
