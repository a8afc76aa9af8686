/** Windows on days when clocks change, over midnight, and around days that are closed. Readings carry their offset; each result
 *  is inside by Temporal, and no allowed minute lies before it. */
import { describe, test } from 'vitest';
import type { MoveReason } from './plan.ts';
import type { Timing } from './schema.ts';
import {
  atOnce,
  businessDays,
  days,
  everyDay,
  expectPlanned,
  hours,
  LISBON,
  minutes,
  NY,
  office,
  onlyOn,
  SP,
} from './testing/hard-dates.ts';
import type { Rules } from './testing/rules.ts';

const open = (...blocks: [string, string][]): Partial<Rules> => ({ sequence: everyDay(...blocks) });
const inOffice: Partial<Rules> = { sequence: office };
const onFridayNight: Partial<Rules> = { sequence: onlyOn('fri', ['22:00', '02:00']) };
const onSundayNight: Partial<Rules> = { sequence: onlyOn('sun', ['22:00', '02:00']) };

/** The same instant twice: it is inside, and stays. */
type Opening = readonly [what: string, zone: string, rules: Partial<Rules>, from: string, to: string];

const openings: Opening[] = [
  ['a day that starts at 01:00', SP, open(['00:00', '06:00']), '2018-11-03T22:00-03:00', '2018-11-04T01:00-02:00'],
  ['a block inside a gap opens the next day', NY, open(['02:15', '02:45']), '2026-03-08T01:00-05:00', '2026-03-09T02:15-04:00'],
  ['a block over a gap opens after it', NY, open(['02:30', '04:00']), '2026-03-08T01:00-05:00', '2026-03-08T03:00-04:00'],
  ['a block that ends in a gap ends before it', NY, open(['01:00', '02:30']), '2026-03-08T03:00-04:00', '2026-03-09T01:00-04:00'],
  ['a second reading is judged by itself', NY, open(['01:00', '01:30']), '2026-11-01T01:45-04:00', '2026-11-01T01:00-05:00'],
  ['so is the end of a night', NY, open(['22:00', '01:30']), '2026-11-01T01:35-04:00', '2026-11-01T01:00-05:00'],
  ['a night over a missing midnight', 'America/Santiago', open(['23:30', '00:30']), '2026-09-06T01:00-03:00', '2026-09-06T23:30-03:00'],
  [
    'a day that Apia never had',
    'Pacific/Apia',
    { sequence: onlyOn('fri', ['09:00', '10:00']) },
    '2011-12-29T12:00-10:00',
    '2012-01-06T09:00+14:00',
  ],
  ['half an hour on Lord Howe', 'Australia/Lord_Howe', open(['02:00', '02:30']), '2026-10-04T01:00+10:30', '2026-10-05T02:00+11:00'],
  ['the start of Ramadan', 'Africa/Casablanca', open(['02:00', '02:15']), '2026-02-15T02:30+01:00', '2026-02-15T02:00+00:00'],
  ['Lisbon over an autumn weekend', LISBON, inOffice, '2026-10-23T18:30+01:00', '2026-10-26T09:00+00:00'],
  ['Kathmandu', 'Asia/Kathmandu', inOffice, '2026-01-05T08:00+05:45', '2026-01-05T09:00+05:45'],
  ['Chatham', 'Pacific/Chatham', inOffice, '2026-09-25T19:00+12:45', '2026-09-28T09:00+13:45'],
  // Bucharest changed its clocks at midnight UTC on 29 March 1981.
  [
    'clocks that change at midnight UTC',
    'Europe/Bucharest',
    { sequence: onlyOn('fri', ['00:00', '24:00']) },
    '1981-03-28T23:59:59.999+02:00',
    '1981-04-03T00:00+03:00',
  ],
  ['a night belongs to the day it opens', 'UTC', onFridayNight, '2026-01-10T01:59+00:00', '2026-01-10T01:59+00:00'],
  ['and not to the one after', 'UTC', onFridayNight, '2026-01-09T01:00+00:00', '2026-01-09T22:00+00:00'],
  ['Sunday night runs into Monday', 'UTC', onSundayNight, '2026-01-05T01:00+00:00', '2026-01-05T01:00+00:00'],
  ['and ends there', 'UTC', onSundayNight, '2026-01-05T02:00+00:00', '2026-01-11T22:00+00:00'],
];
test.each(openings)('%s', (_what, zone, rules, from, to) => {
  expectPlanned({ zone, timing: atOnce, anchor: from, planned: from, due: to, reasons: from === to ? [] : ['window'], ...rules });
});

type Stay = readonly [what: string, zone: string, rules: Partial<Rules>, timing: Timing, anchor: string, planned: string];

const stays: Stay[] = [
  ['after midnight is still Friday night', SP, onFridayNight, hours(1), '2026-11-28T00:00-03:00', '2026-11-28T01:00-03:00'],
  ['Sunday night runs into Monday', SP, onSundayNight, hours(2), '2026-11-29T23:30-03:00', '2026-11-30T01:30-03:00'],
  ['over a fold a night is an hour longer', NY, open(['22:00', '02:00']), hours(2), '2026-11-01T00:30-04:00', '2026-11-01T01:30-05:00'],
  ['over the midnight that São Paulo skipped', SP, open(['22:00', '02:00']), hours(1), '2018-11-03T23:30-03:00', '2018-11-04T01:30-02:00'],
  [
    'a closed day that never was closes nothing',
    'Pacific/Apia',
    { closedDates: ['2011-12-30'] },
    hours(1),
    '2011-12-29T23:30-10:00',
    '2011-12-31T00:30+14:00',
  ],
];
test.each(stays)('%s', (_what, zone, rules, timing, anchor, planned) => {
  expectPlanned({ zone, timing, anchor, planned, ...rules });
});

