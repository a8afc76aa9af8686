/** What the provider answers, and what befell the enrolment in the meantime: each message is settled once, and the plan goes on from it. */
import { expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { SendResult } from '#server/channels/channel.ts';
import { emptyDefinition } from '#server/domain/definition/schema.ts';
import { controlEnrolments } from '../enrolments/control-enrolments.ts';
import { advanceSequence } from './advance-sequence.ts';
import { deliverAccount } from './deliver-account.ts';
import { inOneHour, now, office, useEngineBench } from './engine-bench.ts';
import { moveInProgress } from './move-in-progress.ts';
import { addVersion, messageStep } from './testing.ts';

const database = useTestDatabase();
const bench = useEngineBench(database);

test('a pause while the message is with its provider lets it settle and freezes the wait that follows', async () => {
  let answer: (result: SendResult) => void = () => undefined;
  bench.providerAnswers(() => new Promise((settle) => (answer = settle)));
  const { sequenceId, enrolmentId } = await bench.enrolled([
    messageStep('a', bench.at.accountId, now),
    messageStep('b', bench.at.accountId, inOneHour),
  ]);
  await advanceSequence(bench.engine, bench.at.workspaceId, sequenceId);
  await controlEnrolments(database.db, bench.at.actor, { ids: [enrolmentId] }, { control: 'pause' });
  answer({ kind: 'accepted', providerId: 'p1' });
  await bench.engine.dispatcher.idle();
  const row = await bench.enrolment(enrolmentId);
  expect(row).toMatchObject({ status: 'paused', stepKey: 'b', waitingFor: 'due' });
  expect(Number(row.frozenWaitMs)).toBeGreaterThanOrEqual(3_600_000);
  expect(Number(row.frozenWaitMs)).toBeLessThanOrEqual(3_660_000);
  await database.setClock('2026-03-02T20:00:00Z');
  await bench.pass(sequenceId);
  expect(await bench.messages()).toHaveLength(1);
});

test('someone moved to a new version while the message is with its provider goes on by the new version', async () => {
  let answer: (result: SendResult) => void = () => undefined;
  bench.providerAnswers(() => new Promise((settle) => (answer = settle)));
  const first = messageStep('a', bench.at.accountId, now);
  const { sequenceId, enrolmentId } = await bench.enrolled([first, messageStep('b', bench.at.accountId, inOneHour)]);
  await advanceSequence(bench.engine, bench.at.workspaceId, sequenceId);
  const definition = { ...emptyDefinition, window: null, steps: [first, messageStep('c', bench.at.accountId, inOneHour)] };
  await addVersion(database.db, bench.at.workspaceId, sequenceId, 2, definition);
  await database.db.updateTable('sequences').set({ liveVersion: 2 }).where('id', '=', sequenceId).execute();
  await database.db.transaction().execute((tx) => moveInProgress(tx, bench.at.actor, sequenceId));
  answer({ kind: 'accepted', providerId: 'p1' });
  await bench.engine.dispatcher.idle();
  expect(await bench.enrolment(enrolmentId)).toMatchObject({
    version: 2,
    status: 'active',
    stepKey: 'c',
    stepNumber: 2,
    waitingFor: 'due',
  });
});

test('a removal while the message is with its provider records the message and advances nothing', async () => {
  let answer: (result: SendResult) => void = () => undefined;
  bench.providerAnswers(() => new Promise((settle) => (answer = settle)));
  const { sequenceId, enrolmentId } = await bench.enrolled([
    messageStep('a', bench.at.accountId, now),
    messageStep('b', bench.at.accountId, inOneHour),
  ]);
  await advanceSequence(bench.engine, bench.at.workspaceId, sequenceId);
  await controlEnrolments(database.db, bench.at.actor, { ids: [enrolmentId] }, { control: 'remove' });
  answer({ kind: 'accepted', providerId: 'p1' });
  await bench.engine.dispatcher.idle();
  expect(await bench.enrolment(enrolmentId)).toMatchObject({ status: 'ended', exitReason: 'removed', stepKey: 'a', dueAt: null });
  expect(await bench.messages()).toMatchObject([{ state: 'accepted' }]);
});

test('what surely was not sent is tried again later, and goes on as if nothing had happened', async () => {
  const answers: SendResult[] = [
    { kind: 'retry', code: '451', message: 'try later', afterMs: null },
    { kind: 'accepted', providerId: 'p' },
  ];
  const { sent } = bench.providerAnswers(() => answers.shift() ?? { kind: 'accepted', providerId: null });
  const { sequenceId, enrolmentId } = await bench.enrolled([
    messageStep('a', bench.at.accountId, now),
    messageStep('b', bench.at.accountId, inOneHour),
  ]);
  await bench.pass(sequenceId);
  expect(await bench.messages()).toMatchObject([{ state: 'queued', errorCode: '451', attempt: 1 }]);
  await deliverAccount(bench.engine, bench.at.workspaceId, bench.at.accountId);
  expect(sent).toHaveLength(1);
  await database.advanceClock(20_000);
  await deliverAccount(bench.engine, bench.at.workspaceId, bench.at.accountId);
  await bench.engine.dispatcher.idle();
  expect(sent).toEqual([sent[0], sent[0]]);
  expect(await bench.messages()).toMatchObject([{ state: 'accepted', attempt: 2 }]);
  expect(await bench.enrolment(enrolmentId)).toMatchObject({ stepKey: 'b', waitingFor: 'due' });
});

test('a queued retry of a removed enrolment is canceled, of a paused one it waits', async () => {
  const { sent } = bench.providerAnswers(() => ({ kind: 'retry', code: '451', message: 'try later', afterMs: null }));
  const paused = await bench.enrolled([messageStep('a', bench.at.accountId, now)]);
  await bench.pass(paused.sequenceId);
  const removed = await bench.enrolled([messageStep('a', bench.at.accountId, now)]);
  await bench.pass(removed.sequenceId);
  await controlEnrolments(database.db, bench.at.actor, { ids: [paused.enrolmentId] }, { control: 'pause' });
  await controlEnrolments(database.db, bench.at.actor, { ids: [removed.enrolmentId] }, { control: 'remove' });
  await database.advanceClock(60_000);
  await deliverAccount(bench.engine, bench.at.workspaceId, bench.at.accountId);
  expect(sent).toHaveLength(2);
  const states = new Map((await bench.messages()).map((message) => [message.enrolmentId, message.state]));
  expect(states.get(paused.enrolmentId)).toBe('queued');
  expect(states.get(removed.enrolmentId)).toBe('canceled');
});

test('a retry whose hours have closed waits for the next opening', async () => {
  const { sent } = bench.providerAnswers(() => ({ kind: 'retry', code: '451', message: 'try later', afterMs: null }));
  const { sequenceId, enrolmentId } = await bench.enrolled([messageStep('a', bench.at.accountId, now)], { window: office });
  await bench.pass(sequenceId);
  await database.setClock('2026-03-02T21:30:00Z');
  await deliverAccount(bench.engine, bench.at.workspaceId, bench.at.accountId);
  expect(sent).toHaveLength(1);
  const [message] = await bench.messages();
  expect(message?.nextAttemptAt?.toISOString()).toBe('2026-03-03T12:00:00.000Z');
  expect((await bench.events(enrolmentId)).map((event) => event.kind)).toEqual(['rescheduled']);
});

test('a refusal for good ends the enrolment: bounced for a wrong address, failed for anything else', async () => {
  for (const bounced of [true, false]) {
    bench.providerAnswers(() => ({ kind: 'failed', code: '550', message: 'no such user', bounced }));
    const { sequenceId, enrolmentId } = await bench.enrolled([
      messageStep('a', bench.at.accountId, now),
      messageStep('b', bench.at.accountId, inOneHour),
    ]);
    await bench.pass(sequenceId);
    expect(await bench.enrolment(enrolmentId)).toMatchObject({ status: 'ended', exitReason: bounced ? 'bounced' : 'failed' });
    expect((await bench.events(enrolmentId)).map((event) => event.kind)).toEqual(['failed', 'exited']);
  }
});

test('an uncertain delivery holds the enrolment and is not sent again', async () => {
  const { sent } = bench.providerAnswers(() => ({ kind: 'unknown', code: 'timeout', message: 'no answer' }));
  const { sequenceId, enrolmentId } = await bench.enrolled([
    messageStep('a', bench.at.accountId, now),
    messageStep('b', bench.at.accountId, inOneHour),
  ]);
  await bench.pass(sequenceId);
  await database.advanceClock(3_600_000);
  await bench.pass(sequenceId);
  await deliverAccount(bench.engine, bench.at.workspaceId, bench.at.accountId);
  expect(sent).toHaveLength(1);
  expect(await bench.messages()).toMatchObject([{ state: 'unknown' }]);
  expect(await bench.enrolment(enrolmentId)).toMatchObject({ status: 'held', holdReason: 'unknownDelivery', waitingFor: 'unknown' });
});

test('an account at fault says so and goes on trying; when it works again nothing was lost', async () => {
  let up = false;
  bench.providerAnswers(() =>
    up
      ? { kind: 'accepted', providerId: null }
      : { kind: 'retry', code: 'refused', message: 'Nothing answers.', afterMs: null, accountProblem: 'refused' },
  );
  const account = () =>
    database.db
      .selectFrom('channelAccounts')
      .select(['status', 'lastError'])
      .where('id', '=', bench.at.accountId)
      .executeTakeFirstOrThrow();
  const { sequenceId } = await bench.enrolled([messageStep('a', bench.at.accountId, now)]);
  await bench.pass(sequenceId);
  expect(await account()).toEqual({ status: 'failing', lastError: 'refused' });
  expect(await bench.messages()).toMatchObject([{ state: 'queued' }]);
  up = true;
  await database.advanceClock(60_000);
  await deliverAccount(bench.engine, bench.at.workspaceId, bench.at.accountId);
  await bench.engine.dispatcher.idle();
  expect(await bench.messages()).toMatchObject([{ state: 'accepted', attempt: 2 }]);
  expect(await account()).toEqual({ status: 'active', lastError: null });
});
