/** Runs an import from where it stands. Safe to be killed and begun again, and to be run twice at once: every chunk is one
 *  transaction that moves the cursor, and only the runner whose cursor agrees writes it. */
import type { Db } from '#db/client.ts';
import { beginImport, finishImport, type ImportRow, lockImport } from '#db/queries/imports.ts';
import { analyseBulkTables, bulkRows } from '#db/queries/statistics.ts';
import { mergeSearchList } from '#db/queries/search-index.ts';
import { type Actor, systemActor } from '#server/auth/actor.ts';
import { readContact } from '#server/domain/contact-csv/row-contact.ts';
import { RowTooLong } from '#server/domain/contact-csv/row-reader.ts';
import { importActor } from './import-actor.ts';
import { importFailure } from './import-failure.ts';
import { rowFacts, uploadRows } from './read-import.ts';
import { runDryRun } from './run-dry-run.ts';
import { runUndo } from './run-undo.ts';
import { waitingRows } from './waiting-rows.ts';
import { workBeside } from './work-beside.ts';
import { writeImportRows } from './write-import-rows.ts';

export interface RunImportOptions {
  readonly chunkRows?: number;
  /** Asks to stop after the chunk that is being written. */
  readonly signal?: AbortSignal;
}

const defaultChunkRows = 2_000;
/** Given to the writing together; so many are read meanwhile. */
const chunksAtOnce = 8;
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
  if (begun.status !== 'queued' && begun.status !== 'running') return true;
  const end = await run(db, actor, begun, options).catch(knownFailure);
  if (end === 'stopped') return false;
  if (end === 'left') return true;
  await db.transaction().execute(async (tx) => {
    const found = await lockImport(tx, workspaceId, begun.id);
    if (found.status !== 'running') return;
    const outcome = end === 'read' ? { status: 'done' as const, error: null } : { status: 'failed' as const, error: end.error };
    await finishImport(tx, workspaceId, begun.id, outcome);
  });
  return true;
}

type End = 'read' | 'stopped' | 'left' | { readonly error: string };

/** `read`: to the file's end. `left`: canceled, or somebody else goes on with it. */
async function run(db: Db, actor: Actor, begun: ImportRow, { chunkRows = defaultChunkRows, signal }: RunImportOptions): Promise<End> {
  const { workspaceId } = actor;
  const facts = await rowFacts(db, workspaceId, begun);
  let nextRow = begun.nextRow;
  let toSkip = nextRow + (begun.format.hasHeader ? 1 : 0);
  const waiting = waitingRows(chunkRows * chunksAtOnce);
  let bytesDone = 0;
  let analyseAt = analyseFromRows;
  let writing: Promise<End | null> | null = null;
  const merging = workBeside();
  const analysing = workBeside();

  // While some chunks are being written, the next ones are read.
  const write = async (): Promise<End | null> => {
    const written = await writeImportRows(db, actor, begun.id, { nextRow, rows: waiting.first(), bytesDone }, { chunkRows, signal });
    if (written === null) return 'left';
    nextRow += written;
    waiting.drop(written);
    // Searching stays fast, and this takes no time from the writing.
    merging.begin(() => mergeSearchList(db));
    if (nextRow < analyseAt) return null;
    while (analyseAt <= nextRow) analyseAt *= 8;
    analysing.begin(() => analyseBulkTables(db));
    return null;
  };
  const settled = async (): Promise<End | null> => {
    const end = await writing;
    writing = null;
    return end;
  };
  const begin = (): void => {
    writing = write();
    // Whoever waits for it hears of its failure.
    writing.catch(() => undefined);
  };

  try {
    for await (const { rows, byteCount } of uploadRows(db, workspaceId, begun.uploadId, begun.format)) {
      const fresh = toSkip === 0 ? rows : rows.slice(toSkip);
      toSkip = Math.max(0, toSkip - rows.length);
      for (const row of fresh) waiting.push({ row, reading: readContact(row, facts) });
      bytesDone = byteCount;
      while (waiting.fills(1)) {
        if (writing && !waiting.fills(2)) break;
        const end = writing ? await settled() : null;
        if (end) return end;
        if (signal?.aborted) return 'stopped';
        if (waiting.fills(1)) begin();
      }
    }
    if (bytesDone < begun.byteCount) return { error: 'fileGone' };
    while (writing || waiting.count() > 0) {
      const end = await settled();
      if (end) return end;
      if (signal?.aborted) return 'stopped';
      if (waiting.count() > 0) begin();
    }
  } catch (error) {
    // What stands before the fault in the file is written all the same.
    if (!(error instanceof RowTooLong)) throw error;
    for (let end = await settled(); waiting.count() > 0 || end; end = await settled()) {
      if (end) return end;
      if (signal?.aborted) return 'stopped';
      begin();
    }
    throw error;
  } finally {
    await Promise.resolve(writing).catch(() => undefined);
    await merging.settled();
    await analysing.settled();
  }
  if (nextRow >= bulkRows) await analyseBulkTables(db);
  return 'read';
}

/** What no second try would mend ends the import with a code for people; anything else is the queue's to try again. */
function knownFailure(error: unknown): End {
  const code = importFailure(error);
  if (code === null) throw error;
  return { error: code };
}
