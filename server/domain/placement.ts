/** Where an enrolment stands after a walk over the plan: what its row says. Pure. */
import { type SkippedStep, walkToDue, type WalkContext } from './definition/walk.ts';
import type { Step } from './definition/schema.ts';
import type { ExitReason } from './enrolment-events.ts';
import type { MoveReason } from './time/reasons.ts';

export interface Placement {
  readonly stepKey: string | null;
  /** The number of the step that it waits for; steps that were passed over on the way have numbers too. */
  readonly stepNumber: number;
  readonly plannedAt: Date | null;
  readonly dueAt: Date | null;
  readonly moveReasons: readonly MoveReason[];
  /** Set when it ends here. */
  readonly exitReason: ExitReason | null;
  /** Set when no hour will ever be allowed: it is held until a member changes the rules. */
  readonly holdReason: 'neverOpens' | null;
  readonly skipped: readonly (SkippedStep & { readonly stepNumber: number })[];
}

/** Walks from `step` on and says where that leads. `stepNumber` is the number that `step` itself gets. */
export function placeFrom(step: Step | null, stepNumber: number, anchorAt: Date, context: WalkContext): Placement {
  const { skipped, end } = walkToDue(step, anchorAt, context);
  const numbered = skipped.map((passed, index) => ({ ...passed, stepNumber: stepNumber + index }));
  const here = stepNumber + skipped.length;
  const nothing = { plannedAt: null, dueAt: null, moveReasons: [], exitReason: null, holdReason: null, skipped: numbered } as const;
  switch (end.kind) {
    case 'due':
      return { ...nothing, stepKey: end.step.key, stepNumber: here, plannedAt: end.plannedAt, dueAt: end.dueAt, moveReasons: end.reasons };
    case 'neverOpens':
      return { ...nothing, stepKey: end.step.key, stepNumber: here, holdReason: 'neverOpens' };
    case 'expired':
      return { ...nothing, stepKey: end.step.key, stepNumber: here, exitReason: 'expired' };
    case 'completed':
      return { ...nothing, stepKey: null, stepNumber: here - 1, exitReason: 'completed' };
  }
}
