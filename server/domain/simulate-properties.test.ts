/** The simulation against a walk by hand: the tree read as it is written, each step planned alone. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { compileDefinition, type WorkspaceRules } from './definition/compile.ts';
import { outcomesOf } from './definition/outcomes.ts';
import type { Definition, Step } from './definition/schema.ts';
import { definitionOf } from './definition/testing.ts';
import { simulate, type SimulationInput } from './simulate.ts';
import { MINUTE, runs, seed, settings, timeout } from './time/oracle.ts';
import { createPlanner } from './time/plan-batch.ts';
import { planStep } from './time/plan.ts';
import { anyPlacedStep, type PlacedStep } from './time/testing/steps.ts';
import { compileWindow } from './time/window.ts';

beforeAll(() => console.log(`properties of simulations: ${runs} runs each, seed ${seed} (ANDANTE_PROPERTY_RUNS, ANDANTE_PROPERTY_SEED)`));

const calendarId = '01900000-0000-7000-8000-000000000009';
const channelAccountId = '01900000-0000-7000-8000-000000000001';

/** What a step does, and how it can end. */
const content = fc.constantFrom<(timeoutMinutes: number) => object>(
  () => ({ type: 'message', message: { channelAccountId, body: 'Oi' } }),
  () => ({ type: 'message', message: { channelAccountId, body: 'Oi' } }),
  (timeoutMinutes) => ({ type: 'chatbot', chatbot: { chatbotId: channelAccountId, channelAccountId, timeoutMinutes } }),
  (timeoutMinutes) => ({ type: 'waitFor', waitFor: { reply: true, timeoutMinutes } }),
  (timeoutMinutes) => ({ type: 'task', task: { instructions: 'Call', timeoutMinutes } }),
  () => ({ type: 'branch', branch: { conditions: [{ outcome: 'isVip', all: [{ subject: 'tag', operator: 'hasTag', value: 'vip' }] }] } }),
  () => ({
    type: 'split',
    split: {
      variants: [
        { outcome: 'a', weight: 1 },
        { outcome: 'b', weight: 1 },
      ],
    },
  }),
  () => ({ type: 'webhook', webhook: { url: 'https://example.org' } }),
  () => ({ type: 'update', update: { addTag: 'seen' } }),
  () => ({ type: 'exit' }),
);

interface Draft {
  readonly step: (key: string) => Step;
  /** One list of steps per outcome, as far as they go. */
  readonly paths: readonly (readonly Draft[])[];
}

/** `from`: whose timing, windows and dates lie around the start of the enrolment. */
const draftOf = (depth: number): fc.Arbitrary<Draft> =>
  fc
    .record({
      from: anyPlacedStep,
      content,
      minutes: fc.integer({ min: 1, max: 5_000 }),
      expires: fc.option(fc.integer({ min: 1, max: 3_000 }), { freq: 3, nil: undefined }),
      hasWindow: fc.boolean(),
      paths: depth === 0 ? fc.constant([]) : fc.array(fc.array(draftOf(depth - 1), { maxLength: 2 }), { maxLength: 3 }),
    })
    .map(({ from, content: written, minutes, expires, hasWindow, paths }) => ({
      step: (key) =>
        ({
          key,
          timing: from.timing,
          ifPast: from.ifPast,
          ...(expires && { expiresAfterMinutes: expires }),
          ...(hasWindow && { window: from.step }),
          ...written(minutes),
        }) as Step,
      paths,
    }));

function written(drafts: readonly Draft[], prefix: string): Step[] {
  return drafts.map(({ step, paths }, index) => {
    const found = step(`${prefix}${index}`);
    const lists = outcomesOf(found).flatMap((outcome, n) => {
      const path = paths[n];
      return path ? [[outcome, written(path, `${prefix}${index}-${n}-`)] as const] : [];
    });
    return lists.length > 0 ? { ...found, paths: Object.fromEntries(lists) } : found;
  });
}

interface Case extends SimulationInput {
  readonly definition: Definition;
  readonly rules: WorkspaceRules;
}

/** Outcomes are chosen for every step by turns, so that every path is walked some time. */
const someCase: fc.Arbitrary<Case> = fc
  .tuple(anyPlacedStep, fc.array(draftOf(2), { minLength: 1, maxLength: 7 }), fc.nat(9), fc.boolean())
  .map(([place, drafts, turn, hasCalendar]) => {
    const definition = definitionOf(written(drafts, 's'), { window: place.sequence, calendarId: hasCalendar ? calendarId : null });
    const closed = Object.fromEntries(place.closedDates.map((date) => [date, 'closed']));
    const rules = { quietHours: place.quietHours, calendars: { [calendarId]: closed } };
    return { definition, rules, outcomes: chosen(definition.steps, turn), ...startOf(place) };
  });

function startOf({ zone, at, fields }: PlacedStep) {
  return { zone, zoneOrigin: 'set' as const, startAt: new Date(at), fields };
}

