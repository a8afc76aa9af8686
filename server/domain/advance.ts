/** What happens to an enrolment whose step is due: the engine's one decision, taken at the claim. Pure. */
import { type CompiledDefinition, effectiveWindowOf, stepOf } from './definition/compile.ts';
import type { Step } from './definition/schema.ts';
import type { WalkContext } from './definition/walk.ts';
import type { SkipReason } from './enrolment-events.ts';
import { type HoldReason, placeFrom } from './placement.ts';
import { isPlacedFromOutside } from './time/reasons.ts';
import { isExpired, type MoveReason, moveIntoWindow } from './time/plan.ts';

export interface DueStep {
  readonly stepKey: string;
  readonly stepNumber: number;
  readonly plannedAt: Date | null;
  readonly dueAt: Date;
  readonly moveReasons: readonly string[];
  readonly anchorAt: Date;
  /** Whether a person of the team has a conversation of the contact. */
  readonly isTakenOver: boolean;
}

/** What the decision needs to know of the channel account that the step sends through. */
export interface StepAccount {
  readonly isDeleted: boolean;
  readonly maySend: boolean;
  /** Whether the contact refused channels of this kind. */
  readonly isOptedOut: boolean;
  /** The contact's address on it. */
  readonly address: string | null;
  /** Whether that address must never be contacted. */
  readonly isSuppressed: boolean;
}

type MessageStep = Extract<Step, { type: 'message' }>;
type ChatbotStep = Extract<Step, { type: 'chatbot' }>;

export type Decision =
  | { readonly kind: 'send'; readonly step: MessageStep; readonly address: string }
  | { readonly kind: 'startBot'; readonly step: ChatbotStep }
  /** The hour has closed, or the plan has changed: due later now. */
  | { readonly kind: 'reschedule'; readonly plannedAt: Date; readonly dueAt: Date; readonly reasons: readonly MoveReason[] }
  | { readonly kind: 'skip'; readonly step: Step; readonly reason: SkipReason }
  | { readonly kind: 'exit'; readonly reason: 'exitStep' | 'optedOut' }
  | { readonly kind: 'hold'; readonly reason: HoldReason }
  /** The account must not send now: it stays due, untouched. */
  | { readonly kind: 'wait' };

/** What a member forced goes outside of the hours too. `planIsStale`: window, quiet hours or zone changed since it was planned, so it is
 *  planned again first; what a pause or a member moved stays where that put it, inside the hours of now. */
export function advance(due: DueStep, account: StepAccount | null, context: WalkContext, planIsStale: boolean, now: Date): Decision {
  const { compiled } = context;
  const step = stepOf(compiled, due.stepKey);
  if (!step) return { kind: 'hold', reason: 'unknownStep' };
  if (due.isTakenOver) return { kind: 'hold', reason: 'humanTakeover' };
  const plannedAt = due.plannedAt ?? due.dueAt;
  if (planIsStale && !isPlacedFromOutside(due.moveReasons)) {
    const replanned = placeFrom(step, due.stepNumber, due.anchorAt, context);
    if (replanned.holdReason) return { kind: 'hold', reason: replanned.holdReason };
    if (replanned.stepKey === step.key && replanned.dueAt && replanned.plannedAt && replanned.dueAt > now) {
      return {
        kind: 'reschedule',
        plannedAt: replanned.plannedAt,
        dueAt: replanned.dueAt,
        reasons: ['planChanged', ...replanned.moveReasons],
      };
    }
  }
  if (isExpired(step, plannedAt, now)) return { kind: 'skip', step, reason: 'expired' };
  if (step.type === 'exit') return { kind: 'exit', reason: 'exitStep' };
  if (step.type !== 'message' && step.type !== 'chatbot') return { kind: 'hold', reason: 'unknownStep' };
  if (!account || account.isDeleted) return { kind: 'skip', step, reason: 'accountDeleted' };
  if (account.isOptedOut) return { kind: 'exit', reason: 'optedOut' };
  if (account.isSuppressed) return { kind: 'skip', step, reason: 'suppressed' };
  const isForced = due.moveReasons.includes('forced');
  const moved = isForced ? null : moveIntoWindow(now, windowOf(compiled, step, context), context.zone);
  if (moved === 'neverOpens') return { kind: 'hold', reason: 'neverOpens' };
  if (moved) return { kind: 'reschedule', plannedAt, dueAt: moved.dueAt, reasons: moved.reasons };
  if (account.address === null) return { kind: 'skip', step, reason: 'noAddress' };
  if (!account.maySend) return { kind: 'wait' };
  return step.type === 'message' ? { kind: 'send', step, address: account.address } : { kind: 'startBot', step };
}

function windowOf(compiled: CompiledDefinition, step: Step, context: WalkContext) {
  return effectiveWindowOf(compiled, step, context.rules);
}
