/** Candidates for a sequence, told apart by which of their addresses must never be contacted. */
import type { EnrolmentCandidates } from '#db/queries/enrolment-rows.ts';

export interface ScreenedCandidates extends EnrolmentCandidates {
  /** Which of their addresses are on the suppression list. */
  readonly suppressed: readonly ('phone' | 'email')[];
}

/** `suppressed`: by contact; those without such an address are missing. Where it is empty, every group stays whole. */
export function apartSuppressed(
  candidates: readonly EnrolmentCandidates[],
  suppressed: ReadonlyMap<string, readonly ('phone' | 'email')[]>,
): ScreenedCandidates[] {
  if (suppressed.size === 0) return candidates.map((group) => ({ ...group, suppressed: [] }));
  return candidates.flatMap((group) => {
    const parts = Map.groupBy(group.contactIds, (contactId) => (suppressed.get(contactId) ?? []).join());
    return [...parts.values()].map((contactIds) => ({ ...group, contactIds, suppressed: suppressed.get(contactIds[0] ?? '') ?? [] }));
  });
}
