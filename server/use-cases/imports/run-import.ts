/** Runs an import from where it stands. Safe to be killed and begun again, and to be run twice at once: every chunk is one
 *  transaction that moves the cursor, and only the runner whose cursor agrees writes it. */
import type { Db } from '#db/client.ts';
import { beginImport, finishImport, type ImportRow, lockImport } from '#db/queries/imports.ts';
import { analyseBulkTables, bulkRows } from '#db/queries/statistics.ts';
import { mergeSearchList } from '#db/queries/search-index.ts';
import { type Actor, systemActor } from '#server/auth/actor.ts';
import { importActor } from './import-actor.ts';
import { importFailure } from './import-failure.ts';
import { readChunks } from './read-chunks.ts';
import { rowFacts, uploadRows } from './read-import.ts';
import { readOptOuts } from './read-opt-outs.ts';
import { runDryRun } from './run-dry-run.ts';
import { runUndo } from './run-undo.ts';
import { settleOptOuts } from './settle-opt-outs.ts';
import { workBeside } from './work-beside.ts';
import { type WritingEnd, writeImportRows } from './write-import-rows.ts';

export interface RunImportOptions {
  readonly chunkRows?: number;
  /** Asks to stop after the chunk that is being written. */
  readonly signal?: AbortSignal;
}

const defaultChunkRows = 2_000;
const mergeEveryRows = 16_000;
/** Statistics are refreshed when a bulk load has come so far, again at every eightfold, and at the end of a large one. */
const analyseFromRows = 5_000;

/** Does what there is to do for the import: runs it, counts what it would do, or undoes it. Answers whether that has come to an
 *  end (or is another worker's); false when it was stopped. */
export async function runImport(
  db: Db,
  job: { readonly workspaceId: string; readonly importId: string },
  options: RunImportOptions = {},
): Promise<boolean> {
  const { workspaceId } = systemActor(job.workspaceId);
  const begun = await db.transaction().execute(async (tx) => {
    const found = await lockImport(tx, workspaceId, job.importId);
    if (found.status === 'queued' || found.status === 'running') await beginImport(tx, workspaceId, job.importId);
    return found;
  });
  const actor = await importActor(db, workspaceId, begun);
  if (begun.undoStatus === 'running') return runUndo(db, actor, begun.id, options.signal);
  if (begun.status === 'draft') return begun.dryRun?.status === 'running' ? runDryRun(db, actor, begun, options.signal) : true;
  // What its last rows say of an opt-out is to stand on record too.
  const settle = () => settleOptOuts(db, actor, begun, options.signal).catch(knownFailure);
  if (begun.status === 'canceled' && begun.undoStatus === null) return (await settle()) !== false;
  if (begun.status !== 'queued' && begun.status !== 'running') return true;
  const end = await run(db, actor, begun, options).catch(knownFailure);
  if (end === 'stopped') return false;
  if (end === 'left') return true;
  const settled = await settle();
  if (settled === false) return false;
  const failure = [end, settled].find((part) => typeof part === 'object');
  await db.transaction().execute(async (tx) => {
    const found = await lockImport(tx, workspaceId, begun.id);
    if (found.status !== 'running') return;
    await finishImport(tx, workspaceId, begun.id, failure ? { status: 'failed', ...failure } : { status: 'done', error: null });
  });
  return true;
}

/** `left`: canceled, or somebody else goes on with it. */
type End = WritingEnd | Failure;

interface Failure {
  readonly error: string;
}

async function run(db: Db, actor: Actor, begun: ImportRow, { chunkRows = defaultChunkRows, signal }: RunImportOptions): Promise<End> {
  const { workspaceId } = actor;
  let { nextRow } = begun;
  let mergeAt = nextRow + mergeEveryRows;
  let analyseAt = analyseFromRows;
  const merging = workBeside();
  const analysing = workBeside();
  const onWritten = (next: number): void => {
    nextRow = next;
    // Searching stays fast, and this takes no time from the writing.
    if (nextRow >= mergeAt) {
      mergeAt = nextRow + mergeEveryRows;
      merging.begin(() => mergeSearchList(db));
    }
    if (nextRow < analyseAt) return;
    while (analyseAt <= nextRow) analyseAt *= 8;
    analysing.begin(() => analyseBulkTables(db));
  };
  const { uploadId, format, byteCount } = begun;
  const facts = await rowFacts(db, workspaceId, begun);
  const optOuts = await readOptOuts(uploadRows(db, workspaceId, uploadId, format), facts, format.hasHeader, signal);
  if (signal?.aborted) return 'stopped';
  const from = { nextRow, toSkip: nextRow + (format.hasHeader ? 1 : 0), mostRows: chunkRows, byteCount };
  const chunks = readChunks(uploadRows(db, workspaceId, uploadId, format), facts, from, optOuts);
  try {
    const end = await writeImportRows(db, actor, begun.id, chunks, { signal, onWritten });
    if (end !== 'written') return end;
    await merging.settled();
    merging.begin(() => mergeSearchList(db));
  } finally {
    await chunks.return();
    await merging.settled();
    await analysing.settled();
  }
  if (nextRow >= bulkRows) await analyseBulkTables(db);
  return 'written';
}

/** What no second try would mend ends the import with a code for people; anything else is the queue's to try again. */
function knownFailure(error: unknown): Failure {
  const code = importFailure(error);
  if (code === null) throw error;
  return { error: code };
}
