import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { insertDistinctContacts } from '#db/queries/duplicates.ts';
import type { Actor } from '#server/auth/actor.ts';
import { DomainError } from '#server/platform/errors.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { heldContactId } from './held-contact-id.ts';

/** No two of these contacts are one person: they are not shown as duplicates again. One that was merged stands for the one that was
 *  kept. Throws `notFound`, and `conflict` when two of them are one contact by now. */
export function dismissDuplicate(db: Db, actor: Actor, ids: readonly string[]): Promise<void> {
  return retryOnConflict(() => db.transaction().execute((tx) => dismissIn(tx, actor, [...new Set(ids)].sort())));
}

async function dismissIn(tx: Tx, actor: Actor, ids: readonly string[]): Promise<void> {
  const { workspaceId } = actor;
  const contactIds = new Set<string>();
  for (const id of ids) {
    const heldId = await heldContactId(tx, workspaceId, id);
    if (contactIds.has(heldId)) {
      throw new DomainError(
        'conflict',
        `Two of these contacts were merged into ${heldId} meanwhile: they are one now. Look at the list again.`,
        {
          mergedInto: heldId,
        },
      );
    }
    contactIds.add(heldId);
  }
  const held = [...contactIds].sort();
  await insertDistinctContacts(tx, workspaceId, held);
  await insertAuditEntry(tx, actor, 'contact.duplicateDismissed', { kind: 'contact', id: held[0] ?? null }, { contactIds: held });
}