function chosen(steps: readonly Step[], turn: number): Record<string, string> {
  return Object.assign(
    {},
    ...steps.map((step, index) => {
      const possible = outcomesOf(step);
      const outcome = possible[(turn + index) % (possible.length + 1)];
      const within = Object.values(step.paths ?? {}).map((path) => chosen(path, turn + 1));
      return Object.assign({}, ...within, outcome === undefined ? {} : { [step.key]: outcome });
    }),
  );
}

/** What becomes of each step, in words, and the end. */
function walkByHand({ definition, rules, zone, startAt, fields, outcomes = {} }: Case): string[] {
  const lines: string[] = [];
  const lists = [[...definition.steps]];
  let anchorAt = startAt;
  while (lists.length > 0) {
    const step = lists.at(-1)?.shift();
    if (!step) {
      lists.pop();
      continue;
    }
    const closedDates = definition.calendarId ? Object.keys(rules.calendars[definition.calendarId] ?? {}) : [];
    const window = compileWindow({ sequence: definition.window, step: step.window, quietHours: rules.quietHours, closedDates });
    const plan = planStep({ step, anchorAt, enrolledAt: startAt, zone, window, fields });
    if (plan.kind === 'neverOpens') return [...lines, `${step.key} never opens, at ${anchorAt.toISOString()}`];
    if (plan.kind === 'past' && plan.action === 'exit') return [...lines, `${step.key} expired, at ${anchorAt.toISOString()}`];
    if (plan.kind !== 'due') {
      lines.push(`${step.key} ${plan.kind === 'past' ? `past ${plan.plannedAt.toISOString()}` : plan.reason}`);
      continue;
    }
    const { dueAt, plannedAt, reasons } = plan;
    const limit = step.expiresAfterMinutes;
    const isLate = limit !== undefined && dueAt.getTime() - plannedAt.getTime() > limit * MINUTE;
    const outcome = isLate ? undefined : (outcomes[step.key] ?? outcomesOf(step)[0]);
    const moved = dueAt.getTime() === plannedAt.getTime() ? '' : ` from ${plannedAt.toISOString()}`;
    lines.push(`${step.key} ${isLate ? 'expired ' : ''}${dueAt.toISOString()}${moved} [${reasons.join()}] ${outcome ?? ''}`);
    if (step.type === 'exit' && !isLate) return [...lines, `${step.key} exits, at ${dueAt.toISOString()}`];
    const over = dueAt.getTime() + minutesUntil(step, outcome) * MINUTE;
    anchorAt = new Date(Math.max(dueAt.getTime(), Math.floor(over / MINUTE) * MINUTE));
    const path = outcome === undefined ? undefined : step.paths?.[outcome];
    if (path) lists.push([...path]);
  }
  return [...lines, `completed, at ${anchorAt.toISOString()}`];
}

function minutesUntil(step: Step, outcome: string | undefined): number {
  if (step.type === 'chatbot') return outcome === 'noAnswer' ? step.chatbot.timeoutMinutes : 0;
  if (outcome !== 'timedOut') return 0;
  return step.type === 'waitFor' ? step.waitFor.timeoutMinutes : step.type === 'task' ? step.task.timeoutMinutes : 0;
}

const endings = { completed: 'completed', exitStep: 'exits', expired: 'expired', neverOpens: 'never opens' };

function simulated(input: SimulationInput): string[] {
  const { steps, end } = simulate(input);
  const lines = steps.map(({ stepKey, plannedAt, movedFrom, reasons, skipped, outcome }) => {
    const at = plannedAt?.toISOString();
    if (skipped === 'past') return `${stepKey} past ${at}`;
    if (skipped !== null && skipped !== 'expired') return `${stepKey} ${skipped}`;
    const moved = movedFrom ? ` from ${movedFrom.toISOString()}` : '';
    return `${stepKey} ${skipped ? 'expired ' : ''}${at}${moved} [${reasons.join()}] ${outcome ?? ''}`;
  });
  return [...lines, `${end.stepKey === null ? '' : `${end.stepKey} `}${endings[end.kind]}, at ${end.at.toISOString()}`];
}

test('a simulation is the walk that a person would make by hand', { timeout }, () => {
  fc.assert(
    fc.property(someCase, (some) => {
      expect(simulated(some)).toEqual(walkByHand(some));
    }),
    settings,
  );
});

test('a planner with a memory and a definition that is kept change nothing, also from the second contact on', { timeout }, () => {
  fc.assert(
    fc.property(someCase, fc.array(anyPlacedStep, { maxLength: 3 }), (some, others) => {
      const kept = { compiled: compileDefinition(some.definition), plan: createPlanner() };
      for (const start of [some, ...others.map(startOf), some]) {
        expect(simulate({ ...some, ...start, ...kept })).toEqual(simulate({ ...some, ...start }));
      }
    }),
    settings,
  );
});
