/** Looks at the occasions of a workspace's triggers and enrols whom they let in: one transaction a set. */
import type { Db, Tx } from '#db/client.ts';
import { analyseBulkTables, bulkRows } from '#db/queries/statistics.ts';
import { addTallies, findTriggerWithOccasions, takeOccasions } from '#db/queries/trigger-occasions.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { log } from '#server/platform/log.ts';
import { isPassing, retryOnConflict } from '../engine/retry-on-conflict.ts';
import { letIn } from './let-in.ts';
import { lookForSilence } from './look-for-silence.ts';

export const occasionsAtOnce = 2_000;

/** Works until no occasion is left that other workers do not have in their hands, or until `signal` asks to stop. An occasion
 *  goes in the very transaction that enrols: a worker that dies leaves it to the next one, and none enrols twice. One trigger
 *  after the other gets its turn. What cannot be enrolled is refused as `failed`, and does not stand in the way.
 *  Many rows leave fresh statistics behind. */
export async function runTriggers(db: Db, workspaceId: WorkspaceId, signal?: AbortSignal): Promise<void> {
  await lookForSilence(db, workspaceId, signal);
  let done = 0;
  let idle = false;
  let triggerId = await findTriggerWithOccasions(db, workspaceId, null);
  while (triggerId !== null && !signal?.aborted) {
    const taken = await takeSet(db, workspaceId, triggerId, occasionsAtOnce);
    if (taken === 0 && idle) break;
    idle = taken === 0;
    done += taken;
    triggerId = await findTriggerWithOccasions(db, workspaceId, triggerId);
  }
  if (done >= bulkRows) await analyseBulkTables(db);
}

/** A set that fails for good is tried in smaller ones, down to the one occasion that fails. */
async function takeSet(db: Db, workspaceId: WorkspaceId, triggerId: string, limit: number): Promise<number> {
  const inOne = (work: (tx: Tx) => Promise<number>): Promise<number> => retryOnConflict(() => db.transaction().execute(work));
  try {
    return await inOne((tx) => letIn(tx, workspaceId, triggerId, limit));
  } catch (error) {
    if (isPassing(error)) throw error;
    if (limit > 1) return takeSet(db, workspaceId, triggerId, Math.ceil(limit / 10));
    log.error({ err: error, workspaceId, triggerId }, 'a trigger could not enrol');
    return inOne(async (tx) => {
      const occasions = await takeOccasions(tx, workspaceId, triggerId, limit);
      await addTallies(tx, workspaceId, triggerId, new Map(occasions.length > 0 ? [['failed', occasions.length]] : []));
      return occasions.length;
    });
  }
}
