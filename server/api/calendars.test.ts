import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { systemActor } from '#server/auth/actor.ts';
import { definitionOf } from '#server/domain/definition/testing.ts';
import { ensureSandboxAccount } from '#server/use-cases/channels/ensure-sandbox-account.ts';
import { messageStep } from '#server/use-cases/engine/testing.ts';
import { appRouter } from './root.ts';
import { createCaller } from './trpc.ts';

const database = useTestDatabase();
const callerOf = (id: string) => createCaller(appRouter)({ db: database.db, actor: systemActor(id) });
let api: ReturnType<typeof callerOf>;
let workspaceId = '';

beforeEach(async () => {
  await database.setClock('2026-11-26T12:00:00Z');
  await database.db.deleteFrom('workspaces').execute();
  const row = await database.db.insertInto('workspaces').values({ slug: 'acme', name: 'Acme' }).returning('id').executeTakeFirstOrThrow();
  workspaceId = row.id;
  api = callerOf(workspaceId);
});

test('a calendar tells what comes next, and shows every day of two years with why it is closed', async () => {
  const { id } = await api.calendars.create({ name: 'Feriados de São Paulo', country: 'BR', states: ['SP'] });
  const listed = await api.calendars.list();
  expect(listed.items).toMatchObject([
    {
      id,
      name: 'Feriados de São Paulo',
      country: 'BR',
      states: ['SP'],
      ownDates: 0,
      revision: 1,
      sequences: [],
      next: [
        { on: '2026-12-25', name: 'Natal' },
        { on: '2027-01-01', name: 'Ano-Novo' },
        { on: '2027-03-26', name: 'Sexta-feira Santa' },
      ],
    },
  ]);
  const { days } = await api.calendars.preview({ id });
  expect(new Set(days.map(({ on }) => on.slice(0, 4)))).toEqual(new Set(['2026', '2027']));
  expect(days.filter(({ on }) => on === '2027-07-09')).toMatchObject([{ origin: 'state', states: ['SP'], closed: true }]);
  expect(days.filter(({ on }) => on === '2027-02-09')).toMatchObject([{ name: 'Carnaval', kind: 'optional', closed: false }]);
});

test('a preview works before anything is stored, for the years asked for', async () => {
  const { days } = await api.calendars.preview({ country: 'BR', choices: { 'easter -47': true }, firstYear: 2030, lastYear: 2030 });
  expect(days.find(({ rule }) => rule === 'easter -47')).toMatchObject({ on: '2030-03-05', closed: true });
  await expect(api.calendars.preview({ country: 'BR', firstYear: 2031, lastYear: 2030 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('what is left out of an update stays, and a newer calendar is a conflict', async () => {
  const { id } = await api.calendars.create({ name: 'Feriados', country: 'BR', dates: [{ on: '2026-12-28', name: 'Recesso' }] });
  await api.calendars.update({ id, revision: 1, states: ['RJ'] });
  const calendar = await api.calendars.get({ id });
  expect(calendar).toMatchObject({
    name: 'Feriados',
    revision: 2,
    content: { country: 'BR', states: ['RJ'], dates: [{ on: '2026-12-28' }] },
  });
  await expect(api.calendars.update({ id, revision: 1, states: [] })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('places that are not known and names that are taken are refused with their field', async () => {
  await api.calendars.create({ name: 'Feriados', country: 'BR' });
  await expect(api.calendars.create({ name: 'feriados' })).rejects.toMatchObject({
    code: 'CONFLICT',
    cause: { details: { field: 'name' } },
  });
  await expect(api.calendars.create({ name: 'A', country: 'ZZ' })).rejects.toMatchObject({ cause: { details: { field: 'country' } } });
  await expect(api.calendars.create({ name: 'A', country: 'BR', states: ['XX'] })).rejects.toMatchObject({
    cause: { details: { field: 'states', unknown: ['XX'] } },
  });
  const { items, home } = await api.calendars.places({ country: 'BR' });
  expect(items).toContainEqual({ code: 'CE', name: 'Ceará' });
  expect(home).toBe('BR');
});

test('an iCalendar file is read before anything is stored; another file is refused in words', async () => {
  const text = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'DTSTART;VALUE=DATE:20261228',
    'SUMMARY:Recesso',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  expect(await api.calendars.readIcs({ text: text.join('\r\n') })).toEqual({ dates: [{ on: '2026-12-28', name: 'Recesso' }], refused: [] });
  await expect(api.calendars.readIcs({ text: 'nome;telefone' })).rejects.toMatchObject({ message: expect.stringContaining('.ics') });
});

test('a sequence goes by its calendar: published, simulated with the reason, and refused once the calendar is gone', async () => {
  const channelAccountId = await database.db.transaction().execute((tx) => ensureSandboxAccount(tx, systemActor(workspaceId).workspaceId));
  const { id: calendarId } = await api.calendars.create({ name: 'Feriados', country: 'BR' });
  const steps = [messageStep('a', channelAccountId, { kind: 'after', amount: 1, unit: 'days', at: '09:00' }, 'Oi')];
  const definition = definitionOf(steps, { calendarId });
  const { id } = await api.sequences.create({ name: 'Natal', definition });
  expect(await api.sequences.publish({ id })).toEqual({ version: 1 });
  const simulated = await api.sequences.simulate({ sequenceId: id, zone: 'America/Sao_Paulo', startAt: '2026-12-24T15:00:00Z' });
  expect(simulated.steps).toMatchObject([
    {
      plannedAt: '2026-12-26T03:00:00.000Z',
      movedFrom: '2026-12-25T12:00:00.000Z',
      reasons: ['holiday'],
      holidays: [{ on: '2026-12-25', name: 'Natal' }],
    },
  ]);
  expect((await api.calendars.list()).items[0]?.sequences).toEqual([{ id, name: 'Natal' }]);
  const elsewhere = await api.sequences.validate({ definition: { ...definition, calendarId: crypto.randomUUID() } });
  expect(elsewhere.problems).toMatchObject([{ code: 'unknownCalendar', path: 'calendarId' }]);
});

test('quiet hours are set and cleared with the workspace', async () => {
  const quietHours = { weekly: { mon: [['22:00', '08:00'] as [string, string]] } };
  await api.workspace.update({ quietHours });
  expect((await api.workspace.get()).quietHours).toEqual(quietHours);
  await api.workspace.update({ quietHours: null });
  expect((await api.workspace.get()).quietHours).toBeNull();
});
