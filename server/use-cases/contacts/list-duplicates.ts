import type { Db } from '#db/client.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { type ContactRow, listContactsByIds } from '#db/queries/contacts.ts';
import { listDuplicateGroups, listDuplicateSubjects } from '#db/queries/duplicates.ts';
import { type DuplicateReason, duplicateGroups, factFields } from '#server/domain/contact/duplicates.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { distinctPairs } from './find-duplicates.ts';

export interface FoundDuplicates {
  readonly reasons: readonly DuplicateReason[];
  /** The oldest first. */
  readonly contacts: readonly ContactRow[];
}

/** One page of what the last search found, as the contacts are now: who was deleted, merged or corrected since is missing, and
 *  what is no group any more is passed over. `after`: the cursor of the page before. */
export async function listDuplicates(
  db: Db,
  workspaceId: WorkspaceId,
  page: { readonly after: string | null; readonly limit: number },
): Promise<{ found: FoundDuplicates[]; nextCursor: string | null }> {
  const facts = factFields(await listContactFields(db, workspaceId));
  const found: FoundDuplicates[] = [];
  let after = page.after;
  while (found.length < page.limit) {
    const wanted = page.limit - found.length;
    const rows = await listDuplicateGroups(db, workspaceId, { after, limit: wanted });
    const ids = rows.flatMap((row) => row.contactIds);
    const subjects = new Map((await listDuplicateSubjects(db, workspaceId, facts, ids)).map((subject) => [subject.id, subject]));
    const contacts = new Map((await listContactsByIds(db, workspaceId, ids)).map((contact) => [contact.id, contact]));
    const areDistinct = await distinctPairs(db, workspaceId, ids);
    for (const row of rows) {
      const present = row.contactIds.flatMap((id) => subjects.get(id) ?? []);
      for (const group of duplicateGroups(present, areDistinct)) {
        found.push({ reasons: group.reasons, contacts: group.contactIds.flatMap((id) => contacts.get(id) ?? []) });
      }
    }
    after = rows.at(-1)?.id ?? null;
    if (rows.length < wanted) return { found, nextCursor: null };
  }
  return { found, nextCursor: after };
}
