import { beforeEach, expect, test } from 'vitest';
import { lockSequence } from '#db/queries/sequence-plans.ts';
import { renewRulesVersion } from '#db/queries/workspace-rules.ts';
import { updateQuietHours } from '#db/queries/workspaces.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { SendResult } from '#server/channels/channel.ts';
import { type Definition, emptyDefinition, type Step } from '#server/domain/definition/schema.ts';
import { calendarContentSchema } from '#server/domain/calendar/schema.ts';
import { updateContact } from '../contacts/update-contact.ts';
import { advanceSequence } from '../engine/advance-sequence.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '../engine/testing.ts';
import { controlEnrolments } from '../enrolments/control-enrolments.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { runOperation } from '../operations/run-operation.ts';
import { changeWorkspace } from '../workspace/change-workspace.ts';
import { createCalendar } from './create-calendar.ts';
import { deleteCalendar } from './delete-calendar.ts';
import { updateCalendar } from './update-calendar.ts';

const database = useTestDatabase();
const everyDay = (from: string, to: string) => ({
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [[from, to] as [string, string]]])),
});
const office = everyDay('09:00', '18:00');
const tomorrowAtTen: Step['timing'] = { kind: 'after', amount: 1, unit: 'days', at: '10:00' };
const at = (text: string) => new Date(text).toISOString();
/** A Monday, 09:30 in São Paulo. */
const monday = '2026-03-02T12:30:00Z';

let space: TestWorkspace;
let answer: () => Promise<SendResult>;
let engine: Engine;
beforeEach(async () => {
  await database.setClock(monday);
  space = await makeWorkspace(database.db);
  answer = () => Promise.resolve({ kind: 'accepted', providerId: null });
  engine = createEngine(database.db, { senders: () => Promise.resolve({ send: () => answer() }) });
});

async function enrolled(steps: Step[], more: Partial<Definition> = {}, zone: string | null = null) {
  const sequenceId = await makeSequence(database.db, space.workspaceId, { window: office, ...more, steps });
  const contactIds = await makeContacts(database.db, space.workspaceId, 1, zone);
  const done = await enrolContacts(database.db, space.actor, { sequenceId, target: { contactIds } });
  if (!('accepted' in done)) throw new Error('expected an answer at once');
  return { sequenceId, contactId: contactIds[0] ?? '', enrolmentId: done.accepted[0]?.enrolmentId ?? '' };
}
const message = (timing: Step['timing'], key = 'a') => messageStep(key, space.accountId, timing);
const newCalendar = (dates: { on: string; name: string }[]) =>
  createCalendar(database.db, space.actor, { name: `C ${crypto.randomUUID()}`, content: calendarContentSchema.parse({ dates }) });
const setDates = (id: string, dates: { on: string; name: string }[]) =>
  updateCalendar(database.db, space.actor, { id, content: { dates } });
const quiet = (quietHours: Definition['window']) => changeWorkspace(database.db, space.actor, { quietHours });
const enrolment = (id: string) => database.db.selectFrom('enrolments').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const dueAt = async (id: string) => (await enrolment(id)).dueAt?.toISOString();
const events = (id: string) => database.db.selectFrom('enrolmentEvents').selectAll().where('enrolmentId', '=', id).orderBy('id').execute();
async function pass(sequenceId: string): Promise<void> {
  await advanceSequence(engine, space.workspaceId, sequenceId);
  await engine.dispatcher.idle();
}

test('a date that is closed moves who waits for it, and opening it again moves them back, each with its reason', async () => {
  const { id } = await newCalendar([]);
  const { enrolmentId } = await enrolled([message(tomorrowAtTen)], { calendarId: id });
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-03T10:00:00-03:00'));
  expect(await setDates(id, [{ on: '2026-03-03', name: 'Folga' }])).toEqual({ sequences: 1, operationId: null });
  expect(await enrolment(enrolmentId)).toMatchObject({ moveReasons: ['window', 'holiday'] });
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-04T09:00:00-03:00'));
  await setDates(id, []);
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-03T10:00:00-03:00'));
  expect(await events(enrolmentId)).toMatchObject([
    { kind: 'rescheduled', reasons: ['rulesChanged', 'window', 'holiday'], toAt: new Date('2026-03-04T09:00:00-03:00') },
    { kind: 'rescheduled', reasons: ['rulesChanged'], toAt: new Date('2026-03-03T10:00:00-03:00') },
  ]);
});

test('a calendar touches only the sequences that go by it', async () => {
  const { id } = await newCalendar([]);
  const { enrolmentId } = await enrolled([message(tomorrowAtTen)]);
  expect(await setDates(id, [{ on: '2026-03-03', name: 'Folga' }])).toEqual({ sequences: 0, operationId: null });
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-03T10:00:00-03:00'));
  expect(await events(enrolmentId)).toEqual([]);
});

