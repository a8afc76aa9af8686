/** Random rules of sending for tests, and Temporal's reading of them all together. */
import fc from 'fast-check';
import { isOpen, MINUTE, someWindow, Temporal, zoneAndInstant, zonedAt } from '../oracle.ts';
import type { Window } from '../schema.ts';
import { compileWindow, type EffectiveWindow } from '../window.ts';

/** What an effective window is compiled from. */
export interface Rules {
  readonly sequence: Window | null;
  readonly step: Window | null;
  readonly quietHours: Window | null;
  /** Local dates, `YYYY-MM-DD`. */
  readonly closedDates: readonly string[];
}

export interface PlacedRules extends Rules {
  readonly zone: string;
  /** Epoch ms. */
  readonly at: number;
}

export const noRules: Rules = { sequence: null, step: null, quietHours: null, closedDates: [] };

const maybeWindow = fc.option(someWindow, { nil: null, freq: 2 });
/** Days around an instant that are closed: a few, or one after the other for up to more than a year. */
const closedAround = fc.oneof(
  { weight: 15, arbitrary: fc.uniqueArray(fc.integer({ min: -1, max: 9 }), { maxLength: 6 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }).map((days) => Array.from({ length: days }, (_, day) => day)) },
);

/** An instant near a change of clocks, under rules of every kind, or of none. */
export const placedRules: fc.Arbitrary<PlacedRules> = fc
  .tuple(zoneAndInstant, maybeWindow, maybeWindow, maybeWindow, closedAround)
  .map(([{ zone, at }, sequence, step, quietHours, closed]) => {
    const today = zonedAt(at, zone).toPlainDate();
    return { zone, at, sequence, step, quietHours, closedDates: closed.map((days) => today.add({ days }).toString()) };
  });

export function compiled({ sequence, step, quietHours, closedDates }: Rules): EffectiveWindow {
  return compileWindow({ sequence, step, quietHours, closedDates });
}

export function isAllowed(at: number, rules: Rules, zone: string): boolean {
  const local = zonedAt(at, zone);
  return !rules.closedDates.includes(local.toPlainDate().toString()) && isOpenHour(local, rules);
}

/** Sequence ∩ step ∩ NOT quiet hours, whatever the date. */
export function isOpenHour(local: Temporal.ZonedDateTime, { sequence, step, quietHours }: Rules): boolean {
  return (
    (sequence === null || isOpen(local, sequence)) && (step === null || isOpen(local, step)) && !(quietHours && isOpen(local, quietHours))
  );
}

const NEAR = 240 * MINUTE;
const MOST_OPEN_DAYS = 15;

/** The first allowed minute in `[from, until)`, epoch ms, or null. Every minute is looked at near both ends, every quarter
 *  hour between: blocks begin and end at quarter hours. Closed days are passed over; after fifteen that are not, what a
 *  week allows has been seen. */
export function allowedMinuteBetween(from: number, until: number, rules: Rules, zone: string): number | null {
  const closed = new Set(rules.closedDates);
  const first = Math.ceil(from / MINUTE) * MINUTE;
  let openDays = 0;
  for (let day = zonedAt(first, zone).startOfDay(); day.epochMilliseconds < until; day = dayAfter(day)) {
    if (closed.has(day.toPlainDate().toString())) continue;
    if (++openDays > MOST_OPEN_DAYS) return null;
    const end = Math.min(until, dayAfter(day).epochMilliseconds);
    for (let minute = Math.max(first, Math.ceil(day.epochMilliseconds / MINUTE) * MINUTE); minute < end; ) {
      const local = zonedAt(minute, zone);
      // Where clocks go back over midnight, an hour of the day before comes again: it is of its own date, closed or not.
      if (isOpenHour(local, rules) && !closed.has(local.toPlainDate().toString())) return minute;
      minute += minute - first < NEAR || until - minute < NEAR ? MINUTE : 15 * MINUTE;
    }
  }
  return null;
}

function dayAfter(day: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return day.add({ days: 1 }).startOfDay();
}
