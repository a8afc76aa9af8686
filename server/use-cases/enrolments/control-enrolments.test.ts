import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { Definition, Step } from '#server/domain/definition/schema.ts';
import type { EnrolmentControl, EnrolmentFilter } from '#server/domain/operation.ts';
import { advanceSequence } from '../engine/advance-sequence.ts';
import { deliverAccount } from '../engine/deliver-account.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { maintainWorkspace } from '../engine/maintain-workspace.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '../engine/testing.ts';
import { runOperation } from '../operations/run-operation.ts';
import { controlEnrolments } from './control-enrolments.ts';
import { enrolContacts } from './enrol-contacts.ts';

const database = useTestDatabase();
const office = {
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00'] as [string, string]]])),
};
const inTwoDays: Step['timing'] = { kind: 'after', amount: 2, unit: 'days' };
const at = (text: string) => new Date(text);
/** A Monday, 09:30 in São Paulo. */
const monday = '2026-03-02T12:30:00Z';

let space: TestWorkspace;
let engine: Engine;
beforeEach(async () => {
  await database.setClock(monday);
  space = await makeWorkspace(database.db);
  engine = createEngine(database.db, {
    senders: () => Promise.resolve({ send: () => Promise.resolve({ kind: 'accepted', providerId: null }) }),
  });
});

async function enrolled(more: Partial<Definition> = {}): Promise<{ sequenceId: string; id: string }> {
  const steps = ['a', 'b', 'c'].map((key) => messageStep(key, space.accountId, inTwoDays));
  const sequenceId = await makeSequence(database.db, space.workspaceId, { window: office, ...more, steps });
  const contactIds = await makeContacts(database.db, space.workspaceId, 1);
  const answer = await enrolContacts(database.db, space.actor, { sequenceId, target: { contactIds } });
  if (!('accepted' in answer)) throw new Error('expected an answer at once');
  return { sequenceId, id: answer.accepted[0]?.enrolmentId ?? '' };
}
const control = (id: string, what: EnrolmentControl) => controlEnrolments(database.db, space.actor, { ids: [id] }, what);
const enrolment = (id: string) => database.db.selectFrom('enrolments').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const lastEvent = async (id: string) =>
  (await database.db.selectFrom('enrolmentEvents').selectAll().where('enrolmentId', '=', id).orderBy('id').execute()).at(-1);
const messages = () =>
  database.db.selectFrom('messages').selectAll().where('workspaceId', '=', space.workspaceId).orderBy('stepNumber').execute();
async function pass(sequenceId: string): Promise<void> {
  await advanceSequence(engine, space.workspaceId, sequenceId);
  await engine.dispatcher.idle();
}

test('a step that is skipped is not sent, and the next one counts from that moment', async () => {
  const { id } = await enrolled();
  await database.setClock('2026-03-02T14:00:00Z');
  expect(await control(id, { control: 'skipStep' })).toEqual({ accepted: [{ enrolmentId: id }], refused: [] });
  const row = await enrolment(id);
  expect(row).toMatchObject({ stepKey: 'b', stepNumber: 2 });
  expect(row.dueAt?.toISOString().slice(0, 16)).toBe('2026-03-04T14:01');
  expect(await lastEvent(id)).toMatchObject({ kind: 'skipped', stepKey: 'a', reasons: ['member'] });
  expect(await messages()).toMatchObject([{ stepKey: 'a', state: 'skipped', reason: 'member' }]);
});

test('skipping the last step completes the enrolment', async () => {
  const { id } = await enrolled();
  for (let n = 0; n < 3; n++) await control(id, { control: 'skipStep' });
  expect(await enrolment(id)).toMatchObject({ status: 'ended', exitReason: 'completed' });
  expect(await control(id, { control: 'skipStep' })).toMatchObject({ accepted: [], refused: [{ reason: 'alreadyEnded' }] });
});

test('sent now goes now inside of its hours, and at the next opening outside of them', async () => {
  const { id, sequenceId } = await enrolled();
  await control(id, { control: 'sendNow', force: false });
  await pass(sequenceId);
  expect(await messages()).toMatchObject([{ stepKey: 'a', state: 'accepted' }]);
  await database.setClock('2026-03-02T22:00:00Z');
  await control(id, { control: 'sendNow', force: false });
  expect(await enrolment(id)).toMatchObject({ dueAt: at('2026-03-03T09:00:00-03:00'), moveReasons: ['member', 'window'] });
  await pass(sequenceId);
  expect(await messages()).toHaveLength(1);
});

