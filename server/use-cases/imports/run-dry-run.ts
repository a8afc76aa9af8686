/** Counts what a prepared import would do, over its whole file. A worker that is killed leaves nothing: the next one counts anew. */
import type { Db } from '#db/client.ts';
import { type DryRun, type ImportRow, writeDryRun } from '#db/queries/imports.ts';
import { readUpload } from '#db/queries/uploads.ts';
import type { Actor } from '#server/auth/actor.ts';
import { type CsvRow, readRows, RowTooLong } from '#server/domain/contact-csv/row-reader.ts';
import { DomainError } from '#server/platform/errors.ts';
import { inPieces, rowFacts } from './read-import.ts';
import { beginTrial } from './try-rows.ts';

const chunkRows = 5_000;

/** Answers false when it was stopped before its end. */
export async function runDryRun(db: Db, actor: Actor, of: ImportRow, signal?: AbortSignal): Promise<boolean> {
  const { workspaceId } = actor;
  const token = of.dryRun?.token ?? '';
  const note = (state: Omit<DryRun, 'token'>): Promise<boolean> => writeDryRun(db, workspaceId, of.id, { ...state, token });
  const trial = await beginTrial(db, workspaceId, {
    uploadId: of.uploadId,
    facts: await rowFacts(db, workspaceId, of),
    options: of.options,
  });
  let waiting: CsvRow[] = [];
  let toSkip = of.format.hasHeader ? 1 : 0;
  let bytesDone = 0;
  try {
    for await (const { rows, byteCount } of readRows(inPieces(readUpload(db, workspaceId, of.uploadId)), of.format)) {
      for (const row of toSkip === 0 ? rows : rows.slice(toSkip)) waiting.push(row);
      toSkip = Math.max(0, toSkip - rows.length);
      bytesDone = byteCount;
      if (waiting.length < chunkRows) continue;
      await trial.tryRows(waiting);
      waiting = [];
      if (signal?.aborted) return false;
      if (!(await note({ ...trial.counts(), status: 'running', bytesDone, error: null }))) return true;
    }
    await trial.tryRows(waiting);
    await note({ ...trial.counts(), status: 'done', bytesDone, error: null });
  } catch (error) {
    const code = failureOf(error);
    if (code === null) throw error;
    await note({ ...trial.counts(), status: 'failed', bytesDone, error: code });
  }
  return true;
}

/** What no second try would mend, as a code for people. */
function failureOf(error: unknown): string | null {
  if (error instanceof RowTooLong) return `rowTooLong:${error.line}`;
  return error instanceof DomainError && (error.code === 'conflict' || error.code === 'notFound') ? 'sequenceClosed' : null;
}
