/** Days of the calendar that are easily counted wrong: ends of months, leap days, birthdays, the same minute, the past. */
import { describe, expect, test } from 'vitest';
import { isExpired, planStep } from './plan.ts';
import type { Timing } from './schema.ts';
import { around, days, expectPlanned, hours, instantOf, next, NY, office, onDate, SP, weeks } from './testing/hard-dates.ts';
import { noRules } from './testing/rules.ts';
import { planInput } from './testing/steps.ts';

type Row = readonly [what: string, zone: string, timing: Timing, anchor: string, planned: string];

const calendar: Row[] = [
  ['a day after 31 January', SP, days(1), '2026-01-31T10:00-03:00', '2026-02-01T10:00-03:00'],
  ['thirty days after 31 January', SP, days(30), '2026-01-31T10:00-03:00', '2026-03-02T10:00-03:00'],
  ['thirty days after 31 January of a leap year', SP, days(30), '2028-01-31T10:00-03:00', '2028-03-01T10:00-03:00'],
  ['four weeks after 31 January', SP, weeks(4), '2026-01-31T10:00-03:00', '2026-02-28T10:00-03:00'],
  ['the end of a common February', 'UTC', days(1, '09:00'), '2026-02-28T12:00+00:00', '2026-03-01T09:00+00:00'],
  ['the end of a leap February', 'UTC', days(1, '09:00'), '2028-02-28T12:00+00:00', '2028-02-29T09:00+00:00'],
  ['the last day of a leap February', SP, days(1), '2028-02-28T10:00-03:00', '2028-02-29T10:00-03:00'],
  ['a leap day as a date', SP, onDate('2028-02-29', '08:00'), '2026-11-23T10:00-03:00', '2028-02-29T08:00-03:00'],
  ['a year of days after a leap day', SP, days(365), '2028-02-29T10:00-03:00', '2029-02-28T10:00-03:00'],
  ['2000 was a leap year', 'UTC', days(1), '2000-02-28T10:00+00:00', '2000-02-29T10:00+00:00'],
  ['the turn of the year', SP, days(1, '00:00'), '2026-12-31T23:59-03:00', '2027-01-01T00:00-03:00'],
  ['a week over the turn of the year', SP, weeks(1), '2026-12-25T10:00-03:00', '2027-01-01T10:00-03:00'],
  ['a weekday later in the week', SP, next('fri', '09:00'), '2026-11-23T10:00-03:00', '2026-11-27T09:00-03:00'],
  ['the same weekday later today', SP, next('mon', '15:00'), '2026-11-23T10:00-03:00', '2026-11-23T15:00-03:00'],
  ['strictly after: the same minute is next week', SP, next('mon', '10:00'), '2026-11-23T10:00-03:00', '2026-11-30T10:00-03:00'],
  ['strictly after: so is the minute that has begun', SP, next('mon', '10:00'), '2026-11-23T10:00:12-03:00', '2026-11-30T10:00-03:00'],
  ['a millisecond before it is today', SP, next('mon', '10:00'), '2026-11-23T09:59:59.999-03:00', '2026-11-23T10:00-03:00'],
];
test.each(calendar)('%s', (_what, zone, timing, anchor, planned) => {
  expectPlanned({ zone, timing, anchor, planned });
});

/** [what, field, timing, anchor, planned]: around a date that the contact carries. */
const fields: [string, string, Timing, string, string][] = [
  ['three days before a date', '2026-12-10', around(-3, 'days', '09:00'), '2026-11-23T10:00-03:00', '2026-12-07T09:00-03:00'],
  ['two weeks after a date', '2026-12-10', around(2, 'weeks', '09:00'), '2026-11-23T10:00-03:00', '2026-12-24T09:00-03:00'],
  ['a week before 7 March of a leap year', '2028-03-07', around(-1, 'weeks', '09:00'), '2028-01-10T10:00-03:00', '2028-02-29T09:00-03:00'],
  ['an instant is its local date', '2026-12-10T01:00:00Z', around(0, 'days', '09:00'), '2026-11-23T10:00-03:00', '2026-12-09T09:00-03:00'],
  ['a birthday that was this year', '05-20', around(0, 'days', '09:00'), '2026-11-23T10:00-03:00', '2027-05-20T09:00-03:00'],
  ['a birthday today, later', '11-23', around(0, 'days', '15:00'), '2026-11-23T10:00-03:00', '2026-11-23T15:00-03:00'],
  ['a birthday at this very minute', '11-23', around(0, 'days', '10:00'), '2026-11-23T10:00:12-03:00', '2026-11-23T10:00-03:00'],
  ['a week before a birthday in January', '--01-03', around(-7, 'days', '09:00'), '2026-11-23T10:00-03:00', '2026-12-27T09:00-03:00'],
  ['a month after a birthday in December', '12-20', around(30, 'days', '09:00'), '2027-01-10T10:00-03:00', '2027-01-19T09:00-03:00'],
  ['born on a leap day: a common year', '02-29', around(0, 'days', '09:00'), '2026-11-23T10:00-03:00', '2027-02-28T09:00-03:00'],
  ['born on a leap day: a leap year', '--02-29', around(0, 'days', '09:00'), '2027-11-23T10:00-03:00', '2028-02-29T09:00-03:00'],
  [
    'born on a leap day: the day after, in a common year',
    '02-29',
    around(1, 'days', '09:00'),
    '2026-11-23T10:00-03:00',
    '2027-03-01T09:00-03:00',
  ],
  [
    'born on a leap day: the day after, in a leap year',
    '02-29',
    around(1, 'days', '09:00'),
    '2027-11-23T10:00-03:00',
    '2028-03-01T09:00-03:00',
  ],
];
test.each(fields)('%s', (_what, date, timing, anchor, planned) => {
  expectPlanned({ zone: SP, timing, anchor, planned, fields: { date } });
});

