import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { DomainError } from '#server/platform/errors.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '../engine/testing.ts';
import { runOperation } from '../operations/run-operation.ts';
import { enrolContacts } from './enrol-contacts.ts';
import { controlEnrolments } from './control-enrolments.ts';

const database = useTestDatabase();
let at: TestWorkspace;
beforeEach(async () => {
  await database.setClock('2026-03-02T12:00:30Z');
  at = await makeWorkspace(database.db);
});

const inTwoDays = { kind: 'after', amount: 2, unit: 'days', at: '09:30' } as const;
const sequenceOf = (more: object = {}): Promise<string> =>
  makeSequence(database.db, at.workspaceId, { steps: [messageStep('a', at.accountId, inTwoDays)], ...more });

test('an enrolment gets the due time of its first step, in its own zone and with the origin of that zone', async () => {
  const sequenceId = await sequenceOf();
  const [contactId = ''] = await makeContacts(database.db, at.workspaceId, 1, 'Europe/Lisbon');
  const answer = await enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds: [contactId] } });
  expect(answer).toMatchObject({ accepted: [{ contactId }], refused: [] });
  const row = await database.db.selectFrom('enrolments').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({
    status: 'active',
    stepKey: 'a',
    stepNumber: 1,
    timeZone: 'Europe/Lisbon',
    timeZoneOrigin: 'set',
    version: 1,
  });
  expect(row.dueAt?.toISOString()).toBe('2026-03-04T09:30:00.000Z');
});

test('contacts who are in already, unknown or without an address are refused with the reason', async () => {
  const sequenceId = await sequenceOf();
  const [known = '', active = '', mute = ''] = await makeContacts(database.db, at.workspaceId, 3);
  await database.db.updateTable('contacts').set({ phone: null, email: null }).where('id', '=', mute).execute();
  await enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds: [active] } });
  const stranger = crypto.randomUUID();
  const answer = await enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds: [known, active, stranger, mute] } });
  if ('operationId' in answer) throw new Error('expected an answer at once');
  expect(answer.accepted.map((row) => row.contactId)).toEqual([known]);
  expect(Object.fromEntries(answer.refused.map((row) => [row.contactId, row.reason]))).toEqual({
    [active]: 'alreadyActive',
    [stranger]: 'notFound',
    [mute]: 'noAddress',
  });
});

test('re-entry follows the policy of the sequence', async () => {
  const [contactId = ''] = await makeContacts(database.db, at.workspaceId, 1);
  const enter = async (sequenceId: string): Promise<string | undefined> => {
    const answer = await enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds: [contactId] } });
    return 'refused' in answer ? answer.refused[0]?.reason : undefined;
  };
  const leave = (sequenceId: string) => controlEnrolments(database.db, at.actor, { filter: { sequenceId } }, { control: 'remove' });
  const never = await sequenceOf({ reentry: { policy: 'never', coolDownDays: 0 } });
  const cool = await sequenceOf({ reentry: { policy: 'afterExit', coolDownDays: 7 } });
  for (const sequenceId of [never, cool]) {
    expect(await enter(sequenceId)).toBeUndefined();
    await leave(sequenceId);
  }
  expect(await enter(never)).toBe('noReentry');
  expect(await enter(cool)).toBe('coolDown');
  await database.advanceClock(8 * 86_400_000);
  expect(await enter(cool)).toBeUndefined();
});

test('many enrolling the same contact at once make one enrolment', async () => {
  const sequenceId = await sequenceOf();
  const contactIds = await makeContacts(database.db, at.workspaceId, 50);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds } })),
  );
  const accepted = answers.flatMap((answer) => ('accepted' in answer ? answer.accepted : []));
  expect(accepted).toHaveLength(50);
  const { count } = await database.db
    .selectFrom('enrolments')
    .select(sql<number>`count(*)`.as('count'))
    .where('workspaceId', '=', at.workspaceId)
    .executeTakeFirstOrThrow();
  expect(count).toBe(50);
});

test('parallel runs of one contact need different keys', async () => {
  const sequenceId = await sequenceOf();
  const contactIds = await makeContacts(database.db, at.workspaceId, 1);
  for (const key of ['invoice-1', 'invoice-2']) {
    expect(await enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds }, key })).toMatchObject({ refused: [] });
  }
});

test('a repeated request with its idempotency key is answered as before, and another request with that key is refused', async () => {
  const sequenceId = await sequenceOf();
  const contactIds = await makeContacts(database.db, at.workspaceId, 2);
  const request = { sequenceId, target: { contactIds }, idempotencyKey: 'once' };
  const first = await enrolContacts(database.db, at.actor, request);
  expect(await enrolContacts(database.db, at.actor, request)).toEqual(first);
  const other = enrolContacts(database.db, at.actor, { ...request, target: { contactIds: contactIds.slice(1) } });
  await expect(other).rejects.toBeInstanceOf(DomainError);
});

test('a filter becomes an operation that a worker applies in chunks', async () => {
  const sequenceId = await sequenceOf();
  await makeContacts(database.db, at.workspaceId, 4_500);
  const answer = await enrolContacts(database.db, at.actor, { sequenceId, target: { filter: {} } });
  if (!('operationId' in answer)) throw new Error('expected an operation');
  await runOperation(database.db, at.workspaceId, answer.operationId);
  const operation = await database.db.selectFrom('operations').selectAll().where('id', '=', answer.operationId).executeTakeFirstOrThrow();
  expect(operation).toMatchObject({ status: 'done', total: 4_500, done: 4_500, accepted: 4_500, error: null });
});

test('a sequence of another workspace is not found', async () => {
  const sequenceId = await sequenceOf();
  const elsewhere = await makeWorkspace(database.db);
  const contactIds = await makeContacts(database.db, elsewhere.workspaceId, 1);
  await expect(enrolContacts(database.db, elsewhere.actor, { sequenceId, target: { contactIds } })).rejects.toMatchObject({
    code: 'notFound',
  });
});
