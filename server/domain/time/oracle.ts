/** An independent reading of windows for tests: Temporal's wall clock, and blocks read as they are written. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { type Block, type Window, weekdays } from './schema.ts';

export { Temporal };
export const zones = Intl.supportedValuesOf('timeZone');

/** More runs at night (`ANDANTE_PROPERTY_RUNS`), the same runs again with `ANDANTE_PROPERTY_SEED`. */
export const runs = Number(process.env.ANDANTE_PROPERTY_RUNS ?? 150);
export const seed = Number(process.env.ANDANTE_PROPERTY_SEED ?? Math.floor(Math.random() * 2 ** 31));

const FIRST = Date.UTC(1970, 0, 8);
const LAST = Date.UTC(2037, 11, 1);

export function zonedAt(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

/** A zone and an instant from 1970 to 2037, three times out of four within two hours of a change of its clocks. */
export const zoneAndInstant = fc
  .record({
    zone: fc.constantFrom(...zones),
    at: fc.integer({ min: FIRST, max: LAST }),
    near: fc.integer({ min: 0, max: 3 }),
    shift: fc.integer({ min: -7_200_000, max: 7_200_000 }),
    whole: fc.boolean(),
  })
  .map(({ zone, at, near, shift, whole }) => {
    const change = near > 0 ? zonedAt(at, zone).getTimeZoneTransition('next') : null;
    const picked = change && change.epochMilliseconds < LAST ? change.epochMilliseconds + shift : at;
    return { zone, at: whole ? Math.floor(picked / 60_000) * 60_000 : picked };
  });

const time = fc
  .integer({ min: 0, max: 95 })
  .map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`);
export const timeOfDay = fc.oneof(time, fc.constantFrom('00:00', '00:30', '01:30', '02:00', '02:15', '02:30', '03:00', '23:30'));
const block: fc.Arbitrary<Block> = fc.tuple(timeOfDay, fc.oneof(timeOfDay, fc.constant('24:00'))).filter(([start, end]) => start !== end);

/** Weekly windows of up to three blocks a day, overnight ones among them; some days have none. */
export const someWindow: fc.Arbitrary<Window> = fc
  .array(fc.array(block, { maxLength: 3 }), { minLength: 7, maxLength: 7 })
  .map((days) => ({ weekly: Object.fromEntries(weekdays.map((weekday, index) => [weekday, days[index] ?? []])) }));

/** Whether `at` is inside by Temporal's wall clock: in a block that opens on that day, or one that opened the day before. */
export function insideByOracle(at: number, window: Window, zone: string): boolean {
  const local = zonedAt(at, zone);
  const clock = local.toPlainTime().toString().slice(0, 8);
  const today = window.weekly[weekdays[local.dayOfWeek - 1] ?? 'mon'] ?? [];
  const yesterday = window.weekly[weekdays[(local.dayOfWeek + 5) % 7] ?? 'mon'] ?? [];
  return (
    today.some(([start, end]) => (end > start ? start <= clock && clock < end : start <= clock)) ||
    yesterday.some(([start, end]) => end < start && clock < end)
  );
}
