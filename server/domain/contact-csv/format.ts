/** How a file of contacts is written: encoding, separator, header. Detected, and every part of it can be overridden. */
import { z } from 'zod';
import { normalizeEmail } from '../address/email.ts';
import { encodings } from './encoding.ts';
import { targetOfHeader } from './header-names.ts';
import { createRowReader } from './row-reader.ts';

export const delimiters = [',', ';', '\t', '|'] as const;

export const csvFormatSchema = z.strictObject({
  encoding: z.enum(encodings),
  delimiter: z.enum(delimiters),
  hasHeader: z.boolean(),
});
export type CsvFormat = z.infer<typeof csvFormatSchema>;

const sampleRows = 50;
/** How much of a file's beginning detection wants to see; a shorter sample is taken for the whole file. */
export const sampleBytes = 65_536;

/** The separator with which the rows of `sample` (the file's first bytes) agree best on how many cells they have. */
export function detectDelimiter(sample: Uint8Array, encoding: CsvFormat['encoding']): CsvFormat['delimiter'] {
  const named = /^\ufeff?sep=(.)\r?\n/i.exec(new TextDecoder(encoding).decode(sample.subarray(0, 32)))?.[1];
  const known = delimiters.find((delimiter) => delimiter === named);
  if (known) return known;
  const scored = delimiters.map((delimiter) => ({ delimiter, score: agreement(sample, encoding, delimiter) }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

function agreement(sample: Uint8Array, encoding: CsvFormat['encoding'], delimiter: CsvFormat['delimiter']): number {
  const rows = sampleOf(sample, { encoding, delimiter });
  const widths = new Map<number, number>();
  for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
  let best = 0;
  for (const [width, count] of widths) {
    // Agreement counts most; among equals, more cells.
    if (width > 1) best = Math.max(best, (count / rows.length) * 100 + Math.min(width, 50) / 100);
  }
  return best;
}

/** Whether the first row names the columns: it holds known names (`known` adds to ours), or no value where the rows below hold
 *  values. */
export function detectHeader(rows: readonly (readonly string[])[], known: (name: string) => boolean = () => false): boolean {
  const [first, ...others] = rows;
  if (!first) return false;
  if (first.some(looksLikeValue)) return false;
  if (first.some((cell) => targetOfHeader(cell) !== null || known(cell))) return true;
  return first.some((_, column) => others.some((row) => looksLikeValue(row[column] ?? '')));
}

function looksLikeValue(cell: string): boolean {
  const text = cell.trim();
  if (text === '') return false;
  return normalizeEmail(text).ok || /^[+\d\s().,/:-]{3,}$/.test(text);
}

/** The first rows of a file whose first bytes are `sample`. */
export function sampleOf(sample: Uint8Array, format: Pick<CsvFormat, 'encoding' | 'delimiter'>, limit = sampleRows): string[][] {
  const reader = createRowReader(format);
  const rows = reader.push(sample);
  const last = sample.length < sampleBytes || rows.length === 0 ? reader.end() : [];
  return [...rows, ...last].slice(0, limit).map((row) => [...row.cells]);
}

/** The whole format of a file whose encoding is known already. */
export function detectFormat(sample: Uint8Array, encoding: CsvFormat['encoding']): CsvFormat {
  const delimiter = detectDelimiter(sample, encoding);
  return { encoding, delimiter, hasHeader: detectHeader(sampleOf(sample, { encoding, delimiter })) };
}
