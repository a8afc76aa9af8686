/** Simulating: thirty steps under windows, step windows, quiet hours and a holiday calendar, for one contact and for ten
 *  thousand in two hundred zones. Without a database: this is the walk alone, as the builder and bulk previews make it. */
import { compileDefinition, type WorkspaceRules } from '#server/domain/definition/compile.ts';
import { type Definition, emptyDefinition, type Step } from '#server/domain/definition/schema.ts';
import { simulate, type Simulation } from '#server/domain/simulate.ts';
import { createPlanner } from '#server/domain/time/plan-batch.ts';
import { planStep } from '#server/domain/time/plan.ts';
import { type Timing, type Window, weekdays } from '#server/domain/time/schema.ts';
import type { Figure } from './figure.ts';

const people = 10_000;
const zonesWanted = 200;
const startMs = Date.UTC(2026, 10, 20, 12);
const [oneTargetMs, manyTargetMs] = [20, 2_000];

const everyDay = (start: string, end: string): Window => ({ weekly: Object.fromEntries(weekdays.map((day) => [day, [[start, end]]])) });
const workday: [string, string][] = [
  ['09:00', '12:00'],
  ['13:00', '18:00'],
];
const office: Window = { weekly: Object.fromEntries(weekdays.slice(0, 5).map((day) => [day, workday])) };
const calendarId = '01900000-0000-7000-8000-000000000001';

/** Twelve closed dates a year, for four years. */
const rules: WorkspaceRules = {
  quietHours: everyDay('21:00', '08:00'),
  calendars: {
    [calendarId]: Object.fromEntries(
      Array.from({ length: 48 }, (_, month) => [new Date(Date.UTC(2026, month, 25)).toISOString().slice(0, 10), 'closed']),
    ),
  },
};

/** All kinds of waits that a plan of half a year holds; every third step has a window of its own. */
const timings: readonly Timing[] = [
  { kind: 'after', amount: 90, unit: 'minutes' },
  { kind: 'after', amount: 1, unit: 'days' },
  { kind: 'after', amount: 2, unit: 'businessDays', at: '09:30' },
  { kind: 'onWeekday', weekdays: ['tue', 'thu'], at: '10:15' },
  { kind: 'after', amount: 20, unit: 'hours' },
  { kind: 'after', amount: 1, unit: 'weeks', at: '14:00' },
];
const steps = Array.from({ length: 30 }, (_, n): Step => {
  const timing = timings[n % timings.length] ?? { kind: 'immediately' };
  const window = n % 3 === 0 ? everyDay('10:00', '16:00') : undefined;
  return { key: `s${n}`, type: 'message', timing, window, message: { channelAccountId: calendarId, body: 'Oi' } };
});
const definition: Definition = { ...emptyDefinition, window: office, calendarId, steps };

/** Cold: no zone has been read, no window compiled, no code warmed. What ICU takes to start, once in a process and before any
 *  date can be shown, is told apart. Everyone is simulated first while the clocks of nearly all zones are unread. */
export function simulation(): Promise<Figure[]> {
  const icuMs = timedMs(() => new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format(startMs));
  const coldMs = timedMs(() => simulateOne(0));
  const warmMs = median(Array.from({ length: 101 }, (_, n) => timedMs(() => simulateOne(n))));
  const everyoneMs = timedMs(() => simulateEveryone(createPlanner()));
  const aloneMs = timedMs(() => simulateEveryone(planStep));
  const rememberedMs = timedMs(() => simulateEveryone(createPlanner()));
  const figure = (name: string, value: number, targetMs: number): Figure => ({
    name,
    value: Math.round(value * 100) / 100,
    unit: 'ms',
    ratio: null,
    against: null,
    target: `under ${targetMs.toLocaleString('en')} ms`,
    pass: value < targetMs,
  });
  const peer = (name: string, value: number): Figure => ({ ...figure(name, value, 0), target: 'none: a peer', pass: true });
  return Promise.resolve([
    figure('simulate-one-cold', coldMs, oneTargetMs),
    figure('simulate-one', warmMs, oneTargetMs),
    figure('simulate-10000-cold', everyoneMs, manyTargetMs),
    { ...figure('simulate-10000', rememberedMs, manyTargetMs), ratio: rememberedMs / aloneMs, against: 'the time without a memory' },
    peer('simulate-10000-without-memory', aloneMs),
    { ...peer('simulate-icu-start', icuMs), target: 'none: once in a process' },
  ]);
}

/** As the builder does: the definition comes with the call and is compiled in it. */
function simulateOne(second: number): Simulation {
  const startAt = new Date(startMs + second * 1_000);
  return simulate({ definition, zone: 'America/Sao_Paulo', zoneOrigin: 'phone', startAt, fields: {}, rules });
}

function simulateEveryone(plan: typeof planStep): void {
  const compiled = compileDefinition(definition);
  const zones = Intl.supportedValuesOf('timeZone');
  for (let n = 0; n < people; n++) {
    const zone = zones[((n % zonesWanted) * 2) % zones.length] ?? 'UTC';
    const startAt = new Date(startMs + n * 1_000);
    const { steps: reached, end } = simulate({ definition, compiled, plan, zone, zoneOrigin: 'phone', startAt, fields: {}, rules });
    if (reached.length !== steps.length || end.kind !== 'completed') throw new Error(`${zone}: ${end.kind} after ${reached.length} steps`);
  }
}

function timedMs(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
