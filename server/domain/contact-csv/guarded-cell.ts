/** Values that a spreadsheet would take for a formula, written so that it does not, and read back without loss.
 *  A value of apostrophes alone followed by a sign of danger gets one apostrophe more; reading takes one away. Everything
 *  else is written as it is, so that no two values look the same. Source of the signs: OWASP, CSV injection. */

const danger = String.raw`[=+\-@\t\r\n＝＋－＠]`;
const needsGuard = new RegExp(`^'*${danger}`);
const hasGuard = new RegExp(`^'+${danger}`);

/** `value` as a cell: `+5511987654321` becomes `'+5511987654321`, which spreadsheets keep as text. */
export function guardedCell(value: string): string {
  return needsGuard.test(value) ? `'${value}` : value;
}

/** The value of a cell that was guarded; any other is its own value. */
export function unguardedCell(cell: string): string {
  return hasGuard.test(cell) ? cell.slice(1) : cell;
}
