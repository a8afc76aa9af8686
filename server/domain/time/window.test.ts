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
  ['without rules all is open', {}, 'UTC', '2026-01-04T03:00:00Z', '2026-01-04T03:00:00Z'],
  ['a window without blocks never opens', { sequence: { weekly: {} } }, 'UTC', '2026-01-04T03:00:00Z', null],
  [
    'an empty intersection never opens',
    { sequence: everyDay(['08:00', '12:00']), step: everyDay(['12:00', '13:00']) },
    'UTC',
    '2026-01-04T03:00:00Z',
    null,
  ],
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