type Move = readonly [...Stay, due: string, reasons: readonly MoveReason[]];

const christmas = { ...inOffice, closedDates: ['2026-12-25'] };
const carnival = { ...inOffice, closedDates: ['2027-02-08', '2027-02-09'] };
const moves: Move[] = [
  [
    '02:30 does not come, so 03:00 is outside',
    NY,
    open(['22:00', '02:30']),
    hours(1),
    '2026-03-08T01:00-05:00',
    '2026-03-08T03:00-04:00',
    '2026-03-08T22:00-04:00',
    ['window'],
  ],
  [
    'half past midnight is skipped, and outside',
    'America/Santiago',
    open(['23:30', '00:30']),
    minutes(30),
    '2026-09-05T23:45-04:00',
    '2026-09-06T01:15-03:00',
    '2026-09-06T23:30-03:00',
    ['window'],
  ],
  [
    'a time that does not exist, and is closed',
    NY,
    open(['09:00', '18:00']),
    days(1, '02:30'),
    '2026-03-07T12:00-05:00',
    '2026-03-08T03:30-04:00',
    '2026-03-08T09:00-04:00',
    ['dst', 'window'],
  ],
  [
    'quiet hours over a fold',
    LISBON,
    { quietHours: everyDay(['21:00', '08:00']) },
    atOnce,
    '2026-10-24T23:30+01:00',
    '2026-10-24T23:30+01:00',
    '2026-10-25T08:00+00:00',
    ['quietHours'],
  ],
  [
    'Christmas on a Friday: to Monday',
    SP,
    christmas,
    days(1),
    '2026-12-24T14:00-03:00',
    '2026-12-25T14:00-03:00',
    '2026-12-28T09:00-03:00',
    ['window', 'holiday'],
  ],
  [
    'the evening before Christmas: to Monday',
    SP,
    christmas,
    atOnce,
    '2026-12-24T19:00-03:00',
    '2026-12-24T19:00-03:00',
    '2026-12-28T09:00-03:00',
    ['window', 'holiday'],
  ],
  [
    'Carnival: from Friday evening to Ash Wednesday',
    SP,
    carnival,
    atOnce,
    '2027-02-05T18:00-03:00',
    '2027-02-05T18:00-03:00',
    '2027-02-10T09:00-03:00',
    ['window', 'holiday'],
  ],
  [
    'a holiday alone: to the midnight after it',
    SP,
    { closedDates: ['2026-12-25'] },
    days(1),
    '2026-12-24T15:00-03:00',
    '2026-12-25T15:00-03:00',
    '2026-12-26T00:00-03:00',
    ['holiday'],
  ],
  [
    'a holiday before a day that begins at 01:00',
    'America/Havana',
    { closedDates: ['2026-03-07'] },
    days(1),
    '2026-03-06T15:00-05:00',
    '2026-03-07T15:00-05:00',
    '2026-03-08T01:00-04:00',
    ['holiday'],
  ],
  [
    'a closed Sunday ends Saturday night at midnight',
    SP,
    { ...open(['22:00', '02:00']), closedDates: ['2026-11-29'] },
    hours(5),
    '2026-11-28T20:00-03:00',
    '2026-11-29T01:00-03:00',
    '2026-11-30T00:00-03:00',
    ['holiday'],
  ],
];
test.each(moves)('%s', (_what, zone, rules, timing, anchor, planned, due, reasons) => {
  expectPlanned({ zone, timing, anchor, planned, due, reasons, ...rules });
});

describe('business days', () => {
  const holidays = { ...inOffice, closedDates: ['2026-12-25', '2027-01-01'] };
  const nights = { sequence: { weekly: { ...onlyOn('thu', ['22:00', '02:00']).weekly, ...onFridayNight.sequence?.weekly } } };
  const counted: Stay[] = [
    ['three over Christmas and a weekend', SP, christmas, businessDays(3, '09:30'), '2026-12-22T14:00-03:00', '2026-12-28T09:30-03:00'],
    ['three over Christmas, the clock kept', SP, christmas, businessDays(3), '2026-12-23T14:00-03:00', '2026-12-29T14:00-03:00'],
    [
      'six over Christmas and New Year are twelve days',
      SP,
      holidays,
      businessDays(6, '10:00'),
      '2026-12-23T15:00-03:00',
      '2027-01-04T10:00-03:00',
    ],
    ['one over Carnival', SP, carnival, businessDays(1, '10:00'), '2027-02-05T15:00-03:00', '2027-02-10T10:00-03:00'],
    ['one from a Saturday is Monday', SP, inOffice, businessDays(1, '10:00'), '2026-11-28T15:00-03:00', '2026-11-30T10:00-03:00'],
    ['none is made by the end of a night', SP, nights, businessDays(1, '23:00'), '2026-11-27T12:00-03:00', '2026-12-03T23:00-03:00'],
    [
      'one that never was is not counted',
      'Pacific/Apia',
      inOffice,
      businessDays(2, '09:00'),
      '2011-12-28T12:00-10:00',
      '2012-01-02T09:00+14:00',
    ],
  ];
  test.each(counted)('%s', (_what, zone, rules, timing, anchor, planned) => {
    expectPlanned({ zone, timing, anchor, planned, ...rules });
  });
});
