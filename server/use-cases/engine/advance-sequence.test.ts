/** A pass over a sequence: what is due is claimed by the rules of that moment, sent once, and the plan goes on. */
import { expect, test } from 'vitest';
import { lockSequence } from '#db/queries/sequence-plans.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { Step } from '#server/domain/definition/schema.ts';
import { controlEnrolments } from '../enrolments/control-enrolments.ts';
import { advanceSequence } from './advance-sequence.ts';
import { createEngine } from './engine.ts';
import { inOneHour, now, office, useEngineBench } from './engine-bench.ts';
import { exitOnReply } from './let-go-on-reply.ts';
import { messageStep } from './testing.ts';

const database = useTestDatabase();
const bench = useEngineBench(database);

test('a due step is rendered, sent, settled, and the next one is due from its acceptance', async () => {
  const { sequenceId, enrolmentId } = await bench.enrolled([
    messageStep('a', bench.at.accountId, now),
    messageStep('b', bench.at.accountId, inOneHour),
  ]);
  await bench.pass(sequenceId);
  expect(await bench.messages()).toMatchObject([{ state: 'accepted', body: 'Oi Pessoa', stepKey: 'a', stepNumber: 1, attempt: 1 }]);
  const row = await bench.enrolment(enrolmentId);
  expect(row).toMatchObject({ stepKey: 'b', stepNumber: 2, waitingFor: 'due', status: 'active' });
  // Enrolled some milliseconds past 09:30, so an hour later is the next whole minute.
  expect(row.dueAt?.toISOString()).toBe('2026-03-02T13:31:00.000Z');
  expect(await bench.delivered()).toHaveLength(1);
  await bench.pass(sequenceId);
  expect(await bench.messages()).toHaveLength(1);
  await database.setClock('2026-03-02T13:31:00Z');
  await bench.pass(sequenceId);
  expect(await bench.enrolment(enrolmentId)).toMatchObject({ status: 'ended', exitReason: 'completed' });
  expect((await bench.events(enrolmentId)).map((event) => event.kind)).toEqual(['sent', 'sent', 'exited']);
});

test('a window that closed between plan and claim moves the step to the next opening, and the ledger says why', async () => {
  const { sequenceId, enrolmentId } = await bench.enrolled([messageStep('a', bench.at.accountId, inOneHour)], { window: office });
  await database.setClock('2026-03-02T21:30:00Z');
  await bench.pass(sequenceId);
  expect(await bench.delivered()).toHaveLength(0);
  const row = await bench.enrolment(enrolmentId);
  expect(row.dueAt?.toISOString()).toBe('2026-03-03T12:00:00.000Z');
  expect(await bench.events(enrolmentId)).toMatchObject([{ kind: 'rescheduled', reasons: ['window'], toAt: row.dueAt, stepKey: 'a' }]);
  await database.setClock('2026-03-03T12:00:00Z');
  await bench.pass(sequenceId);
  expect(await bench.delivered()).toHaveLength(1);
});

test('a step that has waited longer than it may is skipped, and the plan goes on', async () => {
  const late: Step = { ...messageStep('a', bench.at.accountId, inOneHour), expiresAfterMinutes: 30 };
  const { sequenceId, enrolmentId } = await bench.enrolled([late, messageStep('b', bench.at.accountId, inOneHour)]);
  await database.setClock('2026-03-02T15:00:00Z');
  await bench.pass(sequenceId);
  expect(await bench.messages()).toMatchObject([{ stepKey: 'a', state: 'skipped', reason: 'expired' }]);
  const row = await bench.enrolment(enrolmentId);
  expect(row).toMatchObject({ stepKey: 'b', stepNumber: 2 });
  expect(row.dueAt?.toISOString()).toBe('2026-03-02T16:00:00.000Z');
});

test('a step whose window opens in the last minute that it may wait is sent', async () => {
  const opensAtTwelve = { weekly: { mon: [['12:00', '18:00'] as [string, string]] } };
  // Planned for 10:31, 89 minutes before.
  const late: Step = { ...messageStep('a', bench.at.accountId, inOneHour), expiresAfterMinutes: 89 };
  const { sequenceId, enrolmentId } = await bench.enrolled([late], { window: opensAtTwelve });
  expect((await bench.enrolment(enrolmentId)).dueAt?.toISOString()).toBe('2026-03-02T15:00:00.000Z');
  await database.setClock('2026-03-02T15:00:00Z');
  await bench.pass(sequenceId);
  expect(await bench.delivered()).toHaveLength(1);
});

test('a text with a variable that has no value skips that message', async () => {
  const step = messageStep('a', bench.at.accountId, now, 'Sua cidade é {{ contact.fields.city }}');
  const { sequenceId, enrolmentId } = await bench.enrolled([step]);
  await bench.pass(sequenceId);
  expect(await bench.messages()).toMatchObject([{ state: 'skipped', reason: 'missingVariable', errorText: 'contact.fields.city' }]);
  expect(await bench.enrolment(enrolmentId)).toMatchObject({ status: 'ended', exitReason: 'completed' });
});

