/** Whom the rows of an import ask to enrol, and under which key: each contact once per key. */
import type { ImportOptions } from '#server/domain/contact-csv/options.ts';
import type { PlannedContact, PlannedRow } from '#server/domain/contact-csv/plan-chunk.ts';
import type { EnrolmentCandidate } from '#db/queries/enrolment-rows.ts';

export interface AskedEnrolment {
  readonly line: number;
  readonly contact: PlannedContact;
  readonly key: string;
}

/** In rounds: no contact is in one twice. A row that was merged into an earlier one enrols only under a key of its own. */
export function askedEnrolments(planned: readonly PlannedRow[], options: Pick<ImportOptions, 'key'>): AskedEnrolment[][] {
  const rounds: AskedEnrolment[][] = [];
  const keys = new Map<PlannedContact, string[]>();
  for (const { row, outcome, contact } of planned) {
    if (!contact || (outcome === 'merged' && row.enrolmentKey === null)) continue;
    const key = row.enrolmentKey ?? options.key;
    const known = keys.get(contact);
    if (known?.includes(key)) continue;
    if (known) known.push(key);
    else keys.set(contact, [key]);
    const round = known ? known.length - 1 : 0;
    (rounds[round] ??= []).push({ line: row.line, contact, key });
  }
  return rounds;
}

/** A contact that the import makes: there is nothing yet that could refuse it but itself. */
export function newCandidate(contact: PlannedContact, contactId: string): EnrolmentCandidate {
  const { phone, email, timeZone, timeZoneOrigin, fields } = contact;
  return { contactId, phone, email, timeZone, timeZoneOrigin, fields, isActive: false, lastEndedAt: null, optedOutOf: [] };
}
