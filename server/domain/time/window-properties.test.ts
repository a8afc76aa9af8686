/** Moving into windows against Temporal, minute by minute (quality: time properties 1 to 5, 10 to 12). */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { MINUTE, runs, seed, settings, Temporal, timeOfDay, timeout, zoneAndInstant, zonedAt } from './oracle.ts';
import { type Window, weekdays } from './schema.ts';
import { allowedMinuteBetween, compiled, isAllowed, isOpenHour, noRules, placedRules, type Rules } from './testing/rules.ts';
import { firstAllowedInstant, isInside } from './window.ts';

beforeAll(() => console.log(`properties of windows: ${runs} runs each, seed ${seed} (ANDANTE_PROPERTY_RUNS, ANDANTE_PROPERTY_SEED)`));

function moved(at: number, rules: Rules, zone: string): number | null {
  return firstAllowedInstant(new Date(at), compiled(rules), zone)?.getTime() ?? null;
}

test('1, 2, 4, 11: a result is inside, never early, stays where it is, and lies at an opening unless nothing moved', { timeout }, () => {
  fc.assert(
    fc.property(placedRules, ({ zone, at, ...rules }) => {
      const found = moved(at, rules, zone);
      if (found === null) return;
      expect(isAllowed(found, rules, zone)).toBe(true);
      expect(found).toBeGreaterThanOrEqual(at);
      expect(moved(found, rules, zone)).toBe(found);
      if (found !== at) expect(isAllowed(found - 1, rules, zone)).toBe(false);
    }),
    settings,
  );
});

test('3: no allowed minute lies between an instant and where it moved, nor within 366 days where nothing was found', { timeout }, () => {
  fc.assert(
    fc.property(placedRules, ({ zone, at, ...rules }) => {
      const until = moved(at, rules, zone) ?? at + 366 * 1_440 * MINUTE;
      expect(allowedMinuteBetween(at, until, rules, zone)).toBeNull();
    }),
    settings,
  );
});

test('5: a later instant never moves to an earlier one', { timeout }, () => {
  fc.assert(
    fc.property(placedRules, fc.oneof(fc.nat(7_200_000), fc.nat(1_000_000_000)), ({ zone, at, ...rules }, later) => {
      const [one, other] = [moved(at, rules, zone), moved(at + later, rules, zone)];
      if (one !== null && other !== null) expect(one).toBeLessThanOrEqual(other);
    }),
    settings,
  );
});

test('10: overnight blocks are the same as their two halves', { timeout }, () => {
  const nights = fc.array(fc.option(fc.tuple(timeOfDay, timeOfDay).filter(([one, other]) => one !== other)), {
    minLength: 7,
    maxLength: 7,
  });
  fc.assert(
    fc.property(zoneAndInstant, nights, ({ zone, at }, blocks) => {
      const whole: Window = { weekly: {} };
      const halves: Window = { weekly: {} };
      for (const [index, block] of blocks.entries()) {
        if (!block) continue;
        const [end, start] = block.toSorted() as [string, string];
        const [today, tomorrow] = [weekdays[index] ?? 'mon', weekdays[(index + 1) % 7] ?? 'mon'];
        whole.weekly[today] = [[start, end]];
        halves.weekly[today] = [...(halves.weekly[today] ?? []), [start, '24:00']];
        if (end !== '00:00') halves.weekly[tomorrow] = [['00:00', end], ...(halves.weekly[tomorrow] ?? [])];
      }
      const [one, other] = [whole, halves].map((sequence): Rules => ({ ...noRules, sequence })) as [Rules, Rules];
      expect(moved(at, one, zone)).toBe(moved(at, other, zone));
      expect(isInside(new Date(at), compiled(one), zone)).toBe(isInside(new Date(at), compiled(other), zone));
    }),
    settings,
  );
});

test('12: an instant is inside exactly where all rules leave it open', { timeout }, () => {
  fc.assert(
    fc.property(placedRules, ({ zone, at, ...rules }) => {
      expect(isInside(new Date(at), compiled(rules), zone)).toBe(isAllowed(at, rules, zone));
    }),
    settings,
  );
});

test('12: rules never open exactly where no quarter hour of a week is open, and nothing is found then', { timeout }, () => {
  const monday = Temporal.PlainDate.from('2026-01-05').toZonedDateTime('UTC');
  const quarters = Array.from({ length: 7 * 96 }, (_, quarter) => monday.add({ minutes: quarter * 15 }));
  fc.assert(
    fc.property(placedRules, ({ zone, at, ...rules }) => {
      const never = !quarters.some((quarter) => isOpenHour(quarter, rules));
      expect(compiled(rules).neverOpens).toBe(never);
      if (never) expect(moved(at, rules, zone)).toBeNull();
      else if (zonedAt(at, zone).year < 2037 && rules.closedDates.length < 300) expect(moved(at, rules, zone)).not.toBeNull();
    }),
    settings,
  );
});
