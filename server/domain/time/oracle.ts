/** An independent reading of windows for tests: Temporal's wall clock, and blocks read as they are written. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { type Block, type Timing, type Window, weekdays } from './schema.ts';

export { Temporal };
/** Every zone that the runtime lists, with UTC and some of the older names that contacts still carry. */
export const zones = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', 'Asia/Kolkata', 'US/Eastern', 'Brazil/East'])];

/** More runs at night (`npm run properties`), the same runs again with `ANDANTE_PROPERTY_SEED`. */
export const runs = Number(process.env.ANDANTE_PROPERTY_RUNS ?? 200);
export const seed = Number(process.env.ANDANTE_PROPERTY_SEED ?? Math.floor(Math.random() * 2 ** 31));
export const settings = { numRuns: runs, seed };
/** Milliseconds that one property may take: a minute, and more the more runs are asked for. */
export const timeout = 60_000 + runs * 60;

export const MINUTE = 60_000;
const FIRST = Date.UTC(1970, 0, 8);
const LAST = Date.UTC(2037, 11, 1);

export function zonedAt(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

/** Zone → change → the earliest instant from which it was looked up. */
const knownChanges = new Map<string, Map<number, number>>();

/** The first change of the clocks of `zone` after `at` (epoch ms), by Temporal; infinite where none follows. */
export function changeAfter(at: number, zone: string): number {
  let known = knownChanges.get(zone);
  if (!known) knownChanges.set(zone, (known = new Map()));
  for (const [change, from] of known) {
    if (from <= at && at < change) return change;
  }
  const next = zonedAt(at, zone).getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  known.set(next, at);
  return next;
}

/** A zone of `among` and an instant from 1970 to 2037, three times out of four within two hours of a change of its clocks. */
export function instantsIn(among: readonly string[]): fc.Arbitrary<{ readonly zone: string; readonly at: number }> {
  return fc
    .record({
      zone: fc.constantFrom(...among),
      at: fc.integer({ min: FIRST, max: LAST }),
      near: fc.integer({ min: 0, max: 3 }),
      shift: fc.integer({ min: -7_200_000, max: 7_200_000 }),
      whole: fc.boolean(),
    })
    .map(({ zone, at, near, shift, whole }) => {
      const change = near > 0 ? changeAfter(at, zone) : LAST;
      const picked = change < LAST ? change + shift : at;
      return { zone, at: whole ? Math.floor(picked / MINUTE) * MINUTE : picked };
    });
}
/** Calendars that lost a whole day, and the instant at which they did. */
const lostDays = [
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['Pacific/Fakaofo', '2011-12-30T11:00:00Z'],
  ['Pacific/Kiritimati', '1994-12-31T10:00:00Z'],
  ['Pacific/Kwajalein', '1993-08-21T12:00:00Z'],
] as const;
const daysBeforeLosses = fc
  .tuple(fc.constantFrom(...lostDays), fc.integer({ min: -5 * 1_440, max: 60 }))
  .map(([[zone, change], minutes]) => ({ zone: zone as string, at: Date.parse(change) + minutes * MINUTE }));

export const zoneAndInstant = fc.oneof({ weight: 30, arbitrary: instantsIn(zones) }, { weight: 1, arbitrary: daysBeforeLosses });

const time = fc
  .integer({ min: 0, max: 95 })
  .map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`);
export const timeOfDay = fc.oneof(time, fc.constantFrom('00:00', '00:30', '01:30', '02:00', '02:15', '02:30', '03:00', '23:30'));
const block: fc.Arbitrary<Block> = fc.tuple(timeOfDay, fc.oneof(timeOfDay, fc.constant('24:00'))).filter(([start, end]) => start !== end);

/** Weekly windows of up to three blocks a day, overnight ones among them; some days have none. */
export const someWindow: fc.Arbitrary<Window> = fc
  .array(fc.array(block, { maxLength: 3 }), { minLength: 7, maxLength: 7 })
  .map((days) => ({ weekly: Object.fromEntries(weekdays.map((weekday, index) => [weekday, days[index] ?? []])) }));

const someUnit = fc.constantFrom('minutes', 'hours', 'days', 'weeks', 'businessDays');
/** Around the present of the tests: 2026 to the middle of 2028. */
export const someDate = fc.integer({ min: 0, max: 900 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10));

/** Every kind of timing; dates are found in the fields `birthday`, `booking` and `missing`. */
export const someTiming: fc.Arbitrary<Timing> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Timing>({ kind: 'immediately' }) },
  {
    weight: 4,
    arbitrary: fc
      .record({ amount: fc.integer({ min: 0, max: 9 }), unit: someUnit, at: fc.option(timeOfDay), fromEnrolment: fc.boolean() })
      .map(
        ({ amount, unit, at, fromEnrolment }): Timing => ({
          kind: 'after',
          amount,
          unit,
          ...(at === null ? {} : { at }),
          ...(fromEnrolment ? { from: 'enrolment' } : {}),
        }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ days: fc.subarray([...weekdays], { minLength: 1 }), at: timeOfDay })
      .map(({ days, at }): Timing => ({ kind: 'onWeekday', weekdays: days, at })),
  },
  { weight: 1, arbitrary: fc.record({ date: someDate, at: timeOfDay }).map(({ date, at }): Timing => ({ kind: 'onDate', date, at })) },
  {
    weight: 1,
    arbitrary: fc
      .record({ field: fc.constantFrom('birthday', 'booking', 'missing'), amount: fc.integer({ min: -9, max: 9 }), at: timeOfDay })
      .map(({ field, amount, at }): Timing => ({ kind: 'relativeToField', field, amount, unit: 'days', at })),
  },
);

/** Whether `at` is inside by Temporal's wall clock: in a block that opens on that day, or one that opened the day before. */
export function insideByOracle(at: number, window: Window, zone: string): boolean {
  return isOpen(zonedAt(at, zone), window);
}

export function isOpen(local: Temporal.ZonedDateTime, window: Window): boolean {
  const clock = `${String(local.hour).padStart(2, '0')}:${String(local.minute).padStart(2, '0')}`;
  const today = window.weekly[weekdays[local.dayOfWeek - 1] ?? 'mon'] ?? [];
  const yesterday = window.weekly[weekdays[(local.dayOfWeek + 5) % 7] ?? 'mon'] ?? [];
  return (
    today.some(([start, end]) => (end > start ? start <= clock && clock < end : start <= clock)) ||
    yesterday.some(([start, end]) => end < start && clock < end)
  );
}
