/** Counts what became of rows, for the import, its preview and its dry run. */
import type { ImportedRow } from '#db/queries/import-rows.ts';
import type { Changes } from '#server/domain/contact-csv/planned-contact.ts';
import type { ImportCounts } from '#server/domain/contact-csv/options.ts';

export interface CountedRow extends Pick<ImportedRow, 'outcome' | 'reason' | 'enrolment' | 'optOutRecorded'> {
  readonly changes: Changes | null;
}

/** `before` with `rows` counted in. */
export function countRows(before: ImportCounts, rows: readonly CountedRow[], ninthDigitAdded: number): ImportCounts {
  const counts = { ...before, reasons: { ...before.reasons }, notEnrolled: { ...before.notEnrolled } };
  counts.rows += rows.length;
  counts.ninthDigitAdded += ninthDigitAdded;
  for (const { outcome, reason, enrolment, optOutRecorded, changes } of rows) {
    counts[outcome] += 1;
    if ((outcome === 'rejected' || outcome === 'skipped') && reason) counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1;
    if (enrolment === 'enrolled') counts.enrolled += 1;
    else if (enrolment) counts.notEnrolled[enrolment] = (counts.notEnrolled[enrolment] ?? 0) + 1;
    // With the row that says it, or beforehand with the first one of that person.
    if (changes !== null && Object.keys(changes).some((column) => column.startsWith('optOut.'))) counts.optOutsRecorded += 1;
    if (optOutRecorded !== null) counts.optOutRows += 1;
    if (optOutRecorded === false) counts.optOutsNotRecorded += 1;
  }
  return counts;
}
