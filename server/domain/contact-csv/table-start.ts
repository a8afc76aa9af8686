/** Where in a file its table begins: reports have a title, a date, whom they are for and blank rows above the names of their columns. */
import { normalizeEmail } from '../address/email.ts';
import { targetsOfHeader } from './header-names.ts';
import type { CsvRow } from './row-reader.ts';

/** So many rows may stand above a table; blank ones do not count. */
export const mostAbove = 15;

/** The line of the first row that belongs to the table; `rows`: the first ones of the file. Rows are left out only above one that names
 *  columns by words we know (`known` adds to ours), and only where each of them has fewer filled cells than it and none holds an
 *  address: no row that could be imported is lost. */
export function detectStart(rows: readonly CsvRow[], known: (name: string) => boolean = () => false): number {
  const at = rows.findIndex(({ cells }) => namesColumns(cells, known));
  const header = rows[at];
  const above = rows.slice(0, Math.max(at, 0));
  const isApart = (row: CsvRow): boolean =>
    !row.tooLong && filledOf(row.cells).length < filledOf(header?.cells ?? []).length && !row.cells.some(isAddress);
  const isStart = header !== undefined && at <= mostAbove && above.every(isApart);
  return (isStart ? header : rows[0])?.line ?? 1;
}

/** It holds names for two columns, or one of an address among others, and no address. */
function namesColumns(cells: readonly string[], known: (name: string) => boolean): boolean {
  const filled = filledOf(cells);
  if (filled.length < 2 || filled.some(isAddress)) return false;
  const targets = filled.map(targetsOfHeader);
  const named = filled.filter((cell, index) => (targets[index] ?? []).length > 0 || known(cell));
  return named.length > 1 || targets.flat().some((target) => target === 'phone' || target === 'email');
}

function filledOf(cells: readonly string[]): string[] {
  return cells.filter((cell) => cell.trim() !== '');
}

/** A phone with its area code has ten digits; with a stroke or a colon among them they are a date, a time or a tax number. */
function isAddress(cell: string): boolean {
  return (/^[+\d\s().'-]+$/.test(cell) && cell.replace(/\D/g, '').length >= 10) || normalizeEmail(cell).ok;
}
