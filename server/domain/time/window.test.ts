import { describe, expect, test } from 'vitest';
import type { Window } from './schema.ts';
import { closingRules, compileWindow, firstAllowedInstant, isInside } from './window.ts';

const weekdaysOnly = (...blocks: [string, string][]): Window => ({
  weekly: { mon: blocks, tue: blocks, wed: blocks, thu: blocks, fri: blocks },
});
const everyDay = (...blocks: [string, string][]): Window => ({
  weekly: { mon: blocks, tue: blocks, wed: blocks, thu: blocks, fri: blocks, sat: blocks, sun: blocks },
});
const office = weekdaysOnly(['09:00', '12:00'], ['13:00', '18:00']);

/** [what, parts, zone, from, to]: offsets are written out, so that the local hour can be read. */
const cases: [string, Parameters<typeof compileWindow>[0], string, string, string | null][] = [
  ['inside stays', { sequence: office }, 'America/Sao_Paulo', '2026-11-23T10:00:30-03:00', '2026-11-23T10:00:30-03:00'],
  ['the start is inside', { sequence: office }, 'America/Sao_Paulo', '2026-11-23T09:00:00-03:00', '2026-11-23T09:00:00-03:00'],
  ['the end is outside', { sequence: office }, 'America/Sao_Paulo', '2026-11-23T12:00:00-03:00', '2026-11-23T13:00:00-03:00'],
  ['Friday evening moves to Monday', { sequence: office }, 'America/Sao_Paulo', '2026-11-27T18:00:00-03:00', '2026-11-30T09:00:00-03:00'],
  ['24:00 closes at midnight', { sequence: everyDay(['20:00', '24:00']) }, 'UTC', '2026-01-05T23:59:59Z', '2026-01-05T23:59:59Z'],
  ['after 24:00 the next block', { sequence: everyDay(['20:00', '24:00']) }, 'UTC', '2026-01-06T00:00:00Z', '2026-01-06T20:00:00Z'],
  [
    'an overnight block belongs to the day it opens',
    { sequence: { weekly: { fri: [['22:00', '02:00']] } } },
    'UTC',
    '2026-01-10T01:59:00Z',
    '2026-01-10T01:59:00Z',
  ],
  [
    'and not to the one after',
    { sequence: { weekly: { fri: [['22:00', '02:00']] } } },
    'UTC',
    '2026-01-09T01:00:00Z',
    '2026-01-09T22:00:00Z',
  ],
  [
    'Sunday night runs into Monday',
    { sequence: { weekly: { sun: [['22:00', '02:00']] } } },
    'UTC',
    '2026-01-05T01:00:00Z',
    '2026-01-05T01:00:00Z',
  ],
  [
    'quiet hours cut the window',
    { sequence: office, quietHours: everyDay(['17:00', '10:00']) },
    'UTC',
    '2026-01-05T17:00:00Z',
    '2026-01-06T10:00:00Z',
  ],
  [
    'a step window cuts it too',
    { sequence: office, step: { weekly: { wed: [['11:00', '14:00']] } } },
    'UTC',
    '2026-01-05T09:00:00Z',
    '2026-01-07T11:00:00Z',
  ],
  [
    'a closed date is passed over',
    { sequence: office, closedDates: ['2026-12-25'] },
    'America/Sao_Paulo',
    '2026-12-24T19:00:00-03:00',
    '2026-12-28T09:00:00-03:00',
  ],
  ['without rules all is open', {}, 'UTC', '2026-01-04T03:00:00Z', '2026-01-04T03:00:00Z'],
  ['a window without blocks never opens', { sequence: { weekly: {} } }, 'UTC', '2026-01-04T03:00:00Z', null],
  [
    'an empty intersection never opens',
    { sequence: everyDay(['08:00', '12:00']), step: everyDay(['12:00', '13:00']) },
    'UTC',
    '2026-01-04T03:00:00Z',
    null,
  ],
  // Midnight of 4 November 2018 did not exist in São Paulo.
  [
    'a day that starts at 01:00',
    { sequence: everyDay(['00:00', '06:00']) },
    'America/Sao_Paulo',
    '2018-11-03T22:00:00-03:00',
    '2018-11-04T01:00:00-02:00',
  ],
  // New York: 02:00 to 03:00 does not exist on 8 March 2026, 01:00 to 02:00 comes twice on 1 November 2026.
  [
    'a block inside a gap opens the next day',
    { sequence: everyDay(['02:15', '02:45']) },
    'America/New_York',
    '2026-03-08T01:00:00-05:00',
    '2026-03-09T02:15:00-04:00',
  ],
  [
    'a block over a gap opens after it',
    { sequence: everyDay(['02:30', '04:00']) },
    'America/New_York',
    '2026-03-08T01:00:00-05:00',
    '2026-03-08T03:00:00-04:00',
  ],
  [
    'the second reading of an hour is judged by itself',
    { sequence: everyDay(['01:00', '01:30']) },
    'America/New_York',
    '2026-11-01T01:45:00-04:00',
    '2026-11-01T01:00:00-05:00',
  ],
  ['Lisbon in autumn', { sequence: office }, 'Europe/Lisbon', '2026-10-23T18:30:00+01:00', '2026-10-26T09:00:00+00:00'],
  [
    'half an hour of DST on Lord Howe',
    { sequence: everyDay(['02:00', '02:30']) },
    'Australia/Lord_Howe',
    '2026-10-04T01:00:00+10:30',
    '2026-10-05T02:00:00+11:00',
  ],
  [
    'a day that Apia never had',
    { sequence: { weekly: { fri: [['09:00', '10:00']] } } },
    'Pacific/Apia',
    '2011-12-29T12:00:00-10:00',
    '2012-01-06T09:00:00+14:00',
  ],
  // Bucharest changed its clocks at midnight UTC on 29 March 1981.
  [
    'a change of clocks at midnight UTC',
    { sequence: { weekly: { fri: [['00:00', '24:00']] } } },
    'Europe/Bucharest',
    '1981-03-28T21:59:59.999Z',
    '1981-04-03T00:00:00+03:00',
  ],
  ['Kathmandu', { sequence: office }, 'Asia/Kathmandu', '2026-01-05T08:00:00+05:45', '2026-01-05T09:00:00+05:45'],
];

describe('firstAllowedInstant', () => {
  test.each(cases)('%s', (_what, parts, zone, from, to) => {
    const window = compileWindow(parts);
    const found = firstAllowedInstant(new Date(from), window, zone);
    expect(found?.toISOString() ?? null).toBe(to === null ? null : new Date(to).toISOString());
    if (found) expect(isInside(found, window, zone)).toBe(true);
  });

  test('a year of closed dates is a null, not a wait', () => {
    const closedDates = Array.from({ length: 400 }, (_, i) => new Date(Date.UTC(2026, 0, i)).toISOString().slice(0, 10));
    expect(firstAllowedInstant(new Date('2026-01-01T00:00:00Z'), compileWindow({ closedDates }), 'UTC')).toBeNull();
  });
});

test('the rules that close an instant are named', () => {
  const window = compileWindow({
    sequence: office,
    step: everyDay(['10:00', '11:00']),
    quietHours: everyDay(['20:00', '08:00']),
    closedDates: ['2026-01-05'],
  });
  expect(closingRules(new Date('2026-01-05T21:00:00Z'), window, 'UTC')).toEqual(['window', 'stepWindow', 'quietHours', 'holiday']);
  expect(closingRules(new Date('2026-01-06T10:30:00Z'), window, 'UTC')).toEqual([]);
});
