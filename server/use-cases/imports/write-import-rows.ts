/** Writes rows of an import chunk by chunk, some at a time: while one chunk enrols its contacts, the next ones write theirs, and the one after
 *  them is read. Each is one transaction, and they are committed in the order of the file. */
import type { Db } from '#db/client.ts';
import { isOtherImportRunning } from '#db/queries/import-chunks.ts';
import type { Actor } from '#server/auth/actor.ts';
import { chunkFrom, type ReadChunk, shareAddress } from './read-chunks.ts';
import { type ChunkBefore, isClash, writeImportChunk } from './write-import-chunk.ts';

export interface HowToWrite {
  /** Asks to begin no more chunks. */
  readonly signal?: AbortSignal | undefined;
  /** Called when a chunk is committed, with the row of the file that comes after it, counted from 0. */
  readonly onWritten: (nextRow: number) => void;
}

/** `left`: this runner has to stop, because the import was canceled, or another worker has gone on with it. */
export type WritingEnd = 'written' | 'stopped' | 'left';

const attempts = 6;
const mostAbreast = 3;

/** Writes what `chunks` reads, to its end or until it is asked to stop. Throws what reading throws, once what stands before is written, and
 *  what writing throws, once nothing is under way. */
export async function writeImportRows(
  db: Db,
  actor: Actor,
  importId: string,
  chunks: AsyncIterator<ReadChunk>,
  { signal, onWritten }: HowToWrite,
): Promise<WritingEnd> {
  /** Those read and not begun: the next one, or after a clash all that are to be begun once more. */
  let waiting: ReadChunk[] = [];
  let underWay: ChunkUnderWay[] = [];
  let ahead: Promise<IteratorResult<ReadChunk>> | null = null;
  const unreadable: unknown[] = [];
  let failures = 0;

  /** While one chunk waits for its place, the next one is read. */
  const readNext = async (): Promise<ReadChunk[]> => {
    if (unreadable.length > 0) return [];
    try {
      const { done, value } = await (ahead ?? chunks.next());
      ahead = done ? Promise.resolve({ done, value }) : chunks.next();
      // Whoever asks for it hears of its failure.
      ahead.catch(() => undefined);
      return done ? [] : [value];
    } catch (error) {
      unreadable.push(error);
      return [];
    }
  };
  const hasRoom = async (): Promise<boolean> => {
    if (underWay.length === 0) return true;
    // After a clash, one chunk by itself.
    if (underWay.length === mostAbreast || failures > 0) return false;
    // Imports of one workspace take turns; one that held contacts while it waits for its turn would keep the other from ending its own.
    return !(await isOtherImportRunning(db, actor.workspaceId, importId));
  };
  /** Waits for the first one under way. Answers whether this runner may go on. */
  const settleFirst = async (): Promise<boolean> => {
    const [first, ...others] = underWay;
    if (!first) return true;
    const { chunk } = first;
    const { written, error } = await first.outcome;
    if (written === chunk.rows.length) {
      underWay = others;
      failures = 0;
      onWritten(chunk.nextRow + written);
      return true;
    }
    // The others fail, because this one is not committed with all of its rows.
    for (const other of others) await other.outcome;
    underWay = [];
    if (written === null) return false;
    waiting = [chunkFrom(chunk, written), ...others.map((other) => other.chunk), ...waiting];
    failures = written > 0 ? 0 : failures + 1;
    if (written > 0) onWritten(chunk.nextRow + written);
    else if (!isClash(error) || failures >= attempts) throw error;
    return true;
  };

  try {
    for (;;) {
      if (waiting.length === 0 && !signal?.aborted) waiting = await readNext();
      const [next] = signal?.aborted ? [] : waiting;
      if (!next && underWay.length === 0) {
        if (signal?.aborted) return 'stopped';
        if (unreadable.length > 0) throw unreadable[0];
        return 'written';
      }
      // A person of two chunks is read by the second as the first has left them.
      if (!next || underWay.some(({ chunk }) => shareAddress(chunk, next)) || !(await hasRoom())) {
        if (!(await settleFirst())) return 'left';
        continue;
      }
      waiting = waiting.slice(1);
      underWay = [...underWay, begun(db, actor, importId, next, underWay)];
    }
  } finally {
    for (const { outcome } of underWay) await outcome;
    await Promise.resolve(ahead).catch(() => undefined);
  }
}

interface ChunkUnderWay {
  readonly chunk: ReadChunk;
  readonly wrote: { readonly contactIds: ReadonlySet<string> };
  /** How many of its rows are committed: 0 with the error that kept it from it, null when the import is not this runner's any more. */
  readonly outcome: Promise<{ readonly written: number | null; readonly error?: unknown }>;
}

function begun(db: Db, actor: Actor, importId: string, chunk: ReadChunk, ahead: readonly ChunkUnderWay[]): ChunkUnderWay {
  const wrote = { contactIds: new Set<string>() as ReadonlySet<string> };
  const writing = writeImportChunk(db, actor, importId, { ...chunk, before: chunkBefore(ahead) }, (ids) => {
    wrote.contactIds = ids;
  });
  const outcome = writing.then(
    (written) => ({ written }),
    (error: unknown) => ({ written: 0, error }),
  );
  return { chunk, wrote, outcome };
}

/** Nothing that outlives the writing of the chunk may lead to this, else each would keep all before it in memory. */
function chunkBefore(ahead: readonly ChunkUnderWay[]): ChunkBefore | null {
  const last = ahead.at(-1);
  if (!last) return null;
  const rowCount = last.chunk.rows.length;
  return {
    committed: last.outcome.then(({ written }) => written === rowCount),
    wrote: (id) => ahead.some((other) => other.wrote.contactIds.has(id)),
  };
}