test('forced, it goes outside of its hours, which the ledger says with who did it', async () => {
  const { id, sequenceId } = await enrolled();
  await database.setClock('2026-03-02T23:00:00Z');
  await control(id, { control: 'sendNow', force: true });
  expect(await lastEvent(id)).toMatchObject({ kind: 'rescheduled', reasons: ['member', 'forced'], actorKind: 'system' });
  await pass(sequenceId);
  expect(await messages()).toMatchObject([{ stepKey: 'a', state: 'accepted' }]);
  const next = await enrolment(id);
  expect(next).toMatchObject({ stepKey: 'b', dueAt: at('2026-03-05T09:00:00-03:00') });
  expect(next.moveReasons).not.toContain('forced');
});

test('a moved person waits for that step from now on, under a new number', async () => {
  const { id } = await enrolled();
  await control(id, { control: 'moveTo', stepKey: 'c' });
  expect(await enrolment(id)).toMatchObject({ stepKey: 'c', stepNumber: 2 });
  expect(await lastEvent(id)).toMatchObject({ kind: 'stepChanged', stepKey: 'c', details: { fromStepKey: 'a' } });
  expect(await control(id, { control: 'moveTo', stepKey: 'nowhere' })).toMatchObject({ refused: [{ reason: 'unknownStep' }] });
});

test('a step that was sent is sent again when somebody is moved back to it', async () => {
  const { id, sequenceId } = await enrolled();
  await control(id, { control: 'sendNow', force: false });
  await pass(sequenceId);
  await control(id, { control: 'moveTo', stepKey: 'a' });
  await control(id, { control: 'sendNow', force: false });
  await pass(sequenceId);
  expect(await messages()).toMatchObject([
    { stepKey: 'a', stepNumber: 1, state: 'accepted' },
    { stepKey: 'a', stepNumber: 3, state: 'accepted' },
  ]);
});

test('another time is kept inside of the hours; one that has passed is refused in words', async () => {
  const { id } = await enrolled();
  await control(id, { control: 'reschedule', at: '2026-03-07T15:00:00-03:00' });
  expect(await enrolment(id)).toMatchObject({
    plannedAt: at('2026-03-07T15:00:00-03:00'),
    dueAt: at('2026-03-09T09:00:00-03:00'),
    moveReasons: ['member', 'window'],
  });
  await expect(control(id, { control: 'reschedule', at: '2026-03-01T15:00:00-03:00' })).rejects.toMatchObject({
    code: 'invalid',
    details: { field: 'at', reason: 'timePassed' },
  });
});

test('a pause with an end goes on by itself, with what remained of the wait', async () => {
  const { id } = await enrolled();
  await control(id, { control: 'pause', until: '2026-03-10T12:30:00Z' });
  expect(await enrolment(id)).toMatchObject({ status: 'paused', pausedUntil: at('2026-03-10T12:30:00Z') });
  expect(await control(id, { control: 'pause', until: '2026-03-10T12:30:00Z' })).toMatchObject({ refused: [{ reason: 'alreadyPaused' }] });
  await maintainWorkspace(database.db, space.workspaceId);
  expect(await enrolment(id)).toMatchObject({ status: 'paused' });
  await database.setClock('2026-03-10T12:30:00Z');
  await maintainWorkspace(database.db, space.workspaceId);
  const row = await enrolment(id);
  expect(row).toMatchObject({ status: 'active', pausedUntil: null });
  expect(row.dueAt?.toISOString().slice(0, 13)).toBe('2026-03-12T12');
  expect(await lastEvent(id)).toMatchObject({ kind: 'resumed', actorKind: 'system' });
});

test('who is paused keeps a frozen wait after a skip, and cannot be sent to now', async () => {
  const { id } = await enrolled();
  await control(id, { control: 'pause' });
  expect(await control(id, { control: 'sendNow', force: true })).toMatchObject({ refused: [{ reason: 'paused' }] });
  await control(id, { control: 'skipStep' });
  expect(await enrolment(id)).toMatchObject({ status: 'paused', stepKey: 'b', frozenWaitMs: expect.any(Number) });
});

test('forced, somebody whom the hours held goes on, with no wait left over', async () => {
  const { id, sequenceId } = await enrolled({ window: { weekly: {} } });
  expect(await enrolment(id)).toMatchObject({ status: 'held', holdReason: 'neverOpens' });
  expect(await control(id, { control: 'sendNow', force: false })).toMatchObject({ refused: [{ reason: 'neverOpens' }] });
  await control(id, { control: 'sendNow', force: true });
  expect(await enrolment(id)).toMatchObject({ status: 'active', holdReason: null, frozenWaitMs: null });
  await pass(sequenceId);
  expect(await messages()).toMatchObject([{ stepKey: 'a', state: 'accepted' }]);
});