test('business days are counted anew when a holiday comes between', async () => {
  const { id } = await newCalendar([]);
  const inTwo: Step['timing'] = { kind: 'after', amount: 2, unit: 'businessDays', at: '10:00' };
  const { enrolmentId } = await enrolled([message(inTwo)], { calendarId: id });
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-04T10:00:00-03:00'));
  await setDates(id, [{ on: '2026-03-03', name: 'Folga' }]);
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-05T10:00:00-03:00'));
});

test('quiet hours move who waits inside of them, and nothing leaves in them', async () => {
  const { sequenceId, enrolmentId } = await enrolled([message(tomorrowAtTen)]);
  await quiet(everyDay('08:00', '14:00'));
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-03T14:00:00-03:00'));
  await database.setClock('2026-03-03T10:30:00-03:00');
  await pass(sequenceId);
  expect(await enrolment(enrolmentId)).toMatchObject({ stepKey: 'a', status: 'active' });
  await database.setClock('2026-03-03T14:00:00-03:00');
  await pass(sequenceId);
  expect(await enrolment(enrolmentId)).toMatchObject({ exitReason: 'completed' });
});

test('quiet hours that leave a sequence in use no hour are refused by name, and nothing changes', async () => {
  const { enrolmentId } = await enrolled([message(tomorrowAtTen)]);
  await expect(quiet(everyDay('08:00', '20:00'))).rejects.toMatchObject({ code: 'conflict', details: { reason: 'neverOpens' } });
  await expect(quiet(everyDay('00:00', '24:00'))).rejects.toMatchObject({ code: 'invalid', details: { field: 'quietHours' } });
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-03T10:00:00-03:00'));
  expect(await database.db.selectFrom('workspaces').select('quietHours').where('id', '=', space.workspaceId).executeTakeFirst()).toEqual({
    quietHours: null,
  });
});

test('a message under way keeps going, and what follows is planned by the rules of now', async () => {
  const { sequenceId, enrolmentId } = await enrolled([message({ kind: 'immediately' }), message(tomorrowAtTen, 'b')]);
  let letGo: (() => void) | undefined;
  const sent = new Promise<void>((resolve) => {
    answer = async () => {
      resolve();
      await new Promise<void>((go) => (letGo = go));
      return { kind: 'accepted', providerId: null };
    };
  });
  const passing = advanceSequence(engine, space.workspaceId, sequenceId);
  await sent;
  await quiet(everyDay('08:00', '14:00'));
  letGo?.();
  await passing;
  await engine.dispatcher.idle();
  expect(await enrolment(enrolmentId)).toMatchObject({ stepKey: 'b', waitingFor: 'due', moveReasons: ['quietHours'] });
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-03T14:00:00-03:00'));
});

test('a time that a member chose stays, inside of the hours of now', async () => {
  const { enrolmentId } = await enrolled([message(tomorrowAtTen)]);
  await controlEnrolments(database.db, space.actor, { ids: [enrolmentId] }, { control: 'reschedule', at: at('2026-03-05T11:00:00-03:00') });
  await quiet(everyDay('08:00', '10:30'));
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-05T11:00:00-03:00'));
  await quiet(everyDay('08:00', '14:00'));
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-05T14:00:00-03:00'));
  expect(await enrolment(enrolmentId)).toMatchObject({ moveReasons: ['member', 'quietHours'] });
});

test('who was paused is planned by the rules of now when resumed', async () => {
  const { enrolmentId } = await enrolled([message(tomorrowAtTen)]);
  await controlEnrolments(database.db, space.actor, { ids: [enrolmentId] }, { control: 'pause' });
  await quiet(everyDay('08:00', '14:00'));
  await controlEnrolments(database.db, space.actor, { ids: [enrolmentId] }, { control: 'resume' });
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-03T14:00:00-03:00'));
});

test('a contact whose zone is corrected is never written to at night there', async () => {
  const { contactId, enrolmentId } = await enrolled([message(tomorrowAtTen)], {}, 'America/Sao_Paulo');
  await updateContact(database.db, space.actor, { id: contactId, timeZone: 'Asia/Tokyo' });
  expect(await enrolment(enrolmentId)).toMatchObject({ timeZone: 'Asia/Tokyo', timeZoneOrigin: 'set' });
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-03T10:00:00+09:00'));
  expect(await events(enrolmentId)).toMatchObject([{ kind: 'rescheduled', reasons: ['zoneChanged'] }]);
});

