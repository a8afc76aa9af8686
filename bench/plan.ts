/** Planning: the pure walk that says when each of many enrolments is next due, as the engine calls it. */
import { compileDefinition, firstStep, noWorkspaceRules } from '#server/domain/definition/compile.ts';
import { type Definition, emptyDefinition } from '#server/domain/definition/schema.ts';
import { placeFrom } from '#server/domain/placement.ts';
import { createPlanner } from '#server/domain/time/plan-batch.ts';
import { planStep } from '#server/domain/time/plan.ts';
import { type Figure, perSecond } from './figure.ts';

const target = 10_000;
const zones = ['America/Sao_Paulo', 'Europe/Lisbon', 'America/New_York', 'America/Manaus'];
const start = Date.UTC(2026, 10, 20, 12);

/** With office hours; enrolments spread over an hour and four zones. Once with the batch's memory, once without. */
export function plan(): Promise<Figure[]> {
  const definition: Definition = {
    ...emptyDefinition,
    steps: [
      {
        key: 'a',
        type: 'message',
        timing: { kind: 'after', amount: 2, unit: 'businessDays', at: '09:30' },
        message: { channelAccountId: crypto.randomUUID(), body: 'Oi' },
      },
    ],
  };
  const compiled = compileDefinition(definition);
  const measure = (steps: number, planner: typeof planStep): number => {
    const startedMs = performance.now();
    for (let n = 0; n < steps; n++) {
      const at = new Date(start + (n % 3_600) * 1_000);
      const zone = zones[n % zones.length] ?? 'UTC';
      placeFrom(firstStep(compiled), 1, at, { compiled, rules: noWorkspaceRules, enrolledAt: at, zone, fields: {}, plan: planner });
    }
    return perSecond(steps, performance.now() - startedMs);
  };
  measure(20_000, planStep);
  const figure = (name: string, value: number): Figure => ({
    name,
    value,
    unit: 'steps/s',
    ratio: null,
    against: null,
    target: `at least ${target.toLocaleString('en')}`,
    pass: value >= target,
  });
  return Promise.resolve([figure('plan', measure(500_000, createPlanner())), figure('plan-each-alone', measure(100_000, planStep))]);
}
