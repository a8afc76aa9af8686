/** Applies a recorded operation: one transaction a chunk, a cursor that any worker can go on from. */
import type { Db, Tx } from '#db/client.ts';
import { advanceOperation, endOperation, lockOperation } from '#db/queries/operations.ts';
import { analyseBulkTables, bulkRows } from '#db/queries/statistics.ts';
import { systemActor } from '#server/auth/actor.ts';
import { operationSchema } from '#server/domain/operation.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { log } from '#server/platform/log.ts';
import { isPassing, retryOnConflict } from '../engine/retry-on-conflict.ts';
import { armTriggers } from '../triggers/arm-triggers.ts';
import { applyChunk } from './apply-chunk.ts';

/** Works until the operation is done or canceled, or until `signal` asks to stop. A chunk that fails ends it as `failed`
 *  with what was done so far; a database that is away for a moment is the queue's to try again. Does nothing while another
 *  worker is at it. One that changed many rows leaves fresh statistics behind. */
export async function runOperation(db: Db, workspaceId: WorkspaceId, operationId: string, signal?: AbortSignal): Promise<void> {
  try {
    let ran: Ran = { goesOn: true, done: 0 };
    while (ran.goesOn && !signal?.aborted) {
      ran = await retryOnConflict(() => db.transaction().execute((tx) => runChunk(tx, workspaceId, operationId)));
    }
    if (!ran.goesOn && ran.done >= bulkRows) await analyseBulkTables(db);
  } catch (error) {
    if (isPassing(error)) throw error;
    log.error({ err: error, workspaceId, operationId }, 'an operation failed');
    await endOperation(db, workspaceId, operationId, { status: 'failed', error: textOf(error) });
  }
}

/** `done`: rows that the operation has gone through since it began; 0 where this worker had nothing to do. */
interface Ran {
  readonly goesOn: boolean;
  readonly done: number;
}

async function runChunk(tx: Tx, workspaceId: WorkspaceId, operationId: string): Promise<Ran> {
  const row = await lockOperation(tx, workspaceId, operationId);
  if (!row || (row.status !== 'queued' && row.status !== 'running')) return { goesOn: false, done: 0 };
  const operation = operationSchema.parse(row.payload);
  const by = { kind: row.actorKind, id: row.actorId };
  const chunk = await applyChunk(tx, systemActor(workspaceId), operation, { id: row.id, cursor: row.cursor, by });
  await advanceOperation(tx, workspaceId, operationId, chunk);
  await armTriggers(tx, workspaceId);
  return { goesOn: !chunk.finished, done: row.done + chunk.done };
}

/** What the operation is left with: of an error that says what is wrong, that code, a colon, and its words. */
function textOf(error: unknown): string {
  if (error instanceof DomainError && typeof error.details['problem'] === 'string') return `${error.details['problem']}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