test('an instant in Kathmandu is the date that its clocks show', () => {
  const given = { zone: 'Asia/Kathmandu', timing: around(0, 'days', '09:00'), fields: { date: '2026-12-10T18:30:00Z' } };
  expectPlanned({ ...given, anchor: '2026-12-01T09:00+05:45', planned: '2026-12-11T09:00+05:45' });
});

describe('from the enrolment', () => {
  const enrolled = '2026-03-05T10:00-05:00';
  const later = '2026-03-07T12:00-05:00';

  test('days keep the clock of the enrolment over a change of clocks', () => {
    const timing: Timing = { kind: 'after', amount: 7, unit: 'days', from: 'enrolment' };
    expectPlanned({ zone: NY, timing, enrolled, anchor: later, planned: '2026-03-12T10:00-04:00' });
  });
  test('hours are counted from it', () => {
    const timing: Timing = { kind: 'after', amount: 100, unit: 'hours', from: 'enrolment' };
    expectPlanned({ zone: NY, timing, enrolled, anchor: later, planned: '2026-03-09T15:00-04:00' });
  });
  test('what has passed by the time its step comes is sent at once, where the step says so', () => {
    const timing: Timing = { kind: 'after', amount: 1, unit: 'days', from: 'enrolment' };
    const given = { zone: NY, timing, enrolled, anchor: later, planned: '2026-03-06T10:00-05:00', ifPast: 'sendNow' as const };
    expectPlanned({ ...given, due: later, reasons: ['past'] });
  });
});

describe('the past', () => {
  const date = onDate('2026-11-01', '01:30');
  const anchor = '2026-11-01T01:10-05:00';
  const planned = '2026-11-01T01:30-04:00';

  test('the minute that has begun is not past', () => {
    const timing = onDate('2026-11-23', '10:00');
    expectPlanned({ zone: SP, timing, anchor: '2026-11-23T10:00:59-03:00', planned: '2026-11-23T10:00-03:00' });
  });
  test('between two readings of an hour, the first one is past: sent now, left out, or the end', () => {
    expectPlanned({ zone: NY, timing: date, anchor, planned, ifPast: 'sendNow', due: anchor, reasons: ['past'] });
    const at = instantOf(anchor, NY).getTime();
    const step = { ...noRules, zone: NY, timing: date, at, enrolledAt: at, fields: {} };
    const plannedAt = instantOf(planned, NY);
    expect(planStep(planInput({ ...step, ifPast: undefined }))).toEqual({ kind: 'past', plannedAt, action: 'skip' });
    expect(planStep(planInput({ ...step, ifPast: 'exit' }))).toEqual({ kind: 'past', plannedAt, action: 'exit' });
  });
});

describe('what a step may wait, its expiry,', () => {
  test('is counted in minutes that pass, also over an hour that comes twice', () => {
    const plannedAt = instantOf('2026-11-01T01:30-04:00', NY);
    expect(isExpired({ expiresAfterMinutes: 60 }, plannedAt, instantOf('2026-11-01T01:30-05:00', NY))).toBe(false);
    expect(isExpired({ expiresAfterMinutes: 60 }, plannedAt, instantOf('2026-11-01T01:31-05:00', NY))).toBe(true);
  });
  test('passes over a weekend', () => {
    const given = { zone: SP, timing: hours(9), anchor: '2026-11-27T12:00-03:00', sequence: office, reasons: ['window'] as const };
    expectPlanned({ ...given, planned: '2026-11-27T21:00-03:00', due: '2026-11-30T09:00-03:00' });
    const [plannedAt, dueAt] = [instantOf('2026-11-27T21:00-03:00', SP), instantOf('2026-11-30T09:00-03:00', SP)];
    expect(isExpired({ expiresAfterMinutes: 60 * 60 }, plannedAt, dueAt)).toBe(false);
    expect(isExpired({ expiresAfterMinutes: 60 * 60 - 1 }, plannedAt, dueAt)).toBe(true);
  });
});
