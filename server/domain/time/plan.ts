/** The one function that says when a step is due. The engine, the simulation and the previews all call it. */
import type { Step } from '#server/domain/definition/schema.ts';
import { MINUTE_MS } from './offsets.ts';
import type { MoveReason } from './reasons.ts';
import { wantedInstant } from './wait.ts';
import { floorToMinute } from './wall-clock.ts';
import { closingRules, type EffectiveWindow, firstAllowedInstant, type WindowRule, withoutRule } from './window.ts';

export type { MoveReason } from './reasons.ts';

export interface PlanInput {
  readonly step: Pick<Step, 'timing' | 'ifPast'>;
  /** When the previous step really happened (`anchorAfter`), or the enrolment's start for the first one. */
  readonly anchorAt: Date;
  readonly enrolledAt: Date;
  /** IANA zone of the enrolment. */
  readonly zone: string;
  readonly window: EffectiveWindow;
  /** The contact's fields, for dates that a timing is relative to. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** `due`: `plannedAt` is what the timing asks for, `dueAt` the first allowed instant from there, `reasons` why they
 *  differ (or `dst`, where a local time did not exist). `past`: the date lies before the anchor, and the step's `ifPast`
 *  says what happens. `skip`: the contact has no usable date. `neverOpens`: no allowed instant within 366 days. */
export type StepPlan =
  | { readonly kind: 'due'; readonly plannedAt: Date; readonly dueAt: Date; readonly reasons: readonly MoveReason[] }
  | { readonly kind: 'past'; readonly plannedAt: Date; readonly action: 'skip' | 'exit' }
  | { readonly kind: 'skip'; readonly reason: 'missingField' | 'invalidField' }
  | { readonly kind: 'neverOpens' };

/** `due = intoWindow(ceilToMinute(anchor + wait))`; `immediately` is the anchor itself. Pure: the same whatever "now"
 *  and the process's zone are. A date counts as past when its minute lies before the anchor's. Source: product §2, §3. */
export function planStep({ step, anchorAt, enrolledAt, zone, window, fields }: PlanInput): StepPlan {
  const { timing } = step;
  const anchor = timing.kind === 'after' && timing.from === 'enrolment' ? enrolledAt : anchorAt;
  const wanted = wantedInstant({ timing, anchor: anchor.getTime(), zone, window, fields });
  if ('problem' in wanted) return wanted.problem === 'neverOpens' ? { kind: 'neverOpens' } : { kind: 'skip', reason: wanted.problem };
  const plannedAt = new Date(wanted.at);
  if (timing.kind !== 'immediately' && wanted.at < floorToMinute(anchorAt.getTime())) {
    const action = step.ifPast ?? 'skip';
    if (action !== 'sendNow') return { kind: 'past', plannedAt, action };
    return intoWindow(plannedAt, anchorAt, window, zone, ['past']);
  }
  return intoWindow(plannedAt, plannedAt, window, zone, wanted.skipped ? ['dst'] : []);
}

/** The anchor for the step after one that was accepted: its due time, or the minute of its acceptance when that was later. */
export function anchorAfter(dueAt: Date, acceptedAt: Date): Date {
  return new Date(Math.max(dueAt.getTime(), floorToMinute(acceptedAt.getTime())));
}

/** Whether a step has waited longer than it may: the minute of `at` lies more than `expiresAfterMinutes` after what was planned.
 *  Decided when the step is claimed, at its due time or a little later: the last minute counts whole, or a step whose window
 *  opens in it would never be sent. */
export function isExpired(step: Pick<Step, 'expiresAfterMinutes'>, plannedAt: Date, at: Date): boolean {
  const minutes = step.expiresAfterMinutes;
  return minutes !== undefined && floorToMinute(at.getTime()) > plannedAt.getTime() + minutes * MINUTE_MS;
}

/** Where an instant goes that is found outside of its window later on, for instance when it is claimed: the next opening
 *  and the rules that made it move. Null when it is inside; `neverOpens` when nothing opens within 366 days. */
export function moveIntoWindow(
  at: Date,
  window: EffectiveWindow,
  zone: string,
): { readonly dueAt: Date; readonly reasons: readonly MoveReason[] } | 'neverOpens' | null {
  if (closingRules(at, window, zone).length === 0) return null;
  const plan = intoWindow(at, at, window, zone, []);
  return plan.kind === 'due' ? { dueAt: plan.dueAt, reasons: plan.reasons } : 'neverOpens';
}

function intoWindow(plannedAt: Date, from: Date, window: EffectiveWindow, zone: string, reasons: readonly MoveReason[]): StepPlan {
  const dueAt = firstAllowedInstant(from, window, zone);
  if (!dueAt) return { kind: 'neverOpens' };
  if (dueAt.getTime() === from.getTime()) return { kind: 'due', plannedAt, dueAt, reasons };
  return { kind: 'due', plannedAt, dueAt, reasons: [...reasons, ...movingRules(from, dueAt, window, zone)] };
}

/** The rules that closed `from` itself, and those without which the move would have been a shorter one. */
function movingRules(from: Date, dueAt: Date, window: EffectiveWindow, zone: string): WindowRule[] {
  const closing = closingRules(from, window, zone);
  const present: WindowRule[] = [...window.rules.keys(), ...(window.closedDays.size > 0 ? (['holiday'] as const) : [])];
  return present.filter((rule) => {
    if (closing.includes(rule)) return true;
    const without = firstAllowedInstant(from, lifted(window, rule), zone);
    return without !== null && without < dueAt;
  });
}

/** Kept per window: a batch plans thousands of contacts in the same one. */
const liftedRules = new WeakMap<EffectiveWindow, Map<WindowRule, EffectiveWindow>>();

function lifted(window: EffectiveWindow, rule: WindowRule): EffectiveWindow {
  let known = liftedRules.get(window);
  if (!known) liftedRules.set(window, (known = new Map()));
  let found = known.get(rule);
  if (!found) known.set(rule, (found = withoutRule(window, rule)));
  return found;
}
