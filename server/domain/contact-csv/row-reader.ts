/** From bytes in chunks of any size to rows of cells. The same bytes give the same rows however they are cut. */
import Papa from 'papaparse';
import type { CsvFormat } from './format.ts';

export interface CsvRow {
  /** As a spreadsheet numbers rows, from 1, the header and blank rows counted. */
  readonly line: number;
  readonly cells: readonly string[];
  /** A quotation mark opens in this row and never closes: the rest of the file is in it. */
  readonly unclosed: boolean;
}

/** A row longer than this is a mark that never closes, not a contact. */
const longestRowChars = 1_000_000;

/** Thrown at a row without an end in sight; `line` is where it begins. */
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

/** Reads rows in `format`. Blank rows are left out, but counted in `line`; cells are as they stand in the file. */
export function createRowReader(format: Pick<CsvFormat, 'encoding' | 'delimiter'>): RowReader {
  const decoder = new TextDecoder(format.encoding);
  const parser = new Papa.Parser({ delimiter: format.delimiter, newline: '\n', quoteChar: '"', escapeChar: '"' });
  let rest = '';
  let line = 0;
  let started = false;
  let heldReturn = false;

  const take = (text: string, last: boolean): CsvRow[] => {
    rest += uniformNewlines(text, last);
    if (!started) {
      if (!last && rest.length < 16) return [];
      started = true;
      const separatorLine = /^sep=.\n/i.exec(rest);
      if (separatorLine) {
        rest = rest.slice(separatorLine[0].length);
        line += 1;
      }
    }
    const { data, errors, meta } = parser.parse(rest, 0, !last) as Papa.ParseResult<string[]>;
    const consumed = last ? rest.length : meta.cursor;
    const unclosedRow = last && errors.some((error) => error.code === 'MissingQuotes') ? data.length - 1 : -1;
    const rows: CsvRow[] = [];
    data.forEach((cells, index) => {
      line += 1;
      if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells, unclosed: index === unclosedRow });
    });
    rest = rest.slice(consumed);
    if (rest.length > longestRowChars) throw new RowTooLong(line + 1);
    return rows;
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

/** All rows of `chunks`, in arrays as they come; `byteCount` is how many bytes had been read by then. */
export async function* readRows(
  chunks: AsyncIterable<Uint8Array>,
  format: Pick<CsvFormat, 'encoding' | 'delimiter'>,
): AsyncGenerator<{ rows: CsvRow[]; byteCount: number }> {
  const reader = createRowReader(format);
  let byteCount = 0;
  for await (const bytes of chunks) {
    byteCount += bytes.length;
    yield { rows: reader.push(bytes), byteCount };
  }
  yield { rows: reader.end(), byteCount };
}
