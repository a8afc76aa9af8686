/** From bytes in chunks of any size to rows of cells. The same bytes give the same rows however they are cut. */
import Papa from 'papaparse';
import type { CsvFormat } from './format.ts';
import { rowEnd, tornRow } from './torn-row.ts';

export interface CsvRow {
  /** As a spreadsheet numbers rows, from 1, the header and blank rows counted. */
  readonly line: number;
  readonly cells: readonly string[];
  /** A quotation mark opens in this row and never closes, so that the rest of the file is in it; or closes where the cell goes on. */
  readonly unclosed: boolean;
  /** The row is longer than any contact; it was passed over, and its cells are not kept. */
  readonly tooLong?: true;
}

/** `longestRowChars`: a longer row is passed over while it streams, never held whole. Double marks quote, unless it says otherwise. */
export interface RowFormat extends Pick<CsvFormat, 'encoding' | 'delimiter'> {
  readonly quote?: CsvFormat['quote'];
  readonly longestRowChars?: number;
}

/** Thrown at the end of a file when such a row never ended; `line` is where it begins. */
export class RowTooLong extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`Row ${line} does not end: a quotation mark opens there and never closes.`);
    this.name = 'RowTooLong';
    this.line = line;
  }
}

export interface RowReader {
  push(bytes: Uint8Array): CsvRow[];
  end(): CsvRow[];
}

const shortSpan = 4_096;

/** Reads rows in `format`. Blank rows are left out, but counted in `line`; cells are as they stand in the file. */
export function createRowReader({ encoding, delimiter, quote = '"', longestRowChars = 1_000_000 }: RowFormat): RowReader {
  const decoder = new TextDecoder(encoding);
  const config = {
    delimiter,
    newline: '\n' as const,
    ...(quote === 'none' ? { fastMode: true } : { quoteChar: quote, escapeChar: quote }),
  };
  const parser = new Papa.Parser(config);
  const startIn = (text: string) => (row: number) =>
    row === 0 ? 0 : (new Papa.Parser({ ...config, preview: row }).parse(text, 0, false) as Papa.ParseResult<string[]>).meta.cursor;
  const mark = quote === 'none' ? -1 : quote.charCodeAt(0);
  let rest = '';
  let line = 0;
  let started = false;
  let heldReturn = false;
  /** How much of `rest` is parsed at once: little after a torn row, as there may be many of them, and each begins anew. */
  let span = Infinity;
  /** Inside of a row that is too long: whether a quotation mark is open in it. */
  let passing: { open: boolean } | null = null;

  const take = (text: string, last: boolean): CsvRow[] => {
    const fresh = uniformNewlines(text, last);
    if (passing === null) {
      rest += fresh;
      return taken(last);
    }
    const { end, open } = rowEnd(fresh, { open: passing.open, mark });
    if (end === -1 && !last) {
      passing.open = open;
      return [];
    }
    if (open && end === -1) throw new RowTooLong(line + 1);
    passing = null;
    line += 1;
    rest = end === -1 ? '' : fresh.slice(end);
    return [{ line, cells: [], unclosed: false, tooLong: true }, ...taken(last)];
  };

  const taken = (last: boolean): CsvRow[] => {
    if (!started) {
      if (!last && rest.length < 16) return [];
      started = true;
      const separatorLine = /^sep=.\n/i.exec(rest);
      if (separatorLine) {
        rest = rest.slice(separatorLine[0].length);
        line += 1;
      }
    }
    const rows: CsvRow[] = [];
    let after = parsed(last, rows);
    while (after === 'more') after = parsed(last, rows);
    return after === 'long' ? [...rows, ...taken(last)] : rows;
  };

  /** Adds the rows that stand in `rest` to `rows` and leaves what is after them; up to a row that is torn, or longer than the limit. */
  const parsed = (last: boolean, rows: CsvRow[]): 'more' | 'long' | 'all' => {
    const isWhole = rest.length <= span;
    const text = isWhole ? rest : rest.slice(0, span);
    const result = parser.parse(text, 0, !(last && isWhole)) as Papa.ParseResult<string[]>;
    const torn = result.errors.length === 0 ? null : tornRow(text, result, { mark, startOf: startIn(text) });
    const unclosedRow = last && isWhole && result.errors.some((error) => error.code === 'MissingQuotes') ? result.data.length - 1 : -1;
    const mayBeLong = rest.length > longestRowChars;
    (torn ? result.data.slice(0, torn.index) : result.data).forEach((cells, index) => {
      line += 1;
      if (mayBeLong && charsIn(cells) > longestRowChars) rows.push({ line, cells: [], unclosed: false, tooLong: true });
      else if (!isBlank(cells)) rows.push({ line, cells, unclosed: index === unclosedRow });
    });
    if (torn) {
      line += 1;
      rows.push({ line, cells: rest.slice(torn.start, torn.end - 1).split(delimiter), unclosed: true });
      rest = rest.slice(torn.end);
      span = shortSpan;
      return 'more';
    }
    rest = rest.slice(last && isWhole ? rest.length : result.meta.cursor);
    span = isWhole ? Infinity : span * 2;
    if (!isWhole) return 'more';
    if (rest.length <= longestRowChars) return 'all';
    const { end, open } = rowEnd(rest, { open: false, mark });
    if (end === -1) {
      passing = { open };
      rest = '';
      return 'all';
    }
    // Marks inside of a quoted cell have led the parser on; the row ends where as many were closed as opened.
    line += 1;
    rows.push({ line, cells: [], unclosed: true });
    rest = rest.slice(end);
    return 'long';
  };

  /** `\r\n` and a lone `\r` become `\n`, also where a chunk ends between the two; zero characters go. */
  function uniformNewlines(text: string, last: boolean): string {
    let whole = heldReturn ? `\r${text}` : text;
    heldReturn = !last && whole.endsWith('\r');
    if (heldReturn) whole = whole.slice(0, -1);
    if (whole.includes('\r')) whole = whole.replace(/\r\n?/g, '\n');
    return whole.includes('\u0000') ? whole.replaceAll('\u0000', '') : whole;
  }

  return {
    push: (bytes) => take(decoder.decode(bytes, { stream: true }), false),
    end: () => take(decoder.decode(), true),
  };
}

function charsIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.length, 0);
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** All rows of `chunks`, in arrays as they come; `byteCount` is how many bytes had been read by then. */
export async function* readRows(
  chunks: AsyncIterable<Uint8Array>,
  format: RowFormat,
): AsyncGenerator<{ rows: CsvRow[]; byteCount: number }> {
  const reader = createRowReader(format);
  let byteCount = 0;
  for await (const bytes of chunks) {
    byteCount += bytes.length;
    yield { rows: reader.push(bytes), byteCount };
  }
  yield { rows: reader.end(), byteCount };
}
