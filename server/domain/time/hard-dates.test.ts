/** Days on which clocks do what nobody expects, without a window. Readings carry their offset; Temporal refuses one that its
 *  zone never showed, and finds each result again. Sources: the IANA tz database; product §2, §3. */
import { expect, test } from 'vitest';
import { planStep } from './plan.ts';
import { type Timing, weekdays } from './schema.ts';
import { atOnce, days, expectPlanned, hours, instantOf, LISBON, minutes, next, NY, onDate, SP, weeks } from './testing/hard-dates.ts';
import { noRules } from './testing/rules.ts';
import { planInput } from './testing/steps.ts';

type Row = readonly [what: string, zone: string, timing: Timing, anchor: string, planned: string];

/** The local time that is asked for never comes: it is read with the offset before the gap. */
const gaps: Row[] = [
  ['New York: 02:30 is 03:30', NY, days(1, '02:30'), '2026-03-07T12:00-05:00', '2026-03-08T03:30-04:00'],
  ['New York: a Sunday at 02:30', NY, next('sun', '02:30'), '2026-03-07T12:00-05:00', '2026-03-08T03:30-04:00'],
  ['New York: that date at 02:30', NY, onDate('2026-03-08', '02:30'), '2026-03-07T12:00-05:00', '2026-03-08T03:30-04:00'],
  ['São Paulo 2018: midnight is 01:00', SP, days(1, '00:00'), '2018-11-03T12:00-03:00', '2018-11-04T01:00-02:00'],
  ['São Paulo 2018: 00:30 a day later is 01:30', SP, days(1), '2018-11-03T00:30-03:00', '2018-11-04T01:30-02:00'],
  ['Santiago: the day begins at 01:00', 'America/Santiago', days(1, '00:15'), '2026-09-05T12:00-04:00', '2026-09-06T01:15-03:00'],
  ['Cairo: the day begins at 01:00', 'Africa/Cairo', days(1, '00:00'), '2026-04-23T12:00+02:00', '2026-04-24T01:00+03:00'],
  ['Beirut: the day begins at 01:00', 'Asia/Beirut', days(1, '00:30'), '2026-03-28T12:00+02:00', '2026-03-29T01:30+03:00'],
  ['Havana: the day begins at 01:00', 'America/Havana', days(1, '00:00'), '2026-03-07T12:00-05:00', '2026-03-08T01:00-04:00'],
  ['Nuuk: the day ends at 23:00', 'America/Nuuk', days(1, '23:30'), '2026-03-27T12:00-02:00', '2026-03-29T00:30-01:00'],
  ['Lisbon: 01:30 is 02:30', LISBON, days(1, '01:30'), '2026-03-28T12:00+00:00', '2026-03-29T02:30+01:00'],
  ['Dublin, where winter is the exception', 'Europe/Dublin', days(1, '01:15'), '2026-03-28T12:00+00:00', '2026-03-29T02:15+01:00'],
  ['Casablanca after Ramadan', 'Africa/Casablanca', days(1, '02:30'), '2026-03-21T12:00+00:00', '2026-03-22T03:30+01:00'],
  ['Lord Howe: half an hour', 'Australia/Lord_Howe', days(1, '02:15'), '2026-10-03T12:00+10:30', '2026-10-04T02:45+11:00'],
  ['Chatham: 02:45 is 03:45', 'Pacific/Chatham', days(1, '03:00'), '2026-09-26T12:00+12:45', '2026-09-27T04:00+13:45'],
  ['Troll: two hours', 'Antarctica/Troll', days(1, '02:00'), '2026-03-28T12:00+00:00', '2026-03-29T04:00+02:00'],
  ['Kathmandu 1986: a quarter of an hour', 'Asia/Kathmandu', days(1, '00:10'), '1985-12-31T12:00+05:30', '1986-01-01T00:25+05:45'],
  ['Monrovia 1972: seconds, too', 'Africa/Monrovia', days(1, '00:20'), '1972-01-06T12:00-00:44:30', '1972-01-07T01:04:30+00:00'],
  ['Apia never had 30 December 2011', 'Pacific/Apia', days(1, '09:00'), '2011-12-29T12:00-10:00', '2011-12-31T09:00+14:00'],
  ['Apia: nor as a date', 'Pacific/Apia', onDate('2011-12-30', '09:00'), '2011-12-29T12:00-10:00', '2011-12-31T09:00+14:00'],
  ['Kwajalein: nor 21 August 1993', 'Pacific/Kwajalein', days(1, '09:00'), '1993-08-20T12:00-12:00', '1993-08-22T09:00+12:00'],
];

