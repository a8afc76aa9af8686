/** Planning against Temporal's calendar (quality: time properties 2, 3, 6, 8, 9, and every timing). */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { MINUTE, runs, seed, settings, Temporal, timeOfDay, timeout, zoneAndInstant, zonedAt } from './oracle.ts';
import { createPlanner } from './plan-batch.ts';
import { planStep } from './plan.ts';
import { type Timing, weekdays } from './schema.ts';
import { allowedMinuteBetween, isAllowed, noRules } from './testing/rules.ts';
import { anyPlacedStep, placedBusinessDays, type PlacedStep, planInput } from './testing/steps.ts';
import { on, wantedByOracle } from './testing/waits.ts';
import { type WindowRule, windowRules } from './window.ts';

beforeAll(() => console.log(`properties of plans: ${runs} runs each, seed ${seed} (ANDANTE_PROPERTY_RUNS, ANDANTE_PROPERTY_SEED)`));

/** Holds a plan against what Temporal finds for the timing, and against the rules minute by minute. */
function expectPlanned(step: PlacedStep): void {
  const plan = planStep(planInput(step));
  const wanted = wantedByOracle(step);
  if (typeof wanted === 'string') {
    expect(plan).toEqual(wanted === 'neverOpens' ? { kind: 'neverOpens' } : { kind: 'skip', reason: wanted });
    return;
  }
  const { at, zone, ifPast = 'skip' } = step;
  const isPast = step.timing.kind !== 'immediately' && wanted < Math.floor(at / MINUTE) * MINUTE;
  if (isPast && ifPast !== 'sendNow') {
    expect(plan).toEqual({ kind: 'past', plannedAt: new Date(wanted), action: ifPast });
    return;
  }
  const from = isPast ? at : wanted;
  if (plan.kind !== 'due') {
    expect(plan).toEqual({ kind: 'neverOpens' });
    expect(allowedMinuteBetween(from, from + 366 * 1_440 * MINUTE, step, zone)).toBeNull();
    return;
  }
  const due = plan.dueAt.getTime();
  expect(plan.plannedAt.getTime()).toBe(wanted);
  expect(due).toBeGreaterThanOrEqual(from);
  expect(isAllowed(due, step, zone)).toBe(true);
  if (due !== from) expect(isAllowed(due - 1, step, zone)).toBe(false);
  expect(allowedMinuteBetween(from, due, step, zone)).toBeNull();
  expect(plan.reasons.includes('past')).toBe(isPast);
  expect(plan.reasons.filter(isRule)).toEqual(due === from ? [] : movedBy(step, from, due));
}

/** The rules that close `from` itself, and those without which the first allowed instant would come before `due`. */
function movedBy(step: PlacedStep, from: number, due: number): WindowRule[] {
  const parts = { window: 'sequence', stepWindow: 'step', quietHours: 'quietHours' } as const;
  return windowRules.filter((rule) => {
    const alone = rule === 'holiday' ? { ...noRules, closedDates: step.closedDates } : { ...noRules, [parts[rule]]: step[parts[rule]] };
    const lifted = rule === 'holiday' ? { ...step, closedDates: [] } : { ...step, [parts[rule]]: null };
    return !isAllowed(from, alone, step.zone) || isAllowed(from, lifted, step.zone) || openedBetween(from, due, lifted);
  });
}

function openedBetween(from: number, due: number, { zone, ...rules }: PlacedStep): boolean {
  const found = allowedMinuteBetween(from, due, rules, zone);
  return found !== null && found < due;
}

function isRule(reason: string): reason is WindowRule {
  return (windowRules as readonly string[]).includes(reason);
}

test('2, 3: whatever its timing, a step is due when Temporal finds it, inside, and before its anchor only where its date is past', {
  timeout,
}, () => {
  fc.assert(fc.property(anyPlacedStep, expectPlanned), settings);
});

test('a planner with a memory says the same, whoever it planned before', { timeout }, () => {
  fc.assert(
    fc.property(anyPlacedStep, anyPlacedStep, (one, other) => {
      const [input, { anchorAt, enrolledAt, zone, fields }] = [planInput(one), planInput(other)];
      const plan = createPlanner();
      for (let pick = 0; pick < 32; pick++) {
        const others = {
          ...(pick & 1 && { anchorAt }),
          ...(pick & 2 && { enrolledAt }),
          ...(pick & 4 && { zone }),
          ...(pick & 8 && { fields }),
        };
        expect(plan({ ...input, ...others })).toEqual(planStep({ ...input, ...others }));
      }
    }),
    settings,
  );
});

test('business days are counted as people count them, whatever windows and closed dates', { timeout }, () => {
  fc.assert(fc.property(placedBusinessDays, expectPlanned), settings);
});

/** As lines of JSON, made a few thousand at a time. */
function someSteps(count: number): string {
  return Array.from({ length: Math.ceil(count / 5_000) }, (_, part) => {
    const steps = fc.sample(anyPlacedStep, { numRuns: Math.min(5_000, count - part * 5_000), seed: seed + part });
    return steps.map((step) => JSON.stringify(step)).join('\n');
  }).join('\n');
}

