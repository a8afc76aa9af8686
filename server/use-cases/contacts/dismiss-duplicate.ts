import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { listKnownContactIds } from '#db/queries/contacts.ts';
import { insertDistinctContacts } from '#db/queries/duplicates.ts';
import type { Actor } from '#server/auth/actor.ts';
import { notFound } from '#server/platform/errors.ts';

/** No two of these contacts are one person: they are not shown as duplicates again. Throws `notFound`. */
export function dismissDuplicate(db: Db, actor: Actor, ids: readonly string[]): Promise<void> {
  const { workspaceId } = actor;
  return db.transaction().execute(async (tx) => {
    const contactIds = [...new Set(ids)].sort();
    const known = new Set(await listKnownContactIds(tx, workspaceId, contactIds));
    const missing = contactIds.find((id) => !known.has(id));
    if (missing !== undefined) throw notFound('contact', missing);
    await insertDistinctContacts(tx, workspaceId, contactIds);
    await insertAuditEntry(tx, actor, 'contact.duplicateDismissed', { kind: 'contact', id: contactIds[0] ?? null }, { contactIds });
  });
}
