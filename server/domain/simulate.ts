/** The exact future timeline of one contact in one sequence: the engine's own walk, with every message taken as accepted
 *  at its due time and every outcome as chosen. Pure; runs in the browser as well. */
import { type CompiledDefinition, compileDefinition, firstStep, nextStep, type WorkspaceRules } from '#server/domain/definition/compile.ts';
import { outcomesOf } from '#server/domain/definition/outcomes.ts';
import type { Definition, Step } from '#server/domain/definition/schema.ts';
import { type PlanningSkip, walkToDue } from '#server/domain/definition/walk.ts';
import { MINUTE_MS } from '#server/domain/time/offsets.ts';
import { anchorAfter, isExpired, type MoveReason, type PlanInput, planStep, type StepPlan } from '#server/domain/time/plan.ts';
import type { ZoneOrigin } from '#server/domain/time/schema.ts';

export interface SimulationInput {
  readonly definition: Definition;
  readonly zone: string;
  readonly zoneOrigin: ZoneOrigin;
  readonly startAt: Date;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly rules: WorkspaceRules;
  /** Step key → outcome, for steps that can end in several ways; else the first of them. */
  readonly outcomes?: Readonly<Record<string, string>> | undefined;
  /** `definition` compiled already. Who simulates many contacts keeps it, and the windows that are known by it. */
  readonly compiled?: CompiledDefinition | undefined;
  /** `planStep`, or a planner with a memory for many contacts (`createPlanner`). */
  readonly plan?: ((input: PlanInput) => StepPlan) | undefined;
}

/** `plannedAt`: when the step happens. `movedFrom`: when its timing alone would have had it, where that differs.
 *  A step that is passed over says why in `skipped`; its `plannedAt` is the date it missed, or null without one. */
export interface SimulatedStep {
  readonly stepKey: string;
  readonly type: Step['type'];
  readonly plannedAt: Date | null;
  readonly movedFrom: Date | null;
  readonly reasons: readonly MoveReason[];
  readonly zone: string;
  readonly zoneOrigin: ZoneOrigin;
  readonly skipped: PlanningSkip | 'expired' | null;
  /** How the step was taken to end; null for steps without outcomes. */
  readonly outcome: string | null;
}

export interface Simulation {
  readonly steps: readonly SimulatedStep[];
  /** How the enrolment ends, when, and at which step where that matters. */
  readonly end: { readonly kind: 'completed' | 'exitStep' | 'expired' | 'neverOpens'; readonly at: Date; readonly stepKey: string | null };
}

export function simulate(input: SimulationInput): Simulation {
  const { zone, zoneOrigin, startAt } = input;
  const compiled = input.compiled ?? compileDefinition(input.definition);
  const context = { compiled, rules: input.rules, enrolledAt: startAt, zone, fields: input.fields, plan: input.plan ?? planStep };
  const steps: SimulatedStep[] = [];
  const passOver = (step: Step, plannedAt: Date | null, skipped: SimulatedStep['skipped']): void =>
    void steps.push({
      stepKey: step.key,
      type: step.type,
      plannedAt,
      movedFrom: null,
      reasons: [],
      zone,
      zoneOrigin,
      skipped,
      outcome: null,
    });

  let anchorAt = startAt;
  let next = firstStep(compiled);
  while (steps.length <= compiled.steps.size) {
    const { skipped, end } = walkToDue(next, anchorAt, context);
    for (const passed of skipped) passOver(passed.step, passed.plannedAt, passed.reason);
    if (end.kind === 'completed') return { steps, end: { kind: 'completed', at: anchorAt, stepKey: null } };
    if (end.kind !== 'due') return { steps, end: { kind: end.kind, at: anchorAt, stepKey: end.step.key } };
    const { step, plannedAt, dueAt, reasons } = end;
    const expired = isExpired(step, plannedAt, dueAt);
    const outcome = expired ? null : chosenOutcome(step, input.outcomes);
    steps.push({
      stepKey: step.key,
      type: step.type,
      plannedAt: dueAt,
      movedFrom: plannedAt.getTime() === dueAt.getTime() ? null : plannedAt,
      reasons,
      zone,
      zoneOrigin,
      skipped: expired ? 'expired' : null,
      outcome,
    });
    if (step.type === 'exit' && !expired) return { steps, end: { kind: 'exitStep', at: dueAt, stepKey: step.key } };
    anchorAt = anchorAfter(dueAt, endOf(step, dueAt, outcome));
    next = nextStep(compiled, step.key, outcome);
  }
  return { steps, end: { kind: 'completed', at: anchorAt, stepKey: null } };
}

function chosenOutcome(step: Step, outcomes: SimulationInput['outcomes']): string | null {
  const possible = outcomesOf(step);
  const chosen = outcomes?.[step.key];
  return (chosen !== undefined && possible.includes(chosen) ? chosen : possible[0]) ?? null;
}

/** When a step is over: at once, but a time-out takes its time. */
function endOf(step: Step, dueAt: Date, outcome: string | null): Date {
  const minutes =
    step.type === 'chatbot' && outcome === 'noAnswer'
      ? step.chatbot.timeoutMinutes
      : step.type === 'waitFor' && outcome === 'timedOut'
        ? step.waitFor.timeoutMinutes
        : step.type === 'task' && outcome === 'timedOut'
          ? step.task.timeoutMinutes
          : 0;
  return new Date(dueAt.getTime() + minutes * MINUTE_MS);
}
