/** The rows of an import in chunks, each as much as one transaction writes. */
import { addressKinds, type AddressSets, addressSets } from '#server/domain/contact/addresses.ts';
import { type OptOutRow, optOutsAbout, type OptOutsOfFile } from '#server/domain/contact-csv/opt-outs-of-file.ts';
import { type RowReading, readContact, type RowContact, type RowFacts, toPlan } from '#server/domain/contact-csv/row-contact.ts';
import type { CsvRow } from '#server/domain/contact-csv/row-reader.ts';
import { charsOf } from './read-import.ts';

export interface ReadRow {
  readonly row: CsvRow;
  readonly reading: RowReading;
}

export interface ReadChunk {
  /** Of the file, counted from 0: that of the first of `rows`. */
  readonly nextRow: number;
  readonly rows: readonly ReadRow[];
  /** How far the file was read then. */
  readonly bytesDone: number;
  /** Rows of elsewhere in the file, of people of this chunk who opt out. */
  readonly optOuts: readonly OptOutRow[];
  /** All that its rows and `optOuts` say. */
  readonly addresses: AddressSets;
}

/** The upload ends before the file does: it was cleared away. */
export class FileGone extends Error {}

/** Cells are longer than this together only in a chunk of one row: some chunks are in memory at once. */
const mostChars = 1_000_000;

/** Reads `pieces` of rows from the one numbered `nextRow`. A chunk has `mostRows`, or fewer when they are long. `optOuts`: of the whole file,
 *  where anything in it says so. */
export async function* readChunks(
  pieces: AsyncIterable<{ readonly rows: readonly CsvRow[]; readonly byteCount: number }>,
  facts: RowFacts,
  from: { readonly nextRow: number; readonly toSkip: number; readonly mostRows: number; readonly byteCount: number },
  optOuts: OptOutsOfFile | null,
): AsyncGenerator<ReadChunk, void> {
  let { nextRow, toSkip } = from;
  let rows: ReadRow[] = [];
  let chars = 0;
  let bytesDone = 0;
  const chunk = (): ReadChunk => {
    const whole = chunkOf({ nextRow, rows, bytesDone, optOuts: optOutsAbout(readable(rows), optOuts) });
    nextRow += rows.length;
    rows = [];
    chars = 0;
    return whole;
  };
  try {
    for await (const { rows: read, byteCount } of pieces) {
      bytesDone = byteCount;
      for (const row of read) {
        if (toSkip > 0) {
          toSkip -= 1;
          continue;
        }
        const length = charsOf(row);
        if (rows.length === from.mostRows || (rows.length > 0 && chars + length > mostChars)) yield chunk();
        rows.push({ row, reading: readContact(row, facts) });
        chars += length;
      }
    }
    if (bytesDone < from.byteCount) throw new FileGone();
  } catch (error) {
    // What stands before the fault is written all the same.
    if (rows.length > 0) yield chunk();
    throw error;
  }
  if (rows.length > 0) yield chunk();
}

/** What is left of the chunk after `count` of its rows. */
export function chunkFrom(chunk: ReadChunk, count: number): ReadChunk {
  return count === 0 ? chunk : chunkOf({ ...chunk, nextRow: chunk.nextRow + count, rows: chunk.rows.slice(count) });
}

function chunkOf(of: Omit<ReadChunk, 'addresses'>): ReadChunk {
  return { ...of, addresses: addressSets([...readable(of.rows), ...of.optOuts]) };
}

/** What is to be planned of the rows. */
export function readable(rows: readonly ReadRow[]): RowContact[] {
  return rows.flatMap(({ reading }) => toPlan(reading) ?? []);
}

export function shareAddress(a: ReadChunk, b: ReadChunk): boolean {
  return addressKinds.some((kind) => !a.addresses[kind].isDisjointFrom(b.addresses[kind]));
}
