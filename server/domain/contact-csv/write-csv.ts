/** Rows as a line of CSV that a spreadsheet opens without running anything in it. */
import type { CsvFormat } from './format.ts';
import { guardedCell } from './guarded-cell.ts';

/** Cells that go out as they came in, and may have their guard already: only those without one get it. */
function harmless(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

/** One row of cells as a file gave them, with its line end. Cells with separators, marks or line breaks are quoted. */
export function csvLine(cells: readonly string[], delimiter: CsvFormat['delimiter']): string {
  return joined(cells.map(harmless), delimiter);
}

/** One row of values, with its line end: whatever they are, reading the cells and taking their guards off gives them
 *  back, with line breaks as \n and without zero characters. */
export function csvValues(values: readonly string[], delimiter: CsvFormat['delimiter']): string {
  return joined(
    values.map((value) => guardedCell(value.replace(/\r\n?/g, '\n').replaceAll('\u0000', ''))),
    delimiter,
  );
}

// A mark of UTF-8 or a separator line at the beginning of a file mean something to those who read it.
const meansSomething = /["\r\n]|^\ufeff|^sep=/i;

function joined(cells: readonly string[], delimiter: CsvFormat['delimiter']): string {
  const written = cells.map((cell) => (cell.includes(delimiter) || meansSomething.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${written.join(delimiter)}\r\n`;
}
