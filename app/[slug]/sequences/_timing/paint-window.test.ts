import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Window, weekdays } from '#server/domain/time/schema.ts';
import { weekOf } from '#server/domain/time/week.ts';
import { cellsOf, openMinutes, paint, repeatMonday } from './paint-window.ts';

const nothing: Window = { weekly: {} };
const at = (day: number, cell: number) => ({ day, cell });

test('a stroke over days and hours opens them', () => {
  expect(paint(nothing, { from: at(4, 35), to: at(0, 18), open: true })).toEqual({
    weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00']]])),
  });
});

test('closing the middle of a block leaves two', () => {
  const day = paint(nothing, { from: at(0, 18), to: at(0, 35), open: true });
  expect(paint(day, { from: at(0, 24), to: at(0, 25), open: false }).weekly).toEqual({
    mon: [
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ],
  });
});

test('minutes that were typed stay as they are beside a stroke', () => {
  const typed: Window = { weekly: { tue: [['09:15', '09:50']] } };
  expect(cellsOf(typed)[1]?.slice(17, 21)).toEqual(['closed', 'partly', 'partly', 'closed']);
  expect(paint(typed, { from: at(1, 30), to: at(1, 31), open: true }).weekly.tue).toEqual([
    ['09:15', '09:50'],
    ['15:00', '16:00'],
  ]);
});

test('a night is one block of its opening day, and shows on both', () => {
  const evening = paint(nothing, { from: at(6, 44), to: at(6, 47), open: true });
  expect(evening.weekly).toEqual({ sun: [['22:00', '24:00']] });
  const night = paint(evening, { from: at(0, 0), to: at(0, 3), open: true });
  expect(night.weekly).toEqual({ sun: [['22:00', '02:00']] });
  expect(cellsOf(night)[0]?.slice(0, 5)).toEqual(['open', 'open', 'open', 'open', 'closed']);
});

test('whole days stay whole days', () => {
  const weekend = paint(nothing, { from: at(5, 0), to: at(6, 47), open: true });
  expect(weekend.weekly).toEqual({ sat: [['00:00', '24:00']], sun: [['00:00', '24:00']] });
  expect(openMinutes(weekend)).toBe(2 * 1_440);
});

test('whatever was there, a stroke changes exactly its cells', () => {
  const stroke = fc.record({
    from: fc.record({ day: fc.nat(6), cell: fc.nat(47) }),
    to: fc.record({ day: fc.nat(6), cell: fc.nat(47) }),
    open: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(stroke, { maxLength: 8 }), (strokes) => {
      const open = weekdays.map(() => Array.from({ length: 48 }, () => false));
      let window = nothing;
      for (const { from, to, open: on } of strokes) {
        window = paint(window, { from, to, open: on });
        for (let day = Math.min(from.day, to.day); day <= Math.max(from.day, to.day); day++)
          for (let cell = Math.min(from.cell, to.cell); cell <= Math.max(from.cell, to.cell); cell++) (open[day] as boolean[])[cell] = on;
      }
      expect(cellsOf(window).map((day) => day.map((cell) => cell === 'open'))).toEqual(open);
      expect(weekOf(window.weekly)).toEqual(weekOf(paint(window, { from: at(0, 0), to: at(0, 0), open: open[0]?.[0] ?? false }).weekly));
    }),
  );
});

test('Monday is repeated until Friday, the weekend stays', () => {
  const window: Window = { weekly: { mon: [['08:00', '10:00']], sat: [['09:00', '12:00']] } };
  expect(Object.keys(repeatMonday(window).weekly).sort()).toEqual(['fri', 'mon', 'sat', 'thu', 'tue', 'wed']);
});
