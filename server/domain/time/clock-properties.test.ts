/** Instants and wall clocks against Temporal, over all IANA zones (quality: time properties 7, 12). */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { firstChange, offsetAt } from './offsets.ts';
import { changeAfter, MINUTE, runs, seed, settings, Temporal, timeout, zoneAndInstant, zonedAt, zones } from './oracle.ts';
import { instantOfWall, wallAt } from './wall-clock.ts';

beforeAll(() => console.log(`properties of clocks: ${runs} runs each, seed ${seed} (ANDANTE_PROPERTY_RUNS, ANDANTE_PROPERTY_SEED)`));

test('every zone is read as Temporal reads it', { timeout }, () => {
  fc.assert(
    fc.property(zoneAndInstant, ({ zone, at }) => {
      expect(offsetAt(at, zone)).toBe(zonedAt(at, zone).offsetNanoseconds / 1e6);
    }),
    { ...settings, numRuns: runs * 2 },
  );
});

/** There are some 20,000 of them: at night all of them, else those of a few zones. */
test('every change of clocks from 1970 to 2037 is found to the millisecond, and nothing between', { timeout }, () => {
  const looked = runs >= 10_000 ? zones : fc.sample(fc.constantFrom(...zones), { numRuns: Math.ceil(runs / 50), seed });
  for (const zone of looked) {
    for (let from = Date.UTC(1970, 0, 1); from < Date.UTC(2037, 11, 1); ) {
      const at = changeAfter(from, zone);
      const until = Math.min(at, Date.UTC(2037, 11, 1));
      expect(firstChange(from, until, zone)).toBe(at === until ? at : null);
      expect(offsetAt(until - 1, zone)).toBe(zonedAt(until - 1, zone).offsetNanoseconds / 1e6);
      from = until;
    }
  }
});

test('7: a local time becomes the instant that Temporal finds: later in gaps, earlier in overlaps', { timeout }, () => {
  fc.assert(
    fc.property(zoneAndInstant, fc.integer({ min: -180, max: 180 }), ({ zone, at }, minutes) => {
      const wall = wallAt(at, zone) + minutes * MINUTE;
      const plain = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime();
      const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) => plain.toZonedDateTime(zone, { disambiguation }));
      const exists = earlier?.toPlainDateTime().equals(plain);
      expect(instantOfWall(wall, zone)).toEqual({ at: (exists ? earlier : later)?.epochMilliseconds, skipped: !exists });
    }),
    { ...settings, numRuns: runs * 2 },
  );
});