/** The local time comes twice: it is its first occurrence, and happens once. */
const folds: Row[] = [
  ['New York: 01:30', NY, days(1, '01:30'), '2026-10-31T12:00-04:00', '2026-11-01T01:30-04:00'],
  ['New York: without a time of day', NY, days(1), '2026-10-31T01:30-04:00', '2026-11-01T01:30-04:00'],
  ['New York: from the second reading, the next day', NY, days(1), '2026-11-01T01:30-05:00', '2026-11-02T01:30-05:00'],
  ['New York: no days from the second reading stay there', NY, days(0), '2026-11-01T01:30:10-05:00', '2026-11-01T01:31-05:00'],
  ['New York: between the readings, next week', NY, next('sun', '01:30'), '2026-11-01T01:10-05:00', '2026-11-08T01:30-05:00'],
  ['New York: a week later', NY, weeks(1), '2026-10-25T01:30-04:00', '2026-11-01T01:30-04:00'],
  ['São Paulo 2018: 23:30', SP, days(1, '23:30'), '2018-02-16T12:00-02:00', '2018-02-17T23:30-02:00'],
  ['São Paulo 2018: from its second reading', SP, days(1, '23:30'), '2018-02-17T23:30-03:00', '2018-02-18T23:30-03:00'],
  ['Santiago: 23:30', 'America/Santiago', days(1, '23:30'), '2026-04-03T12:00-03:00', '2026-04-04T23:30-03:00'],
  ['Cairo: 23:30', 'Africa/Cairo', days(1, '23:30'), '2026-10-28T12:00+03:00', '2026-10-29T23:30+03:00'],
  ['Beirut: 23:30', 'Asia/Beirut', days(1, '23:30'), '2026-10-23T12:00+03:00', '2026-10-24T23:30+03:00'],
  ['Havana: 00:30', 'America/Havana', days(1, '00:30'), '2026-10-31T12:00-04:00', '2026-11-01T00:30-04:00'],
  ["St. John's 2010: over midnight", 'America/St_Johns', days(1, '23:30'), '2010-11-05T12:00-02:30', '2010-11-06T23:30-02:30'],
  ['Lisbon: 01:30', LISBON, days(1, '01:30'), '2026-10-24T12:00+01:00', '2026-10-25T01:30+01:00'],
  ['Lisbon: a weekend of 49 hours', LISBON, days(2), '2026-10-24T01:30+01:00', '2026-10-26T01:30+00:00'],
  ['Dublin: 01:30', 'Europe/Dublin', days(1, '01:30'), '2026-10-24T12:00+01:00', '2026-10-25T01:30+01:00'],
  ['Casablanca at the start of Ramadan', 'Africa/Casablanca', days(1, '02:30'), '2026-02-14T12:00+01:00', '2026-02-15T02:30+01:00'],
  ['Lord Howe: 01:45', 'Australia/Lord_Howe', days(1, '01:45'), '2026-04-04T12:00+11:00', '2026-04-05T01:45+11:00'],
  ['Chatham: 03:00', 'Pacific/Chatham', days(1, '03:00'), '2026-04-04T12:00+13:45', '2026-04-05T03:00+13:45'],
  ['Troll: two hours', 'Antarctica/Troll', days(1, '02:00'), '2026-10-24T12:00+02:00', '2026-10-25T02:00+02:00'],
];

