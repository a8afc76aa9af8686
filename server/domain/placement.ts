/** Where an enrolment stands after a walk over the plan: what its row says. Pure. */
import { type SkippedStep, walkToDue, type WalkContext } from './definition/walk.ts';
import type { Step } from './definition/schema.ts';
import type { ExitReason } from './enrolment-events.ts';
import type { MoveReason } from './time/reasons.ts';

/** `neverOpens`: no hour will ever be allowed. `unknownStep`: its version has no such step, or one that cannot run yet. `humanTakeover`:
 *  a person of the team has the conversation. `messageExists`: the step has sent already, which no path of ours leads to. */
export type HoldReason = 'neverOpens' | 'unknownStep' | 'messageExists' | 'humanTakeover';

export interface Placement {
  readonly stepKey: string | null;
  /** The number of the step that it waits for; steps that were passed over on the way have numbers too. */
  readonly stepNumber: number;
  readonly plannedAt: Date | null;
  readonly dueAt: Date | null;
  readonly moveReasons: readonly MoveReason[];
  /** Set when it ends here. */
  readonly exitReason: ExitReason | null;
  /** Set when it cannot go on before a member does something. */
  readonly holdReason: HoldReason | null;
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

/** It stays at the step where it is, held or ended there. */
export function stayingAt(
  at: { readonly stepKey: string | null; readonly stepNumber: number; readonly plannedAt: Date | null; readonly dueAt: Date | null },
  why: { readonly exitReason?: ExitReason; readonly holdReason?: HoldReason },
): Placement {
  const { stepKey, stepNumber, plannedAt, dueAt } = at;
  const { exitReason = null, holdReason = null } = why;
  const ended = exitReason !== null;
  return {
    stepKey,
    stepNumber,
    plannedAt: ended ? null : plannedAt,
    dueAt: ended ? null : dueAt,
    moveReasons: [],
    exitReason,
    holdReason,
    skipped: [],
  };
}
