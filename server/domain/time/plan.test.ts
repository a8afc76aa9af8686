import { describe, expect, test } from 'vitest';
import { anchorAfter, isExpired, moveIntoWindow, type PlanInput, planStep } from './plan.ts';
import type { Timing, Window } from './schema.ts';
import { compileWindow } from './window.ts';

const office: Window = {
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00']]])),
};
const SP = 'America/Sao_Paulo';

function plan(timing: Timing, anchorAt: string, zone: string, more: Partial<PlanInput> = {}, ifPast?: 'sendNow' | 'skip' | 'exit') {
  const anchor = new Date(anchorAt);
  return planStep({
    step: { timing, ifPast },
    anchorAt: anchor,
    enrolledAt: anchor,
    zone,
    window: compileWindow({}),
    fields: {},
    ...more,
  });
}
const due = (plannedAt: string, dueAt = plannedAt, reasons: string[] = []) => ({
  kind: 'due',
  plannedAt: new Date(plannedAt),
  dueAt: new Date(dueAt),
  reasons,
});
const after = (amount: number, unit: 'minutes' | 'hours' | 'days' | 'weeks' | 'businessDays', at?: string): Timing =>
  at === undefined ? { kind: 'after', amount, unit } : { kind: 'after', amount, unit, at };

/** [what, timing, anchor, planned] in São Paulo, with an always open window. */
const waits: [string, Timing, string, string][] = [
  ['at once is the anchor itself', { kind: 'immediately' }, '2026-11-23T10:00:12.345-03:00', '2026-11-23T10:00:12.345-03:00'],
  ['minutes are rounded up to the minute', after(10, 'minutes'), '2026-11-23T10:00:12-03:00', '2026-11-23T10:11:00-03:00'],
  ['days with a time of day', after(2, 'days', '09:30'), '2026-11-23T22:10:00-03:00', '2026-11-25T09:30:00-03:00'],
  ['weeks', after(2, 'weeks'), '2026-11-23T10:00:00-03:00', '2026-12-07T10:00:00-03:00'],
  ['a date', { kind: 'onDate', date: '2026-12-24', at: '08:00' }, '2026-11-23T10:00:00-03:00', '2026-12-24T08:00:00-03:00'],
  [
    'hours and a time of day: that time after the wait',
    after(6, 'hours', '09:00'),
    '2026-11-23T10:00:00-03:00',
    '2026-11-24T09:00:00-03:00',
  ],
];

test.each(waits)('%s', (_what, timing, anchor, planned) => {
  expect(plan(timing, anchor, SP)).toEqual(due(planned));
});

describe('into the window', () => {
  const window = compileWindow({ sequence: office, closedDates: ['2026-12-25'] });

  test('a weekend moves to Monday at opening, and the window is why', () => {
    expect(plan(after(2, 'days'), '2026-11-26T14:00:00-03:00', SP, { window })).toEqual(
      due('2026-11-28T14:00:00-03:00', '2026-11-30T09:00:00-03:00', ['window']),
    );
  });
  test('at once, but closed: the first opening', () => {
    expect(plan({ kind: 'immediately' }, '2026-11-29T12:00:07-03:00', SP, { window })).toEqual(
      due('2026-11-29T12:00:07-03:00', '2026-11-30T09:00:00-03:00', ['window']),
    );
  });
  test('a window that never opens is a typed answer', () => {
    const never = compileWindow({ sequence: { weekly: {} } });
    expect(plan(after(1, 'days'), '2026-11-29T12:00:00-03:00', SP, { window: never })).toEqual({ kind: 'neverOpens' });
    expect(plan(after(1, 'businessDays'), '2026-11-29T12:00:00-03:00', SP, { window: never })).toEqual({ kind: 'neverOpens' });
  });
  test('what is found closed at its claim moves to the next opening', () => {
    expect(moveIntoWindow(new Date('2026-11-27T18:00:00-03:00'), window, SP)).toEqual({
      dueAt: new Date('2026-11-30T09:00:00-03:00'),
      reasons: ['window'],
    });
    expect(moveIntoWindow(new Date('2026-11-27T17:59:59-03:00'), window, SP)).toBeNull();
  });
});

describe('dates that have passed', () => {
  const timing: Timing = { kind: 'onDate', date: '2026-11-20', at: '09:00' };
  const anchor = '2026-11-23T10:00:12-03:00';

  test('are skipped, unless the step says otherwise', () => {
    const plannedAt = new Date('2026-11-20T09:00:00-03:00');
    expect(plan(timing, anchor, SP)).toEqual({ kind: 'past', plannedAt, action: 'skip' });
    expect(plan(timing, anchor, SP, {}, 'exit')).toEqual({ kind: 'past', plannedAt, action: 'exit' });
  });
  test('sendNow sends at the anchor, inside the window', () => {
    expect(plan(timing, anchor, SP, {}, 'sendNow')).toEqual(due('2026-11-20T09:00:00-03:00', anchor, ['past']));
    expect(plan(timing, '2026-11-28T10:00:00-03:00', SP, { window: compileWindow({ sequence: office }) }, 'sendNow')).toEqual(
      due('2026-11-20T09:00:00-03:00', '2026-11-30T09:00:00-03:00', ['past', 'window']),
    );
  });
  test('a wait from the enrolment can be past by the time its step comes', () => {
    const enrolledAt = new Date('2026-11-10T10:00:00-03:00');
    const step: Timing = { kind: 'after', amount: 1, unit: 'days', from: 'enrolment' };
    expect(plan(step, anchor, SP, { enrolledAt })).toMatchObject({ kind: 'past', action: 'skip' });
    expect(plan({ ...step, amount: 14 }, anchor, SP, { enrolledAt })).toEqual(due('2026-11-24T10:00:00-03:00'));
  });
});

describe('around a date in a field', () => {
  const before = (amount: number): Timing => ({ kind: 'relativeToField', field: 'date', amount, unit: 'days', at: '09:00' });
  const anchor = '2026-11-23T10:00:00-03:00';
  const withDate = (date: unknown) => ({ fields: { date } });

  test('no date, or none that can be read, passes the step over', () => {
    expect(plan(before(0), anchor, SP)).toEqual({ kind: 'skip', reason: 'missingField' });
    expect(plan(before(0), anchor, SP, withDate('soon'))).toEqual({ kind: 'skip', reason: 'invalidField' });
    expect(plan(before(0), anchor, SP, withDate('2026-02-30'))).toEqual({ kind: 'skip', reason: 'invalidField' });
  });
});

test('the anchor is the due time, or the minute of a later acceptance', () => {
  const dueAt = new Date('2026-11-23T10:00:00Z');
  expect(anchorAfter(dueAt, new Date('2026-11-23T10:00:41Z'))).toEqual(dueAt);
  expect(anchorAfter(dueAt, new Date('2026-11-23T10:02:41Z'))).toEqual(new Date('2026-11-23T10:02:00Z'));
  const odd = new Date('2026-11-23T10:00:12Z');
  expect(anchorAfter(odd, new Date('2026-11-23T10:00:13Z'))).toEqual(odd);
});

test('a step expires after its minutes, counted from what was planned; the last of them counts whole', () => {
  const plannedAt = new Date('2026-11-23T10:00:00Z');
  expect(isExpired({ expiresAfterMinutes: 60 }, plannedAt, new Date('2026-11-23T11:00:59.999Z'))).toBe(false);
  expect(isExpired({ expiresAfterMinutes: 60 }, plannedAt, new Date('2026-11-23T11:01:00Z'))).toBe(true);
  expect(isExpired({}, plannedAt, new Date('2030-01-01T00:00:00Z'))).toBe(false);
});
