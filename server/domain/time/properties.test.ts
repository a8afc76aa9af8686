/** The twelve properties of time, against Temporal, over all IANA zones. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { dayOfDate, instantOfWall, wallAt } from './wall-clock.ts';
import { offsetAt } from './offsets.ts';
import { insideByOracle, runs, seed, someWindow, Temporal, timeOfDay, zoneAndInstant, zonedAt, zones } from './oracle.ts';
import { planStep } from './plan.ts';
import { type Window, weekdays } from './schema.ts';
import { compileWindow, firstAllowedInstant, isInside } from './window.ts';

const MINUTE = 60_000;
const settings = { numRuns: runs, seed };
const always = compileWindow({});

beforeAll(() => console.log(`time properties: ${runs} runs each, seed ${seed} (ANDANTE_PROPERTY_RUNS, ANDANTE_PROPERTY_SEED)`));

function moved(at: number, window: Window, zone: string): number | null {
  return firstAllowedInstant(new Date(at), compileWindow({ sequence: window }), zone)?.getTime() ?? null;
}

test('every zone is read as Temporal reads it', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(zoneAndInstant, ({ zone, at }) => {
      expect(offsetAt(at, zone)).toBe(zonedAt(at, zone).offsetNanoseconds / 1e6);
    }),
    { ...settings, numRuns: runs * 5 },
  );
});

test('1, 2, 4, 11: a result is inside, never early, stays where it is, and lies at an opening unless nothing moved', {
  timeout: 600_000,
}, () => {
  fc.assert(
    fc.property(zoneAndInstant, someWindow, ({ zone, at }, window) => {
      const found = moved(at, window, zone);
      if (found === null) {
        expect(Object.values(window.weekly).flat()).toEqual([]);
        return;
      }
      expect(insideByOracle(found, window, zone)).toBe(true);
      expect(found).toBeGreaterThanOrEqual(at);
      expect(moved(found, window, zone)).toBe(found);
      if (found !== at) expect(insideByOracle(found - 1, window, zone)).toBe(false);
    }),
    settings,
  );
});

test('3: no allowed minute lies between an instant and where it moved', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(zoneAndInstant, someWindow, ({ zone, at }, window) => {
      const found = moved(at, window, zone) ?? at + 7 * 1_440 * MINUTE;
      const first = Math.ceil(at / MINUTE) * MINUTE;
      const near = (minute: number) => minute - first < 240 * MINUTE || found - minute < 240 * MINUTE;
      for (let minute = first; minute < found; minute += near(minute) ? MINUTE : 15 * MINUTE) {
        expect(insideByOracle(minute, window, zone)).toBe(false);
      }
    }),
    { ...settings, numRuns: Math.ceil(runs / 3) },
  );
});

test('5: a later instant never moves to an earlier one', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(zoneAndInstant, someWindow, fc.integer({ min: 0, max: 100_000_000 }), ({ zone, at }, window, later) => {
      const [one, other] = [moved(at, window, zone), moved(at + later, window, zone)];
      if (one !== null && other !== null) expect(one).toBeLessThanOrEqual(other);
    }),
    settings,
  );
});

test('6: the answers are the same under five time zones of the process', { timeout: 60_000 }, () => {
  const script = `
    import { planStep } from ${JSON.stringify(new URL('./plan.ts', import.meta.url).href)};
    import { compileWindow } from ${JSON.stringify(new URL('./window.ts', import.meta.url).href)};
    const window = compileWindow({ sequence: { weekly: { mon: [['09:00', '12:00']], thu: [['22:00', '02:00']], sat: [['00:00', '24:00']] } } });
    const timings = [{ kind: 'after', amount: 1, unit: 'days', at: '02:30' }, { kind: 'onWeekday', weekdays: ['sun'], at: '01:30' },
      { kind: 'onDate', date: '2027-03-14', at: '02:30' }, { kind: 'relativeToField', field: 'born', amount: -1, unit: 'days', at: '00:00' }];
    const out = [];
    for (const zone of ${JSON.stringify(zones.filter((_zone, index) => index % 9 === 0))})
      for (const timing of timings)
        for (const anchorAt of [new Date(1772900000000), new Date(1793500000000)])
          out.push(planStep({ step: { timing }, anchorAt, enrolledAt: anchorAt, zone, window, fields: { born: '03-08' } }));
    console.log(JSON.stringify(out));`;
  const answers = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'].map((zone) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ: zone }, encoding: 'utf8' }),
  );
  expect(answers[0]?.length).toBeGreaterThan(10_000);
  expect(new Set(answers).size).toBe(1);
});

test('7: a local time becomes the instant that Temporal finds: later in gaps, earlier in overlaps', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(zoneAndInstant, fc.integer({ min: -180, max: 180 }), ({ zone, at }, minutes) => {
      const wall = wallAt(at, zone) + minutes * MINUTE;
      const plain = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime();
      const found = instantOfWall(wall, zone);
      expect(found.at).toBe(plain.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);
      expect(found.skipped).toBe(wallAt(found.at, zone) !== wall);
    }),
    { ...settings, numRuns: runs * 3 },
  );
});

test('8: a daily time comes once on every local day', { timeout: 600_000 }, () => {
  const hard = [
    ['America/Sao_Paulo', '2018-11-01'],
    ['America/Santiago', '2026-09-03'],
    ['Africa/Cairo', '2026-04-21'],
    ['Asia/Beirut', '2026-03-26'],
    ['America/Havana', '2026-03-05'],
    ['America/Havana', '2026-10-29'],
    ['Pacific/Apia', '2011-12-27'],
    ['America/Nuuk', '2026-03-26'],
  ] as const;
  const start = fc.oneof(
    zoneAndInstant.map(({ zone, at }) => ({ zone, at: at - 3 * 86_400_000 })),
    fc.constantFrom(...hard).map(([zone, date]) => ({ zone, at: dayOfDate(date) * 86_400_000 })),
  );
  fc.assert(
    fc.property(start, timeOfDay, ({ zone, at }, time) => {
      let anchor = at;
      const found: number[] = [];
      for (let n = 0; n < 8; n++) {
        const plan = planStep({
          step: { timing: { kind: 'onWeekday', weekdays: [...weekdays], at: time } },
          anchorAt: new Date(anchor),
          enrolledAt: new Date(at),
          zone,
          window: always,
          fields: {},
        });
        if (plan.kind !== 'due') throw new Error(plan.kind);
        anchor = plan.dueAt.getTime();
        found.push(anchor);
      }
      const expected: number[] = [];
      for (let date = zonedAt(at, zone).toPlainDate(); expected.length < 8; date = date.add({ days: 1 })) {
        const zoned = date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) });
        const noon = date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from('12:00') });
        if (noon.toPlainDate().equals(date) && zoned.epochMilliseconds > at) expected.push(zoned.epochMilliseconds);
      }
      expect(found).toEqual(expected);
    }),
    settings,
  );
});

test('9: days keep the clock, hours keep the count', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(zoneAndInstant, fc.integer({ min: 1, max: 40 }), fc.option(timeOfDay, { nil: undefined }), ({ zone, at }, amount, time) => {
      const input = { anchorAt: new Date(at), enrolledAt: new Date(at), zone, window: always, fields: {} };
      const days = planStep({ ...input, step: { timing: { kind: 'after', amount, unit: 'days', ...(time ? { at: time } : {}) } } });
      const local = zonedAt(at, zone);
      const later = time
        ? local
            .toPlainDate()
            .add({ days: amount })
            .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
        : local.add({ days: amount });
      const expected = time ? later.epochMilliseconds : Math.ceil(later.epochMilliseconds / MINUTE) * MINUTE;
      expect(days).toMatchObject({ kind: 'due', dueAt: new Date(expected) });
      const hours = planStep({ ...input, step: { timing: { kind: 'after', amount, unit: 'hours' } } });
      expect(hours).toMatchObject({ kind: 'due', dueAt: new Date(Math.ceil((at + amount * 3_600_000) / MINUTE) * MINUTE) });
    }),
    settings,
  );
});

test('10: an overnight block is the same as its two halves', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(zoneAndInstant, fc.integer({ min: 0, max: 6 }), timeOfDay, timeOfDay, ({ zone, at }, day, one, other) => {
      const [end, start] = [one, other].sort() as [string, string];
      fc.pre(end !== start && end !== '00:00');
      const [today, tomorrow] = [weekdays[day] ?? 'mon', weekdays[(day + 1) % 7] ?? 'mon'];
      const whole: Window = { weekly: { [today]: [[start, end]] } };
      const halves: Window = { weekly: { [today]: [[start, '24:00']], [tomorrow]: [['00:00', end]] } };
      expect(moved(at, whole, zone)).toBe(moved(at, halves, zone));
    }),
    settings,
  );
});

test('12: an intersection is inside exactly where all its rules are, and closed dates are closed', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(zoneAndInstant, someWindow, someWindow, someWindow, fc.boolean(), ({ zone, at }, sequence, step, quietHours, closed) => {
      const date = zonedAt(at, zone).toPlainDate().toString();
      const window = compileWindow({ sequence, step, quietHours, closedDates: closed ? [date] : [] });
      const open = insideByOracle(at, sequence, zone) && insideByOracle(at, step, zone) && !insideByOracle(at, quietHours, zone);
      expect(isInside(new Date(at), window, zone)).toBe(open && !closed);
      const found = firstAllowedInstant(new Date(at), window, zone);
      if (window.neverOpens) expect(found).toBeNull();
      if (found && closed) expect(zonedAt(found.getTime(), zone).toPlainDate().toString()).not.toBe(date);
    }),
    settings,
  );
});