/** Days keep the clock, hours and minutes keep the count. */
const counts: Row[] = [
  ['New York: 24 hours over a gap', NY, hours(24), '2026-03-07T12:00-05:00', '2026-03-08T13:00-04:00'],
  ['New York: a day over a gap', NY, days(1), '2026-03-07T12:00-05:00', '2026-03-08T12:00-04:00'],
  ['New York: 24 hours over a fold', NY, hours(24), '2026-10-31T12:00-04:00', '2026-11-01T11:00-05:00'],
  ['New York: an hour after the first reading', NY, hours(1), '2026-11-01T01:30-04:00', '2026-11-01T01:30-05:00'],
  ['New York: two hours, then the next 01:30', NY, hours(2, '01:30'), '2026-11-01T00:40-04:00', '2026-11-02T01:30-05:00'],
  ['São Paulo 2018: 24 hours', SP, hours(24), '2018-11-03T12:00-03:00', '2018-11-04T13:00-02:00'],
  ['São Paulo 2018: a day of 23 hours', SP, days(1), '2018-11-03T12:00-03:00', '2018-11-04T12:00-02:00'],
  ['Lord Howe: half an hour', 'Australia/Lord_Howe', minutes(30), '2026-10-04T01:45+10:30', '2026-10-04T02:45+11:00'],
  ['Apia: an hour over a day that never was', 'Pacific/Apia', hours(1), '2011-12-29T23:30-10:00', '2011-12-31T00:30+14:00'],
  ['Apia: ten hours, then 09:00', 'Pacific/Apia', hours(10, '09:00'), '2011-12-29T20:00-10:00', '2011-12-31T09:00+14:00'],
  [
    'Apia: the Friday after the one that never was',
    'Pacific/Apia',
    next('fri', '09:00'),
    '2011-12-29T12:00-10:00',
    '2012-01-06T09:00+14:00',
  ],
  ['Kathmandu: a day', 'Asia/Kathmandu', days(1, '00:10'), '2026-01-05T23:50+05:45', '2026-01-06T00:10+05:45'],
  ['at once is the anchor, to the millisecond', NY, atOnce, '2026-11-01T01:30:12.345-05:00', '2026-11-01T01:30:12.345-05:00'],
];

test.each(gaps)('a local time that never comes: %s, and says so', (_what, zone, timing, anchor, planned) => {
  expectPlanned({ zone, timing, anchor, planned, reasons: ['dst'] });
});
test.each(folds)('a local time that comes twice: %s', (_what, zone, timing, anchor, planned) => {
  expectPlanned({ zone, timing, anchor, planned });
});
test.each(counts)('what is counted: %s', (_what, zone, timing, anchor, planned) => {
  expectPlanned({ zone, timing, anchor, planned });
});

const daily: Timing = { kind: 'onWeekday', weekdays: [...weekdays], at: '01:30' };
/** [what, zone, timing, start, each time]: one step after the other, each from the one before. */
const series: [string, string, Timing, string, string[]][] = [
  [
    'each weekday over a fold',
    NY,
    daily,
    '2026-10-31T01:30-04:00',
    ['2026-11-01T01:30-04:00', '2026-11-02T01:30-05:00', '2026-11-03T01:30-05:00'],
  ],
  ['a day apart over a fold', NY, days(1, '01:30'), '2026-10-31T01:30-04:00', ['2026-11-01T01:30-04:00', '2026-11-02T01:30-05:00']],
  ['a day apart at 23:30', SP, days(1, '23:30'), '2018-02-16T23:30-02:00', ['2018-02-17T23:30-02:00', '2018-02-18T23:30-03:00']],
  ['a day apart over a gap, its hour kept', NY, days(1), '2026-03-07T01:30-05:00', ['2026-03-08T01:30-05:00', '2026-03-09T01:30-04:00']],
];
test.each(series)('happens once a day: %s', (_what, zone, timing, start, times) => {
  let at = instantOf(start, zone).getTime();
  for (const time of times) {
    const plan = planStep(planInput({ ...noRules, zone, timing, at, enrolledAt: at, ifPast: undefined, fields: {} }));
    expect(plan).toMatchObject({ kind: 'due', dueAt: instantOf(time, zone) });
    at = instantOf(time, zone).getTime();
  }
});
