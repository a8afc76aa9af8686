import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { deleteContactTags, ensureTags, insertContactTags } from '#db/queries/tags.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { ContactSelection } from '#server/domain/contact/schema.ts';
import { type BulkAnswer, changeContacts } from './change-contacts.ts';

/** Gives contacts tags, by name; tags that do not exist are made. */
export async function tagContacts(db: Db, actor: Actor, selection: ContactSelection, tags: readonly string[]): Promise<BulkAnswer> {
  return changeContacts(db, actor, selection, async (tx, contactIds) => {
    const ids = await ensureTags(tx, actor.workspaceId, tags);
    await insertContactTags(tx, actor.workspaceId, contactIds, [...ids.values()]);
    await insertAuditEntry(tx, actor, 'contact.tagged', { kind: 'contact', id: null }, { count: contactIds.length, tags });
  });
}

/** Takes tags from contacts, by name. */
export async function untagContacts(db: Db, actor: Actor, selection: ContactSelection, tags: readonly string[]): Promise<BulkAnswer> {
  return changeContacts(db, actor, selection, async (tx, contactIds) => {
    await deleteContactTags(tx, actor.workspaceId, contactIds, tags);
    await insertAuditEntry(tx, actor, 'contact.untagged', { kind: 'contact', id: null }, { count: contactIds.length, tags });
  });
}
