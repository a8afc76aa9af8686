/** Changes to many contacts at once: the ids given, or all that a filter matches, in chunks of one statement each. */
import type { Db, Tx } from '#db/client.ts';
import { contactIdsMatching } from '#db/queries/contact-search.ts';
import { listKnownContactIds } from '#db/queries/contacts.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { ContactSelection } from '#server/domain/contact/schema.ts';

export interface BulkAnswer {
  readonly accepted: { readonly count: number };
  readonly refused: { readonly contactId: string; readonly reason: 'notFound' }[];
}

const chunkSize = 5_000;

/** Calls `change` with the ids of the contacts selected, all in one transaction. Ids that are not contacts of this
 *  workspace are refused one by one. */
export async function changeContacts(
  db: Db,
  actor: Actor,
  selection: ContactSelection,
  change: (tx: Tx, contactIds: readonly string[]) => Promise<void>,
): Promise<BulkAnswer> {
  return db.transaction().execute(async (tx) => {
    const { ids, refused } = await selectedIds(tx, actor, selection);
    for (let start = 0; start < ids.length; start += chunkSize) await change(tx, ids.slice(start, start + chunkSize));
    return { accepted: { count: ids.length }, refused };
  });
}

async function selectedIds(
  tx: Tx,
  actor: Actor,
  selection: ContactSelection,
): Promise<{ ids: string[]; refused: { contactId: string; reason: 'notFound' }[] }> {
  if ('filter' in selection) {
    const rows = await contactIdsMatching(tx, actor.workspaceId, selection.filter).execute();
    return { ids: rows.map((row) => row.id), refused: [] };
  }
  const asked = [...new Set(selection.contactIds)];
  const ids = await listKnownContactIds(tx, actor.workspaceId, asked);
  const known = new Set(ids);
  return { ids, refused: asked.filter((id) => !known.has(id)).map((contactId) => ({ contactId, reason: 'notFound' })) };
}
