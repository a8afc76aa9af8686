/** Whom the rows of an import ask to enrol, and under which key: each contact once per key. */
import type { ImportOptions } from '#server/domain/contact-csv/options.ts';
import type { PlannedRow } from '#server/domain/contact-csv/plan-chunk.ts';
import type { PlannedContact } from '#server/domain/contact-csv/planned-contact.ts';
import type { MadeContact } from '../enrolments/group-made.ts';

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

export function madeContact(contact: PlannedContact, contactId: string): MadeContact {
  const { phone, email, timeZone, timeZoneOrigin, fields, optOuts } = contact;
  return { contactId, phone, email, timeZone, timeZoneOrigin, fields, optedOutOf: optOuts };
}
