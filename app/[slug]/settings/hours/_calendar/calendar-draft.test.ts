import { expect, test } from 'vitest';
import { calendarContentSchema } from '#server/domain/calendar/schema.ts';
import { withChoice, withCountry, withDates, withoutDate, withState } from './calendar-draft.ts';

const brazil = calendarContentSchema.parse({ country: 'BR', states: ['SP'], choices: { 'easter -47': true } });

test('another country leaves nothing of the states and holidays of the one before', () => {
  expect(withCountry(brazil, 'US')).toMatchObject({ country: 'US', states: [], choices: {} });
  expect(withCountry(brazil, 'BR')).toBe(brazil);
});

test('states are chosen and left in order', () => {
  const two = withState(brazil, 'CE', true);
  expect(two.states).toEqual(['CE', 'SP']);
  expect(withState(two, 'SP', false).states).toEqual(['CE']);
});

test('only what differs from the kind of a holiday is kept as a choice', () => {
  expect(withChoice(brazil, { rule: '12-25', kind: 'public' }, false).choices).toEqual({ 'easter -47': true, '12-25': false });
  expect(withChoice(brazil, { rule: 'easter -47', kind: 'optional' }, false).choices).toEqual({});
});

test('a date that is added twice comes once, in order', () => {
  const recess = { on: '2026-12-28', name: 'Recesso' };
  const both = withDates(brazil, [recess, { on: '2026-07-13', name: 'Férias' }, recess]);
  expect(both.dates.map(({ on }) => on)).toEqual(['2026-07-13', '2026-12-28']);
  expect(withoutDate(both, recess).dates.map(({ on }) => on)).toEqual(['2026-07-13']);
});
