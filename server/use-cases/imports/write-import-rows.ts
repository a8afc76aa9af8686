/** Writes rows of an import chunk by chunk, some at a time: while one chunk enrols its contacts, the next ones write theirs. Each is one
 *  transaction, and they are committed in the order of the file. */
import type { Db } from '#db/client.ts';
import { isOtherImportRunning } from '#db/queries/import-chunks.ts';
import type { Actor } from '#server/auth/actor.ts';
import { addressKeys } from '#server/domain/contact/addresses.ts';
import { type ChunkBefore, isClash, type ReadRow, writeImportChunk } from './write-import-chunk.ts';

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
const mostAbreast = 3;

/** Answers how many of the rows were written: all, unless it was asked to stop; null when this runner has to stop, because the import was
 *  canceled, or another worker has gone on with it. */
export async function writeImportRows(db: Db, actor: Actor, importId: string, of: RowsToWrite, how: HowToWrite): Promise<number | null> {
  const { rows, bytesDone } = of;
  // Imports of one workspace take turns; one that held contacts while it waits for its turn would keep the other from ending its own.
  const abreast = (await isOtherImportRunning(db, actor.workspaceId, importId)) ? 1 : mostAbreast;
  let done = 0;
  let failed = 0;
  while (done < rows.length && !how.signal?.aborted) {
    // After a clash, one chunk by itself.
    const left = failed > 0 ? rows.slice(done, done + how.chunkRows) : rows.slice(done);
    const end = await writeAbreast(db, actor, importId, { nextRow: of.nextRow + done, rows: left, bytesDone }, { ...how, abreast });
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

interface ChunkUnderWay {
  readonly addresses: ReadonlySet<string>;
  readonly wrote: () => ReadonlySet<string>;
  readonly committed: Promise<boolean>;
}

async function writeAbreast(
  db: Db,
  actor: Actor,
  importId: string,
  { nextRow, rows, bytesDone }: RowsToWrite,
  { chunkRows, abreast, signal }: HowToWrite & { readonly abreast: number },
): Promise<Abreast> {
  let written = 0;
  let isLeft = false;
  /** A chunk failed, or took only some of its rows. */
  let isBroken = false;
  const failures: unknown[] = [];
  let underWay: ChunkUnderWay[] = [];

  for (let start = 0; start < rows.length && !signal?.aborted; start += chunkRows) {
    const chunk = rows.slice(start, start + chunkRows);
    const said = addressesOf(chunk);
    const meets = underWay.some((other) => [...said].some((address) => other.addresses.has(address)));
    // A person of two chunks is read by the second as the first has left them.
    const tooMany = meets ? underWay : underWay.slice(0, Math.max(0, underWay.length - abreast + 1));
    for (const { committed } of tooMany) await committed;
    underWay = underWay.slice(tooMany.length);
    if (isBroken) break;

    const ahead = [...underWay];
    const last = ahead.at(-1);
    const before: ChunkBefore | null = last
      ? { committed: last.committed, wrote: (id) => ahead.some((other) => other.wrote().has(id)) }
      : null;
    let contactIds: ReadonlySet<string> = new Set();
    const committed = writeImportChunk(db, actor, importId, { nextRow: nextRow + start, rows: chunk, bytesDone, before }, (ids) => {
      contactIds = ids;
    }).then(
      (count) => {
        written += count ?? 0;
        isLeft ||= count === null;
        isBroken ||= count !== chunk.length;
        return count === chunk.length;
      },
      (error: unknown) => {
        failures.push(error);
        isBroken = true;
        return false;
      },
    );
    underWay.push({ addresses: said, wrote: () => contactIds, committed });
  }
  for (const { committed } of underWay) await committed;
  // The one before fails first, and the next only because of it.
  const [first = null] = failures;
  if (first !== null && !isClash(first)) throw first;
  return { written, isLeft, clash: first };
}

function addressesOf(rows: readonly ReadRow[]): Set<string> {
  return new Set(rows.flatMap(({ reading }) => (reading.ok ? addressKeys(reading.contact) : [])));
}
