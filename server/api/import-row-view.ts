/** A row of an import as the API shows it. */
import type { ImportedRow } from '#db/queries/import-rows.ts';
import { refusedCell, type RefusedCellFacts } from '#server/domain/contact-csv/refused-cell.ts';
import { shownCell } from '#server/domain/contact-csv/shown-cell.ts';

export function importRowView({ problemColumn, optOutRecorded, ...row }: ImportedRow, facts: RefusedCellFacts) {
  const { outcome, reason } = row;
  return {
    ...row,
    cells: row.cells?.map(shownCell) ?? null,
    /** Of a refused row: whose cell it was, when it was one's. `name` is null where the file has no names; `index` is from 0. */
    column: outcome === 'rejected' && row.cells ? refusedCell({ column: problemColumn, reason, cells: row.cells }, facts) : null,
    /** Whether the opt-out that the row tells of is on record; null when it tells of none. */
    optOut: optOutRecorded === null ? null : optOutRecorded ? ('recorded' as const) : ('notRecorded' as const),
  };
}
