/** From one step to the next that is due. The engine and the simulation both walk with this function, so that what was
 *  simulated is what happens. */
import { type PlanInput, planStep, type MoveReason, type StepPlan } from '#server/domain/time/plan.ts';
import { type CompiledDefinition, effectiveWindowOf, nextStep, type WorkspaceRules } from './compile.ts';
import type { Step } from './schema.ts';

export interface WalkContext {
  readonly compiled: CompiledDefinition;
  readonly rules: WorkspaceRules;
  readonly enrolledAt: Date;
  readonly zone: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** `planStep`, or a planner with a memory for batches. */
  readonly plan?: (input: PlanInput) => StepPlan;
}

export const planningSkips = ['past', 'missingField', 'invalidField'] as const;
/** Why a step was passed over when it was planned: its date had passed, or the contact has no usable date. */
export type PlanningSkip = (typeof planningSkips)[number];

export interface SkippedStep {
  readonly step: Step;
  readonly plannedAt: Date | null;
  readonly reason: PlanningSkip;
}

/** `due`: wait for `step`. `completed`: no step is left. `expired`: a date had passed and the step says to end then.
 *  `neverOpens`: the rules leave no allowed instant within 366 days. */
export type WalkEnd =
  | {
      readonly kind: 'due';
      readonly step: Step;
      readonly plannedAt: Date;
      readonly dueAt: Date;
      readonly reasons: readonly MoveReason[];
    }
  | { readonly kind: 'completed' }
  | { readonly kind: 'expired'; readonly step: Step; readonly plannedAt: Date }
  | { readonly kind: 'neverOpens'; readonly step: Step };

/** Plans `step`; where it is passed over, the one after it, from the same anchor, and so on. */
export function walkToDue(step: Step | null, anchorAt: Date, context: WalkContext): { skipped: SkippedStep[]; end: WalkEnd } {
  const plan = context.plan ?? planStep;
  const skipped: SkippedStep[] = [];
  for (let current = step; current !== null; current = nextStep(context.compiled, current.key)) {
    const window = effectiveWindowOf(context.compiled, current, context.rules);
    const result = plan({
      step: current,
      anchorAt,
      enrolledAt: context.enrolledAt,
      zone: context.zone,
      window,
      fields: context.fields,
    });
    if (result.kind === 'due') return { skipped, end: { ...result, step: current } };
    if (result.kind === 'neverOpens') return { skipped, end: { kind: 'neverOpens', step: current } };
    if (result.kind === 'past' && result.action === 'exit') {
      return { skipped, end: { kind: 'expired', step: current, plannedAt: result.plannedAt } };
    }
    skipped.push({
      step: current,
      plannedAt: result.kind === 'past' ? result.plannedAt : null,
      reason: result.kind === 'past' ? 'past' : result.reason,
    });
  }
  return { skipped, end: { kind: 'completed' } };
}