test('6: plans are the same under five time zones of the process, each in another year', { timeout }, () => {
  const url = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    const now = Date.UTC(Number(process.argv[1]), 2, 29, 2, 30);
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) { super(...(given.length > 0 ? given : [now])); }
      static now() { return now; }
    };
    const { createHash } = await import('node:crypto');
    const { createInterface } = await import('node:readline');
    const { planStep } = await import(${url('./plan.ts')});
    const { planInput } = await import(${url('./testing/steps.ts')});
    const digest = createHash('sha256');
    for await (const line of createInterface({ input: process.stdin })) digest.update(JSON.stringify(planStep(planInput(JSON.parse(line)))));
    console.log(digest.digest('hex'));`;
  const input = someSteps(runs);
  const processes = { UTC: 2026, 'America/New_York': 1970, 'Australia/Lord_Howe': 2037, 'Asia/Kathmandu': 2000, 'Pacific/Apia': 2011 };
  const answers = Object.entries(processes).map(([TZ, year]) => {
    const env = { ...process.env, TZ };
    return execFileSync(process.execPath, ['--input-type=module', '-e', script, String(year)], { env, input, encoding: 'utf8' });
  });
  expect(answers[0]).toMatch(/^[0-9a-f]{64}\n$/);
  expect(new Set(answers).size).toBe(1);
});

/** Midnights that do not exist or come twice, a day that never was. */
const hardDays = fc.constantFrom(
  ['America/Sao_Paulo', '2018-11-01'],
  ['America/Sao_Paulo', '2018-02-15'],
  ['America/Santiago', '2026-09-03'],
  ['Africa/Cairo', '2026-04-21'],
  ['Asia/Beirut', '2026-03-26'],
  ['America/Havana', '2026-03-05'],
  ['America/Havana', '2026-10-29'],
  ['Pacific/Apia', '2011-12-27'],
  ['America/Nuuk', '2026-03-26'],
);
const startOfDays = fc.oneof(
  zoneAndInstant.map(({ zone, at }) => ({ zone, at: at - 3 * 1_440 * MINUTE })),
  hardDays.map(([zone = 'UTC', date = '']) => ({ zone, at: Date.parse(date) })),
);

/** The instants of eight steps in a row, each from the one before. */
function eightSteps(timing: Timing, { zone, at }: { zone: string; at: number }): number[] {
  const found: number[] = [];
  while (found.length < 8) {
    const input = planInput({ ...noRules, timing, zone, at: found.at(-1) ?? at, enrolledAt: at, ifPast: undefined, fields: {} });
    const plan = planStep(input);
    if (plan.kind !== 'due') throw new Error(plan.kind);
    found.push(plan.dueAt.getTime());
  }
  return found;
}

test('8: a daily time comes once on every local day', { timeout }, () => {
  fc.assert(
    fc.property(startOfDays, timeOfDay, (start, time) => {
      const { zone, at } = start;
      const expected: number[] = [];
      for (let date = zonedAt(at, zone).toPlainDate(); expected.length < 8; date = date.add({ days: 1 })) {
        const noon = date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from('12:00') });
        if (noon.toPlainDate().equals(date) && on(date, time, zone) > at) expected.push(on(date, time, zone));
      }
      expect(eightSteps({ kind: 'onWeekday', weekdays: [...weekdays], at: time }, start)).toEqual(expected);
    }),
    settings,
  );
});

test('8: steps a day apart never share a local day, and leave none out but where midnight is skipped', { timeout }, () => {
  fc.assert(
    fc.property(startOfDays, timeOfDay, (start, time) => {
      const dates = eightSteps({ kind: 'after', amount: 1, unit: 'days', at: time }, start).map((at) =>
        zonedAt(at, start.zone).toPlainDate(),
      );
      for (const [index, date] of dates.entries()) {
        const before = dates[index - 1];
        if (before) expect([1, 2]).toContain(before.until(date).days);
      }
      const skipped = dates.filter((date, index) => (dates[index - 1]?.until(date).days ?? 1) === 2);
      expect(skipped.length).toBeLessThanOrEqual(1);
    }),
    settings,
  );
});

test('9: days keep the clock, hours keep the count', { timeout }, () => {
  fc.assert(
    fc.property(zoneAndInstant, fc.integer({ min: 1, max: 40 }), fc.option(timeOfDay, { nil: undefined }), ({ zone, at }, amount, time) => {
      const plan = (timing: Timing) => planStep(planInput({ ...noRules, timing, zone, at, enrolledAt: at, ifPast: undefined, fields: {} }));
      const later = zonedAt(at, zone).add({ days: amount });
      const wanted = time === undefined ? later.epochMilliseconds : on(zonedAt(at, zone).toPlainDate().add({ days: amount }), time, zone);
      const days = plan({ kind: 'after', amount, unit: 'days', ...(time && { at: time }) });
      expect(days).toMatchObject({ kind: 'due', dueAt: new Date(Math.ceil(wanted / MINUTE) * MINUTE) });
      const hours = plan({ kind: 'after', amount, unit: 'hours' });
      expect(hours).toMatchObject({ kind: 'due', dueAt: new Date(Math.ceil((at + amount * 3_600_000) / MINUTE) * MINUTE) });
    }),
    settings,
  );
});
