/** Finds the contacts whose silence has lasted as long as a trigger says, and notes them as its occasions. */
import type { Db, Tx } from '#db/client.ts';
import { listMatchingIds } from '#db/queries/contact-search.ts';
import {
  insertSilentOccasions,
  listNextContactIds,
  listSilentContacts,
  listTriggersToLook,
  lockLook,
  moveLook,
} from '#db/queries/silent-contacts.ts';
import { triggerConditionSchema } from '#server/domain/trigger.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { conditionNow } from './condition-now.ts';

const pageSize = 5_000;

/** Once an hour for every trigger of the workspace, page by page: a worker that dies leaves the place to go on from. */
export async function lookForSilence(db: Db, workspaceId: WorkspaceId, signal?: AbortSignal): Promise<void> {
  for (const triggerId of await listTriggersToLook(db, workspaceId)) {
    while (!signal?.aborted && (await retryOnConflict(() => db.transaction().execute((tx) => lookAtPage(tx, workspaceId, triggerId)))));
  }
}

/** Answers whether there may be more contacts to look at. */
async function lookAtPage(tx: Tx, workspaceId: WorkspaceId, triggerId: string): Promise<boolean> {
  const look = await lockLook(tx, workspaceId, triggerId);
  if (!look) return false;
  const contactIds = await listNextContactIds(tx, workspaceId, look.after, pageSize);
  const silent = await listSilentContacts(tx, workspaceId, triggerId, { contactIds, silence: look.silence, days: look.days });
  const matching = await listMatchingIds(
    tx,
    workspaceId,
    await conditionNow(tx, workspaceId, triggerConditionSchema.parse(look.condition)),
    silent.map(({ contactId }) => contactId),
  );
  await insertSilentOccasions(
    tx,
    workspaceId,
    triggerId,
    silent.filter(({ contactId }) => matching.has(contactId)),
  );
  const goesOn = contactIds.length === pageSize;
  await moveLook(tx, workspaceId, triggerId, goesOn ? (contactIds.at(-1) ?? null) : null);
  return goesOn;
}
