/** What cells with separators or line breaks in them are wrapped in. */
export const quotes = ['"', "'", 'none'] as const;
export type Quote = (typeof quotes)[number];

/** What the rows of `text` (a file's beginning), cut at `delimiter`, are quoted with. Apostrophes quote where they stand around cells and
 *  double marks do not; double marks that begin cells and end none are part of what is written, as in `"Nana" Souza`. */
export function detectQuote(text: string, delimiter: string): Quote {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  const cells = lines.flatMap((line) => line.split(delimiter));
  const marks = countOf(cells, '"');
  const apostrophes = countOf(cells, "'");
  if (marks.begin === 0 && apostrophes.begin * 2 >= lines.length && apostrophes.end * 10 >= apostrophes.begin * 8) return "'";
  return marks.begin > 1 && marks.end === 0 ? 'none' : '"';
}

function countOf(cells: readonly string[], mark: string): { begin: number; end: number } {
  return {
    begin: cells.filter((cell) => cell.startsWith(mark)).length,
    end: cells.filter((cell) => cell.endsWith(mark)).length,
  };
}
