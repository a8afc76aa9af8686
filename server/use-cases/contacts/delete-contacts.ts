import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { deleteContactRows } from '#db/queries/contacts.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { ContactSelection } from '#server/domain/contact/schema.ts';
import { type BulkAnswer, changeContacts } from './change-contacts.ts';

/** Deletes contacts with their enrolments, messages and conversations. What is under way to a provider may still arrive. */
export async function deleteContacts(db: Db, actor: Actor, selection: ContactSelection): Promise<BulkAnswer> {
  return changeContacts(db, actor, selection, async (tx, contactIds) => {
    const count = await deleteContactRows(tx, actor.workspaceId, contactIds);
    const single = contactIds.length === 1 ? (contactIds[0] ?? null) : null;
    await insertAuditEntry(tx, actor, 'contact.deleted', { kind: 'contact', id: single }, { count });
  });
}
