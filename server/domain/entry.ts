/** Who may enter a sequence: the refusals of an enrolment, decided per contact. Pure. */
import type { RefusalReason } from './enrolment-events.ts';

export interface EntryCandidate {
  readonly isActive: boolean;
  /** Whether another sequence of the same exclusivity group has the contact. */
  readonly isInGroup: boolean;
  readonly lastEndedAt: Date | null;
  /** Whether any channel account of the plan has an address of the contact; true for a plan that sends nothing. */
  readonly isReachable: boolean;
  /** Whether the contact refused every channel of the plan that could reach it. */
  readonly isOptedOut: boolean;
  /** Whether what the contact did not refuse of these is on the suppression list, all of it. */
  readonly isSuppressed: boolean;
}

const dayMs = 86_400_000;

/** Why the contact is refused now, or null when it may enter. Source: product §4. */
export function refusalOf(
  candidate: EntryCandidate,
  reentry: { readonly policy: 'never' | 'afterExit'; readonly coolDownDays: number },
  now: Date,
): RefusalReason | null {
  if (candidate.isActive) return 'alreadyActive';
  if (candidate.lastEndedAt) {
    if (reentry.policy === 'never') return 'noReentry';
    if (now.getTime() < candidate.lastEndedAt.getTime() + reentry.coolDownDays * dayMs) return 'coolDown';
  }
  if (candidate.isInGroup) return 'exclusive';
  if (!candidate.isReachable) return 'noAddress';
  if (candidate.isOptedOut) return 'optedOut';
  return candidate.isSuppressed ? 'suppressed' : null;
}