test('what is under way is refused', async () => {
  const { id } = await enrolled();
  await database.db.updateTable('enrolments').set({ waitingFor: 'delivery' }).where('id', '=', id).execute();
  for (const what of [{ control: 'skipStep' }, { control: 'sendNow', force: true }, { control: 'moveTo', stepKey: 'c' }] as const) {
    expect(await control(id, what)).toMatchObject({ accepted: [], refused: [{ enrolmentId: id, reason: 'underWay' }] });
  }
});

test('a control over all that a filter means is an operation beyond a thousand', async () => {
  const { sequenceId } = await enrolled();
  const everybody = await makeContacts(database.db, space.workspaceId, 1_400);
  for (const part of [everybody.slice(0, 700), everybody.slice(700)]) {
    await enrolContacts(database.db, space.actor, { sequenceId, target: { contactIds: part } });
  }
  const answer = await controlEnrolments(database.db, space.actor, { filter: { sequenceId } }, { control: 'moveTo', stepKey: 'c' });
  if (!('operationId' in answer)) throw new Error('expected an operation');
  await runOperation(database.db, space.workspaceId, answer.operationId);
  const steps = await database.db.selectFrom('enrolments').select('stepKey').distinct().where('sequenceId', '=', sequenceId).execute();
  expect(steps).toEqual([{ stepKey: 'c' }]);
});

test.each(['sent', 'again'] as const)('a member says of an unknown message: %s', async (as) => {
  const { sequenceId, id } = await enrolled({ window: null });
  const sent: string[] = [];
  const answers = ['unknown', 'accepted'] as const;
  engine = createEngine(database.db, {
    senders: () =>
      Promise.resolve({
        send: (message) => {
          sent.push(message.id);
          const kind = answers[sent.length - 1] ?? 'accepted';
          return Promise.resolve(kind === 'unknown' ? { kind, code: 'timeout', message: 'no answer' } : { kind, providerId: null });
        },
      }),
  });
  await database.setClock('2026-03-04T12:31:00Z');
  await pass(sequenceId);
  expect(await enrolment(id)).toMatchObject({ status: 'held', holdReason: 'unknownDelivery', waitingFor: 'unknown' });
  await database.setClock('2026-03-04T14:00:00Z');
  expect(await control(id, { control: 'resolveUnknown', as })).toMatchObject({ accepted: [{ enrolmentId: id }] });
  expect(await lastEvent(id)).toMatchObject({ kind: 'resolved', reasons: [as === 'sent' ? 'wasSent' : 'sendAgain'] });
  if (as === 'again') {
    await deliverAccount(engine, space.workspaceId, space.accountId);
    await engine.dispatcher.idle();
  }
  expect(sent).toHaveLength(as === 'sent' ? 1 : 2);
  expect(await messages()).toMatchObject([{ stepKey: 'a', state: 'accepted' }]);
  const row = await enrolment(id);
  expect(row).toMatchObject({ status: 'active', stepKey: 'b', stepNumber: 2, waitingFor: 'due' });
  // From when it was claimed, or from when it was accepted at last.
  expect(row.dueAt?.toISOString().slice(0, 15)).toBe(as === 'sent' ? '2026-03-06T12:3' : '2026-03-06T14:0');
  expect(await control(id, { control: 'resolveUnknown', as })).toMatchObject({ refused: [{ reason: 'notUnknown' }] });
});

test('controls by filter reach those whom a search, an exit or a number means, and nobody else', async () => {
  const { sequenceId, id } = await enrolled();
  const [other] = await makeContacts(database.db, space.workspaceId, 1);
  await database.db
    .updateTable('contacts')
    .set({ name: 'Zuleide Ávila' })
    .where('id', '=', other ?? '')
    .execute();
  const answer = await enrolContacts(database.db, space.actor, { sequenceId, target: { contactIds: [other ?? ''] } });
  const zuleide = 'accepted' in answer ? answer.accepted[0]?.enrolmentId : null;
  const pause = (filter: EnrolmentFilter) => controlEnrolments(database.db, space.actor, { filter }, { control: 'pause' });
  expect(await pause({ sequenceId, search: 'avila' })).toEqual({ accepted: [{ enrolmentId: zuleide }], refused: [] });
  await control(id, { control: 'remove' });
  expect(await pause({ sequenceId, exitReason: 'removed' })).toEqual({
    accepted: [],
    refused: [{ enrolmentId: id, reason: 'alreadyEnded' }],
  });
  expect(await pause({ sequenceId, step: { key: 'a', metric: 'sent' } })).toEqual({ accepted: [], refused: [] });
  expect(await pause({ sequenceId, step: { key: 'a', metric: 'waiting' } })).toMatchObject({ refused: [{ reason: 'alreadyPaused' }] });
});
