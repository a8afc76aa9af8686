/** What a control over many enrolments answers: which were changed, and why the others were not. */
import type { LockedEnrolment } from '#db/queries/enrolment-controls.ts';
import type { ControlRefusal } from '#server/domain/enrolment-events.ts';

export interface RefusedEnrolment {
  readonly enrolmentId: string;
  readonly reason: ControlRefusal;
}

export interface ControlAnswer {
  readonly accepted: readonly string[];
  readonly refused: readonly RefusedEnrolment[];
}

/** Parts what was asked for into the locked rows that may be changed and the refusals. */
export function sortedOut(
  ids: readonly string[],
  locked: readonly LockedEnrolment[],
  refusalOf: (row: LockedEnrolment) => ControlRefusal | null,
): { rows: LockedEnrolment[]; refused: RefusedEnrolment[] } {
  const found = new Set(locked.map((row) => row.id));
  const refused: RefusedEnrolment[] = [...new Set(ids)]
    .filter((id) => !found.has(id))
    .map((enrolmentId) => ({ enrolmentId, reason: 'notFound' }));
  const rows: LockedEnrolment[] = [];
  for (const row of locked) {
    const reason = refusalOf(row);
    if (reason) refused.push({ enrolmentId: row.id, reason });
    else rows.push(row);
  }
  return { rows, refused };
}
