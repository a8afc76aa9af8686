/** How a file of contacts is written: encoding, separator, quoting, where its table begins, header. Detected, and every part of it can be overridden. */
import { z } from 'zod';
import { normalizeEmail } from '../address/email.ts';
import { encodings } from './encoding.ts';
import { targetOfHeader } from './header-names.ts';
import { detectQuote, quotes } from './quoting.ts';
import { createRowReader, type CsvRow, type RowFormat } from './row-reader.ts';
import { detectStart } from './table-start.ts';

export const delimiters = [',', ';', '\t', '|'] as const;

export const csvFormatSchema = z.strictObject({
  encoding: z.enum(encodings),
  delimiter: z.enum(delimiters),
  quote: z.enum(quotes),
  /** Where the table begins, as a spreadsheet numbers lines, from 1. What stands above is no row of the import. */
  startLine: z.int().min(1).max(1_000),
  hasHeader: z.boolean(),
});
export type CsvFormat = z.infer<typeof csvFormatSchema>;

export const formatParts = csvFormatSchema.keyof().options;

/** So many rows tell what the others are like. */
export const sampleRows = 50;
/** How much of a file's beginning detection wants to see; a shorter sample is taken for the whole file. */
export const sampleBytes = 65_536;

export type Separators = Pick<CsvFormat, 'delimiter' | 'quote'>;

/** The separator with which the rows of `sample` (the file's first bytes) agree best on how many cells they have, and what cells are
 *  quoted with. What is `given` is taken for granted. */
export function detectSeparators(
  sample: Uint8Array,
  encoding: CsvFormat['encoding'],
  given: { readonly delimiter?: CsvFormat['delimiter'] | undefined; readonly quote?: CsvFormat['quote'] | undefined } = {},
): Separators {
  const text = new TextDecoder(encoding).decode(sample);
  const quotedBy = (delimiter: CsvFormat['delimiter']): Separators => ({ delimiter, quote: given.quote ?? detectQuote(text, delimiter) });
  const named = /^\ufeff?sep=(.)\r?\n/i.exec(text)?.[1];
  const known = given.delimiter ?? delimiters.find((delimiter) => delimiter === named);
  if (known) return quotedBy(known);
  const scored = delimiters.map(quotedBy).map((separators) => ({ separators, score: agreement(sample, { encoding, ...separators }) }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).separators;
}

function agreement(sample: Uint8Array, format: RowFormat): number {
  const rows = sampleOf(sample, format).slice(0, sampleRows);
  const widths = new Map<number, number>();
  for (const { cells } of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  let best = 0;
  for (const [width, count] of widths) {
    // Agreement counts most; among equals, more cells.
    if (width > 1) best = Math.max(best, (count / rows.length) * 100 + Math.min(width, 50) / 100);
  }
  return best;
}

/** Whether the first row names the columns: it holds known names (`known` adds to ours) and no address, or no value where the rows below
 *  hold values. A name may be a short number: the sales of a year. */
export function detectHeader(rows: readonly (readonly string[])[], known: (name: string) => boolean = () => false): boolean {
  const [first, ...others] = rows;
  if (!first) return false;
  const values = first.filter(looksLikeValue);
  if (values.some((cell) => cell.replace(/\D/g, '').length > 7 || cell.includes('@'))) return false;
  if (first.some((cell) => targetOfHeader(cell) !== null || known(cell))) return true;
  if (values.length > 0) return false;
  return first.some((_, column) => others.some((row) => looksLikeValue(row[column] ?? '')));
}

function looksLikeValue(cell: string): boolean {
  const text = cell.trim();
  if (text === '') return false;
  return normalizeEmail(text).ok || /^[+\d\s().,/:-]{3,}$/.test(text);
}

/** The first rows of a file whose first bytes are `sample`. */
export function sampleOf(sample: Uint8Array, format: RowFormat): CsvRow[] {
  const reader = createRowReader(format);
  const rows = reader.push(sample);
  const last = sample.length < sampleBytes || rows.length === 0 ? reader.end() : [];
  return [...rows, ...last];
}

/** The whole format of a file whose encoding is known already. */
export function detectFormat(sample: Uint8Array, encoding: CsvFormat['encoding']): CsvFormat {
  const separators = detectSeparators(sample, encoding);
  const rows = sampleOf(sample, { encoding, ...separators });
  const startLine = detectStart(rows.slice(0, sampleRows));
  return { encoding, ...separators, startLine, hasHeader: detectHeader(rowsFrom(rows, startLine)) };
}

/** The cells of some of `rows`, from that line on. */
export function rowsFrom(rows: readonly CsvRow[], startLine: number): (readonly string[])[] {
  return rows
    .filter(({ line }) => line >= startLine)
    .slice(0, sampleRows)
    .map(({ cells }) => cells);
}
