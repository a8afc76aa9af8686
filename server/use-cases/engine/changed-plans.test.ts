import { beforeEach, expect, test } from 'vitest';
import { renewRulesVersion } from '#db/queries/workspace-rules.ts';
import { updateQuietHours } from '#db/queries/workspaces.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { SendResult } from '#server/channels/channel.ts';
import { emptyDefinition, type Step } from '#server/domain/definition/schema.ts';
import { windowSchema } from '#server/domain/time/schema.ts';
import { deleteAccount } from '../channels/delete-account.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { advanceSequence } from './advance-sequence.ts';
import { deliverAccount } from './deliver-account.ts';
import { createEngine, type Engine } from './engine.ts';
import { moveInProgress } from './move-in-progress.ts';
import { addVersion, makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from './testing.ts';

const database = useTestDatabase();
const now = { kind: 'immediately' } as const;
const inOneHour = { kind: 'after', amount: 1, unit: 'hours' } as const;
let at: TestWorkspace;
let answer: SendResult;
let engine: Engine;
beforeEach(async () => {
  await database.setClock('2026-03-02T12:30:00Z');
  at = await makeWorkspace(database.db);
  answer = { kind: 'retry', code: 'busy', message: 'Try again later.', afterMs: null };
  engine = createEngine(database.db, { senders: () => Promise.resolve({ send: () => Promise.resolve(answer) }) });
});

async function enrolled(steps: Step[], more: object = {}): Promise<{ sequenceId: string; enrolmentId: string }> {
  const sequenceId = await makeSequence(database.db, at.workspaceId, { ...more, steps });
  const contactIds = await makeContacts(database.db, at.workspaceId, 1);
  const enrolment = await enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds } });
  if (!('accepted' in enrolment)) throw new Error('expected an answer at once');
  return { sequenceId, enrolmentId: enrolment.accepted[0]?.enrolmentId ?? '' };
}
async function pass(sequenceId: string): Promise<void> {
  await advanceSequence(engine, at.workspaceId, sequenceId);
  await engine.dispatcher.idle();
}
async function deliver(): Promise<void> {
  await deliverAccount(engine, at.workspaceId, at.accountId);
  await engine.dispatcher.idle();
}
/** Makes version 2 live, and takes whoever is in progress over to it. */
async function publish(sequenceId: string, steps: Step[]): Promise<void> {
  await addVersion(database.db, at.workspaceId, sequenceId, 2, { ...emptyDefinition, window: null, steps });
  await database.db.updateTable('sequences').set({ liveVersion: 2, planRevision: 2 }).where('id', '=', sequenceId).execute();
  await database.db.transaction().execute((tx) => moveInProgress(tx, at.actor, sequenceId));
}
const enrolment = (id: string) => database.db.selectFrom('enrolments').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const messages = () =>
  database.db.selectFrom('messages').selectAll().where('workspaceId', '=', at.workspaceId).orderBy('stepNumber').execute();

test('after a retry that was queued when the plan changed, people go on by the new version', async () => {
  const first = messageStep('a', at.accountId, now);
  const last = messageStep('last', at.accountId, inOneHour);
  const { sequenceId, enrolmentId } = await enrolled([first, messageStep('dropped', at.accountId, inOneHour), last]);
  await pass(sequenceId);
  expect(await messages()).toMatchObject([{ state: 'queued', stepKey: 'a' }]);
  await publish(sequenceId, [first, last]);
  answer = { kind: 'accepted', providerId: null };
  await database.setClock('2026-03-02T12:40:00Z');
  await deliver();
  expect(await messages()).toMatchObject([{ state: 'accepted', stepKey: 'a' }]);
  expect(await enrolment(enrolmentId)).toMatchObject({ version: 2, status: 'active', waitingFor: 'due', stepKey: 'last', stepNumber: 2 });
});

test('a retry for which no hour is open any more is not sent, and looked at again a day later', async () => {
  await enrolled([messageStep('a', at.accountId, now)]).then(({ sequenceId }) => pass(sequenceId));
  const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]));
  await database.db.transaction().execute(async (tx) => {
    await updateQuietHours(tx, at.workspaceId, windowSchema.parse({ weekly: week }));
    await renewRulesVersion(tx, at.workspaceId);
  });
  answer = { kind: 'accepted', providerId: null };
  await database.setClock('2026-03-02T12:40:00Z');
  await deliver();
  const [message] = await messages();
  expect(message).toMatchObject({ state: 'queued', stepKey: 'a' });
  expect(message?.nextAttemptAt?.toISOString().slice(0, 13)).toBe('2026-03-03T12');
});

test('a retry whose channel account was deleted is passed over, and the plan goes on', async () => {
  const { sequenceId, enrolmentId } = await enrolled([messageStep('a', at.accountId, now), messageStep('b', at.accountId, inOneHour)]);
  await pass(sequenceId);
  const other = await makeWorkspaceAccount();
  await publish(sequenceId, [messageStep('a', other, now), messageStep('b', other, inOneHour)]);
  await deleteAccount(database.db, at.actor, { id: at.accountId });
  await database.setClock('2026-03-02T12:40:00Z');
  await deliver();
  expect(await messages()).toMatchObject([{ state: 'skipped', reason: 'accountDeleted', stepKey: 'a' }]);
  expect(await enrolment(enrolmentId)).toMatchObject({ status: 'active', waitingFor: 'due', stepKey: 'b' });
});

test('who was held because no hour was ever allowed goes on once a new version allows one', async () => {
  const never = { weekly: {} };
  const { sequenceId, enrolmentId } = await enrolled([messageStep('a', at.accountId, now)], { window: never });
  expect(await enrolment(enrolmentId)).toMatchObject({ status: 'held', holdReason: 'neverOpens' });
  await publish(sequenceId, [messageStep('a', at.accountId, now)]);
  expect(await enrolment(enrolmentId)).toMatchObject({ status: 'active', holdReason: null, frozenWaitMs: null });
  answer = { kind: 'accepted', providerId: null };
  await pass(sequenceId);
  expect(await messages()).toMatchObject([{ state: 'accepted', stepKey: 'a' }]);
});

test('an account is deleted at once while its queue is being claimed', async () => {
  const [contactId] = await makeContacts(database.db, at.workspaceId, 1);
  const talk = {
    contactId: contactId ?? '',
    channelAccountId: at.accountId,
    direction: 'out',
    origin: 'member',
    state: 'queued',
    body: 'Oi',
  };
  const nextAttemptAt = new Date('2026-03-02T12:30:00Z');
  await database.db
    .insertInto('messages')
    .values({ ...talk, workspaceId: at.workspaceId, nextAttemptAt })
    .execute();
  let deleting: Promise<unknown> | undefined;
  const claiming: Engine = {
    ...engine,
    async takeTokens(...wanted) {
      deleting ??= deleteAccount(database.db, at.actor, { id: at.accountId });
      await Promise.race([deleting, new Promise((late) => setTimeout(late, 500))]);
      return engine.takeTokens(...wanted);
    },
  };
  await deliverAccount(claiming, at.workspaceId, at.accountId);
  expect(await deleting).toEqual({ canceledMessages: 0 });
  await deliver();
  expect(await messages()).toMatchObject([{ state: 'canceled', reason: 'channelDeleted' }]);
});

async function makeWorkspaceAccount(): Promise<string> {
  const { id } = await database.db
    .insertInto('channelAccounts')
    .values({ workspaceId: at.workspaceId, kind: 'sandbox', name: 'Outra', ratePerSecond: 1_000 })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