test('a zone that the phone told and somebody confirms counts as set, and moves nothing', async () => {
  const { contactId, enrolmentId } = await enrolled([message(tomorrowAtTen)]);
  await updateContact(database.db, space.actor, { id: contactId, phone: '11987654321' });
  expect(await enrolment(enrolmentId)).toMatchObject({ timeZone: 'America/Sao_Paulo', timeZoneOrigin: 'phone' });
  await updateContact(database.db, space.actor, { id: contactId, timeZone: 'America/Sao_Paulo' });
  expect(await enrolment(enrolmentId)).toMatchObject({ timeZone: 'America/Sao_Paulo', timeZoneOrigin: 'set' });
  expect(await dueAt(enrolmentId)).toBe(at('2026-03-03T10:00:00-03:00'));
});

test('the zone of the workspace is followed by contacts without their own, and by nobody else', async () => {
  const follows = await enrolled([message(tomorrowAtTen)]);
  const own = await enrolled([message(tomorrowAtTen)], {}, 'Europe/Lisbon');
  const fixed = await enrolled([message(tomorrowAtTen)], { zone: { iana: 'Asia/Tokyo' } });
  const before = [await dueAt(own.enrolmentId), await dueAt(fixed.enrolmentId)];
  await changeWorkspace(database.db, space.actor, { timeZone: 'America/Manaus' });
  expect(await enrolment(follows.enrolmentId)).toMatchObject({ timeZone: 'America/Manaus', timeZoneOrigin: 'workspace' });
  expect(await dueAt(follows.enrolmentId)).toBe(at('2026-03-03T10:00:00-04:00'));
  expect([await dueAt(own.enrolmentId), await dueAt(fixed.enrolmentId)]).toEqual(before);
});

test('who enters while the rules change is planned by the new ones', async () => {
  const sequenceId = await makeSequence(database.db, space.workspaceId, { window: office, steps: [message(tomorrowAtTen)] });
  const contactIds = await makeContacts(database.db, space.workspaceId, 1);
  const locked = Promise.withResolvers<void>();
  const changed = Promise.withResolvers<void>();
  const changing = database.db.transaction().execute(async (tx) => {
    await updateQuietHours(tx, space.workspaceId, everyDay('08:00', '14:00'));
    await renewRulesVersion(tx, space.workspaceId);
    await lockSequence(tx, space.workspaceId, sequenceId);
    locked.resolve();
    await changed.promise;
  });
  await locked.promise;
  const entering = enrolContacts(database.db, space.actor, { sequenceId, target: { contactIds } });
  await expect.poll(() => database.waitingForLocks()).toBe(1);
  changed.resolve();
  await changing;
  await entering;
  const { dueAt: due } = await database.db
    .selectFrom('enrolments')
    .select('dueAt')
    .where('sequenceId', '=', sequenceId)
    .executeTakeFirstOrThrow();
  expect(due?.toISOString()).toBe(at('2026-03-03T14:00:00-03:00'));
});

test('over a thousand people are planned anew by an operation, whose end leaves nobody by the old rules', async () => {
  const { id } = await newCalendar([]);
  const sequenceId = await makeSequence(database.db, space.workspaceId, {
    window: office,
    calendarId: id,
    steps: [message(tomorrowAtTen)],
  });
  const everybody = await makeContacts(database.db, space.workspaceId, 2_100);
  for (let n = 0; n < 3; n++) {
    const contactIds = everybody.slice(n * 700, n * 700 + 700);
    await enrolContacts(database.db, space.actor, { sequenceId, target: { contactIds } });
  }
  const { operationId } = await setDates(id, [{ on: '2026-03-03', name: 'Folga' }]);
  await runOperation(database.db, space.workspaceId, operationId ?? '');
  const dues = await database.db
    .selectFrom('enrolments')
    .select(['dueAt', (eb) => eb.fn.countAll<number>().as('count')])
    .where('sequenceId', '=', sequenceId)
    .groupBy('dueAt')
    .execute();
  expect(dues).toEqual([{ dueAt: new Date('2026-03-04T09:00:00-03:00'), count: 2_100 }]);
});

test('a calendar in use is not deleted, and says by whom it is used', async () => {
  const { id } = await newCalendar([]);
  const { sequenceId } = await enrolled([message(tomorrowAtTen)], { calendarId: id });
  await expect(deleteCalendar(database.db, space.actor, { id })).rejects.toMatchObject({
    code: 'conflict',
    details: { sequences: [{ id: sequenceId, name: 'Boas-vindas' }] },
  });
  const draft = JSON.stringify({ ...emptyDefinition, calendarId: null });
  await database.db.updateTable('sequences').set({ draft }).where('id', '=', sequenceId).execute();
  await controlEnrolments(database.db, space.actor, { filter: { sequenceId } }, { control: 'remove' });
  await expect(deleteCalendar(database.db, space.actor, { id })).rejects.toMatchObject({ code: 'conflict' });
  const free = await newCalendar([]);
  await deleteCalendar(database.db, space.actor, free);
  await expect(deleteCalendar(database.db, space.actor, free)).rejects.toMatchObject({ code: 'notFound' });
});
