/** Writes rows of an import chunk by chunk, two at a time: while one chunk enrols its contacts, the next writes its own. Each is one
 *  transaction, and they are committed in the order of the file. */
import type { Db } from '#db/client.ts';
import type { Actor } from '#server/auth/actor.ts';
import { isClash, type ReadRow, writeImportChunk, type WrittenContacts } from './write-import-chunk.ts';

export interface RowsToWrite {
  /** Of the file, counted from 0: that of the first of `rows`. */
  readonly nextRow: number;
  readonly rows: readonly ReadRow[];
  readonly bytesDone: number;
}

export interface HowToWrite {
  readonly chunkRows: number;
  /** Asks to begin no more chunks. */
  readonly signal?: AbortSignal | undefined;
}

const attempts = 6;

/** Answers how many of the rows were written: all, unless it was asked to stop; null when this runner has to stop, because the import was
 *  canceled, or another worker has gone on with it. */
export async function writeImportRows(db: Db, actor: Actor, importId: string, of: RowsToWrite, how: HowToWrite): Promise<number | null> {
  const { rows, bytesDone } = of;
  let done = 0;
  let failed = 0;
  while (done < rows.length && !how.signal?.aborted) {
    // After a clash, one chunk by itself.
    const left = failed > 0 ? rows.slice(done, done + how.chunkRows) : rows.slice(done);
    const end = await writeAbreast(db, actor, importId, { nextRow: of.nextRow + done, rows: left, bytesDone }, how);
    done += end.written;
    if (end.isLeft) return null;
    failed = end.clash === null ? 0 : end.written > 0 ? 1 : failed + 1;
    if (failed >= attempts) throw end.clash;
  }
  return done;
}

interface Abreast {
  readonly written: number;
  /** The import is not this runner's any more. */
  readonly isLeft: boolean;
  readonly clash: unknown;
}

async function writeAbreast(
  db: Db,
  actor: Actor,
  importId: string,
  { nextRow, rows, bytesDone }: RowsToWrite,
  { chunkRows, signal }: HowToWrite,
): Promise<Abreast> {
  let written = 0;
  let isLeft = false;
  let begun = 0;
  let before: WrittenContacts | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const failures: unknown[] = [];
  try {
    while (begun < rows.length && !signal?.aborted && !isLeft) {
      const chunk = { nextRow: nextRow + begun, rows: rows.slice(begun, begun + chunkRows), bytesDone, before };
      const { promise: contacts, resolve: onContacts } = Promise.withResolvers<Omit<WrittenContacts, 'committed'> | null>();
      const writing = writeImportChunk(db, actor, importId, chunk, (taken, contactIds) => onContacts({ rows: taken, contactIds }));
      const committed = writing.then(
        (count) => {
          written += count ?? 0;
          isLeft ||= count === null;
          return count !== null;
        },
        (error: unknown) => {
          failures.push(error);
          return false;
        },
      );
      const settled = committed.then(() => null);
      last = writing;
      const stands = await Promise.race([contacts, settled]);
      // Not more than two: the one before is done when this one may finish.
      if (before) await before.committed;
      if (stands === null) break;
      before = { ...stands, committed };
      begun += stands.rows;
    }
    await last;
    return { written, isLeft, clash: null };
  } catch {
    // The one before fails first, and the next only because of it.
    const [first] = failures;
    if (!isClash(first)) throw first;
    return { written, isLeft, clash: first };
  }
}
