/** Rows that a mark of quotation has torn: `"Zé" Silva` begins with one and goes on after the second, and a parser that waits for a proper end
 *  takes the rows below for a part of it. */
import type Papa from 'papaparse';

export interface TornRow {
  /** Place among the rows that were parsed. */
  readonly index: number;
  /** Where the row begins in the text, and where it ends, after its line break. */
  readonly start: number;
  readonly end: number;
}

/** The first row of `text` that ends elsewhere, as many marks having closed as opened, than where the parser ended it; it ends at the first of
 *  the two. Null when there is none.
 *  `startOf`: where the row of that place begins. */
export function tornRow(
  text: string,
  { data, errors }: Pick<Papa.ParseResult<string[]>, 'data' | 'errors'>,
  { mark, startOf }: { readonly mark: number; readonly startOf: (row: number) => number },
): TornRow | null {
  let looked = -1;
  for (const { code, row = -1, index = 0 } of errors) {
    if (code !== 'InvalidQuotes' || row === looked || !data[row]?.some((cell) => cell.includes('\n'))) continue;
    looked = row;
    // The parser names the first sign after the mark that opens.
    const { end } = rowEnd(text, { from: index - 1, open: false, mark });
    const parsedEnd = startOf(row + 1);
    if (end !== parsedEnd) return { index: row, start: startOf(row), end: end === -1 ? parsedEnd : Math.min(end, parsedEnd) };
  }
  return null;
}

/** Where the row ends that `text` is in at `from`, after its line break, or -1; and whether a quotation `mark` is open at the end of `text`. */
export function rowEnd(
  text: string,
  { from = 0, open: openBefore, mark }: { readonly from?: number; readonly open: boolean; readonly mark: number },
): { end: number; open: boolean } {
  let open = openBefore;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === mark) open = !open;
    else if (code === 10 && !open) return { end: at + 1, open };
  }
  return { end: -1, open };
}
