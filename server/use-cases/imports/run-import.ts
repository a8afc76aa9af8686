/** Runs an import from where it stands. Safe to be killed and begun again, and to be run twice at once: every chunk is one
 *  transaction that moves the cursor, and only the runner whose cursor agrees writes it. */
import type { Db } from '#db/client.ts';
import { beginImport, finishImport, type ImportRow, lockImport } from '#db/queries/imports.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { getContactDefaults } from '#db/queries/contacts.ts';
import { analyseBulkTables, bulkRows } from '#db/queries/statistics.ts';
import { readUpload } from '#db/queries/uploads.ts';
import { type Actor, systemActor } from '#server/auth/actor.ts';
import { readContact, type RowFacts } from '#server/domain/contact-csv/row-contact.ts';
import { type CsvRow, readRows, RowTooLong } from '#server/domain/contact-csv/row-reader.ts';
import { DomainError } from '#server/platform/errors.ts';
import { importActor } from './import-actor.ts';
import { type ReadRow, writeImportChunk } from './write-import-chunk.ts';

export interface RunImportOptions {
  readonly chunkRows?: number;
  /** Asks to stop after the chunk that is being written. */
  readonly signal?: AbortSignal;
}

const defaultChunkRows = 2_000;
const pieceBytes = 65_536;
/** Statistics are refreshed when a bulk load has come so far, again at every fourfold, and at the end of a large one. */
const analyseFromRows = 5_000;

/** Answers whether the import has come to an end (done, failed, canceled, or another worker's); false when it was stopped. */
export async function runImport(
  db: Db,
  job: { readonly workspaceId: string; readonly importId: string },
  options: RunImportOptions = {},
): Promise<boolean> {
  const system = systemActor(job.workspaceId);
  const begun = await db.transaction().execute(async (tx) => {
    const found = await lockImport(tx, system.workspaceId, job.importId);
    if (found.status !== 'queued' && found.status !== 'running') return null;
    await beginImport(tx, system.workspaceId, job.importId);
    return found;
  });
  if (!begun) return true;
  const actor = await importActor(db, system.workspaceId, begun);
  const end = await run(db, actor, begun, options).catch(knownFailure);
  if (end === 'stopped') return false;
  if (end === 'left') return true;
  await db.transaction().execute(async (tx) => {
    const found = await lockImport(tx, system.workspaceId, begun.id);
    if (found.status === 'running') {
      await finishImport(
        tx,
        system.workspaceId,
        begun.id,
        end === 'read' ? { status: 'done', error: null } : { status: 'failed', error: end.error },
      );
    }
  });
  return true;
}

type End = 'read' | 'stopped' | 'left' | { readonly error: string };

/** `read`: to the file's end. `left`: canceled, or somebody else goes on with it. */
async function run(db: Db, actor: Actor, begun: ImportRow, { chunkRows = defaultChunkRows, signal }: RunImportOptions): Promise<End> {
  const { workspaceId } = actor;
  const facts = await rowFacts(db, actor, begun);
  let nextRow = begun.nextRow;
  let toSkip = nextRow + (begun.format.hasHeader ? 1 : 0);
  let waiting: ReadRow[] = [];
  let bytesDone = 0;
  let analyseAt = analyseFromRows;

  const write = async (least: number): Promise<End | null> => {
    while (waiting.length > 0 && waiting.length >= least) {
      if (signal?.aborted) return 'stopped';
      const written = await writeImportChunk(db, actor, begun.id, { nextRow, rows: waiting.slice(0, chunkRows), bytesDone });
      if (written === null) return 'left';
      nextRow += written;
      waiting = waiting.slice(written);
      if (nextRow < analyseAt) continue;
      while (analyseAt <= nextRow) analyseAt *= 4;
      await analyseBulkTables(db);
    }
    return null;
  };

  for await (const { rows, byteCount } of readRows(inPieces(readUpload(db, workspaceId, begun.uploadId)), begun.format)) {
    bytesDone = byteCount;
    const fresh = rows.slice(toSkip);
    toSkip = Math.max(0, toSkip - rows.length);
    for (const row of fresh) waiting.push(readRow(row, facts));
    const end = await write(chunkRows);
    if (end) return end;
  }
  if (bytesDone < begun.byteCount) return { error: 'fileGone' };
  const end = await write(1);
  if (end) return end;
  if (nextRow >= bulkRows) await analyseBulkTables(db);
  return 'read';
}

function readRow(row: CsvRow, facts: RowFacts): ReadRow {
  return { row, reading: readContact(row, facts) };
}

async function rowFacts(db: Db, actor: Actor, begun: ImportRow): Promise<RowFacts> {
  const fields = await listContactFields(db, actor.workspaceId);
  const { country } = await getContactDefaults(db, actor.workspaceId);
  return {
    mapping: begun.mapping,
    country,
    fieldKinds: new Map(fields.map((field) => [field.key, field.kind])),
    fieldOptions: new Map(fields.map((field) => [field.key, field.options ?? []])),
  };
}

/** Small pieces, so that progress moves in small files too. */
async function* inPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += pieceBytes) yield chunk.subarray(at, at + pieceBytes);
  }
}

/** What no second try would mend ends the import with a code for people; anything else is the queue's to try again. */
function knownFailure(error: unknown): End {
  if (error instanceof RowTooLong) return { error: `rowTooLong:${error.line}` };
  if (error instanceof DomainError && (error.code === 'conflict' || error.code === 'notFound')) return { error: 'sequenceClosed' };
  throw error;
}
