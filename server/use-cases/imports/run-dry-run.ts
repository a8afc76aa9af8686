/** Counts what a prepared import would do, over its whole file. A worker that is killed leaves nothing: the next one counts anew. */
import type { Db } from '#db/client.ts';
import { type DryRun, type ImportRow, writeDryRun } from '#db/queries/imports.ts';
import type { Actor } from '#server/auth/actor.ts';
import { noCounts } from '#server/domain/contact-csv/options.ts';
import type { CsvRow } from '#server/domain/contact-csv/row-reader.ts';
import { importFailure } from './import-failure.ts';
import { charsOf, chunkChars, rowFacts, uploadRows } from './read-import.ts';
import { readOptOuts } from './read-opt-outs.ts';
import { beginTrial, type Trial } from './try-rows.ts';

const chunkRows = 5_000;

/** Answers false when it was stopped before its end. */
export async function runDryRun(db: Db, actor: Actor, of: ImportRow, signal?: AbortSignal): Promise<boolean> {
  const { workspaceId } = actor;
  const token = of.dryRun?.token ?? '';
  const note = (state: Omit<DryRun, 'token'>): Promise<boolean> => writeDryRun(db, workspaceId, of.id, { ...state, token });
  const { uploadId, options } = of;
  let trial: Trial | null = null;
  let waiting: CsvRow[] = [];
  let waitingChars = 0;
  let toSkip = of.format.hasHeader ? 1 : 0;
  let bytesDone = 0;
  try {
    const facts = await rowFacts(db, workspaceId, of);
    const optOuts = await readOptOuts(uploadRows(db, workspaceId, uploadId, of.format), facts, of.format.hasHeader, signal);
    trial = await beginTrial(db, workspaceId, { uploadId, facts, options, optOuts });
    for await (const { rows, byteCount } of uploadRows(db, workspaceId, uploadId, of.format)) {
      for (const row of toSkip === 0 ? rows : rows.slice(toSkip)) {
        waiting.push(row);
        waitingChars += charsOf(row);
      }
      toSkip = Math.max(0, toSkip - rows.length);
      bytesDone = byteCount;
      if (waiting.length < chunkRows && waitingChars < chunkChars) continue;
      await trial.tryRows(waiting);
      waiting = [];
      waitingChars = 0;
      if (signal?.aborted) return false;
      if (!(await note({ ...trial.counts(), status: 'running', bytesDone, error: null }))) return true;
    }
    await trial.tryRows(waiting);
    await trial.settle();
    await note({ ...trial.counts(), status: 'done', bytesDone, error: null });
  } catch (error) {
    const code = importFailure(error);
    if (code === null) throw error;
    const counted = trial?.counts() ?? { counts: noCounts, alreadyEnrolled: 0, optedOut: 0 };
    await note({ ...counted, status: 'failed', bytesDone, error: code });
  }
  return true;
}