test('a newer text of a step reaches those who wait for it', async () => {
  const { sequenceId } = await bench.enrolled([messageStep('a', bench.at.accountId, now)]);
  await database.db
    .insertInto('stepContents')
    .values({ workspaceId: bench.at.workspaceId, sequenceId, stepKey: 'a', revision: 1, content: JSON.stringify({ body: 'Bom dia' }) })
    .execute();
  await bench.pass(sequenceId);
  expect(await bench.messages()).toMatchObject([{ body: 'Bom dia' }]);
});

test('an exit step ends the enrolment', async () => {
  const { sequenceId, enrolmentId } = await bench.enrolled([{ key: 'bye', type: 'exit', timing: now }]);
  await bench.pass(sequenceId);
  expect(await bench.enrolment(enrolmentId)).toMatchObject({ status: 'ended', exitReason: 'exitStep', stepKey: 'bye' });
});

test('nothing of a paused enrolment is claimed, and resuming goes on with the rest of the wait', async () => {
  const { sequenceId, enrolmentId } = await bench.enrolled([messageStep('a', bench.at.accountId, inOneHour)]);
  await database.setClock('2026-03-02T13:00:00Z');
  await controlEnrolments(database.db, bench.at.actor, { ids: [enrolmentId] }, { control: 'pause' });
  await database.setClock('2026-03-02T20:00:00Z');
  await bench.pass(sequenceId);
  expect(await bench.messages()).toHaveLength(0);
  expect(await controlEnrolments(database.db, bench.at.actor, { ids: [enrolmentId] }, { control: 'resume' })).toMatchObject({
    accepted: [{ enrolmentId }],
  });
  const row = await bench.enrolment(enrolmentId);
  expect(row).toMatchObject({ status: 'active', moveReasons: ['pause'] });
  const waitMinutes = ((row.dueAt?.getTime() ?? 0) - Date.parse('2026-03-02T20:00:00Z')) / 60_000;
  expect(waitMinutes).toBeGreaterThanOrEqual(30);
  expect(waitMinutes).toBeLessThanOrEqual(32);
});

test('a reply ends the enrolment unless it is older', async () => {
  const { contactIds, enrolmentId } = await bench.enrolled([messageStep('a', bench.at.accountId, inOneHour)]);
  const reply = (occurredAt: Date) =>
    database.db.transaction().execute((tx) =>
      exitOnReply(tx, {
        workspaceId: bench.at.workspaceId,
        contactId: contactIds[0] ?? '',
        channelAccountId: bench.at.accountId,
        occurredAt,
      }),
    );
  expect(await reply(new Date('2026-03-01T00:00:00Z'))).toEqual([]);
  expect(await reply(new Date('2026-03-02T12:45:00Z'))).toEqual([enrolmentId]);
  expect(await bench.enrolment(enrolmentId)).toMatchObject({ status: 'ended', exitReason: 'replied' });
});

test('an account sends no more than its tokens allow, in due order, and the rest stays due', async () => {
  await database.db.updateTable('channelAccounts').set({ ratePerSecond: 10 }).where('id', '=', bench.at.accountId).execute();
  const { sequenceId } = await bench.enrolled([messageStep('a', bench.at.accountId, now)], {}, 50);
  await database.advanceClock(5_000);
  await bench.pass(sequenceId);
  const first = (await bench.delivered()).length;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(12);
  await database.advanceClock(60_000);
  await bench.pass(sequenceId);
  expect((await bench.delivered()).length - first).toBeLessThanOrEqual(12);
});

test('two engines working the same backlog send each message once', async () => {
  const { sequenceId } = await bench.enrolled([messageStep('a', bench.at.accountId, now)], {}, 1_000);
  const other = createEngine(database.db);
  await Promise.all([bench.engine, other, bench.engine, other].map((one) => advanceSequence(one, bench.at.workspaceId, sequenceId)));
  await Promise.all([bench.engine.dispatcher.idle(), other.dispatcher.idle()]);
  const log = await bench.delivered();
  expect(log).toHaveLength(1_000);
  expect(new Set(log.map((delivery) => delivery.messageId)).size).toBe(1_000);
  const ends = await database.db.selectFrom('enrolments').select('exitReason').where('sequenceId', '=', sequenceId).execute();
  expect(ends.filter((row) => row.exitReason === 'completed')).toHaveLength(1_000);
});

test('a claim that waited for the sequence decides by the hour in which it got it', async () => {
  const { sent } = bench.providerAnswers(() => ({ kind: 'accepted', providerId: null }));
  const { sequenceId, enrolmentId } = await bench.enrolled([messageStep('a', bench.at.accountId, now)], { window: office });
  await database.setClock('2026-03-02T20:59:00Z');
  let claim: Promise<void> | undefined;
  await database.db.transaction().execute(async (tx) => {
    await lockSequence(tx, bench.at.workspaceId, sequenceId);
    claim = bench.pass(sequenceId);
    await expect.poll(() => database.waitingForLocks()).toBe(1);
    await database.setClock('2026-03-02T21:00:30Z');
  });
  await claim;
  expect(sent).toEqual([]);
  expect((await bench.enrolment(enrolmentId)).dueAt?.toISOString()).toBe('2026-03-03T12:00:00.000Z');
});
