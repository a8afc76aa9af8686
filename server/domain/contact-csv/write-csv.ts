/** Rows as a line of CSV that a spreadsheet opens without running anything in it. */
import type { CsvFormat } from './format.ts';

/** A cell that a spreadsheet would take for a formula gets a quotation mark in front (OWASP: CSV injection). */
function harmless(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

/** One row with its line end. Cells with separators, marks or line breaks are quoted. */
export function csvLine(cells: readonly string[], delimiter: CsvFormat['delimiter']): string {
  const written = cells.map((raw) => {
    const cell = harmless(raw);
    return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  });
  return `${written.join(delimiter)}\r\n`;
}
