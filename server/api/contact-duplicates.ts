/** The procedures of `contacts` that are about duplicates: what a search found, what is none, and merging. */
import { z } from 'zod';
import { listConsentsOf } from '#db/queries/consents.ts';
import { listRefusalsOf } from '#db/queries/contact-merges.ts';
import { getContactDefaults } from '#db/queries/contacts.ts';
import { countDuplicateGroups, findDuplicateSearch } from '#db/queries/duplicates.ts';
import { largestGroup } from '#server/domain/contact/duplicates.ts';
import { mergeContactsSchema } from '#server/domain/contact/merged-values.ts';
import { idSchema } from '#server/platform/ids.ts';
import { dismissDuplicate } from '#server/use-cases/contacts/dismiss-duplicate.ts';
import { findDuplicates } from '#server/use-cases/contacts/find-duplicates.ts';
import { listDuplicates } from '#server/use-cases/contacts/list-duplicates.ts';
import { mergeContacts } from '#server/use-cases/contacts/merge-contacts.ts';
import { contactView } from './contact-view.ts';
import { noInput, pageInput, workspaceProcedure } from './trpc.ts';
import { wrongCursor } from './wrong-cursor.ts';

export const duplicateProcedures = {
  /** Groups of contacts that are possibly one person, as the last search found them; `search` says when that was. */
  duplicates: workspaceProcedure.input(z.strictObject(pageInput).optional()).query(async ({ ctx: { db, actor }, input }) => {
    const { workspaceId } = actor;
    const { cursor, limit = 50 } = input ?? {};
    // Read first: what a search that is done has found stands in what is read after it.
    const search = await findDuplicateSearch(db, workspaceId);
    const defaults = await getContactDefaults(db, workspaceId);
    const { found, nextCursor } = await listDuplicates(db, workspaceId, { after: cursor == null ? null : groupCursor(cursor), limit });
    const ids = found.flatMap(({ contacts }) => contacts.map(({ id }) => id));
    const consents = Map.groupBy(await listConsentsOf(db, workspaceId, ids), ({ contactId }) => contactId);
    const optOuts = Map.groupBy(await listRefusalsOf(db, workspaceId, ids), ({ contactId }) => contactId);
    return {
      items: found.map(({ reasons, contacts }) => ({
        reasons,
        contacts: contacts.map((row) => ({
          ...contactView(row, defaults),
          consents: (consents.get(row.id) ?? []).map(recordView),
          optOuts: (optOuts.get(row.id) ?? []).map(recordView),
        })),
      })),
      nextCursor,
      /** Of the last search; those that were merged or dismissed since are not counted. */
      groups: await countDuplicateGroups(db, workspaceId),
      search: search && {
        operationId: search.operationId,
        status: search.status,
        finishedAt: search.finishedAt?.toISOString() ?? null,
      },
    };
  }),

  /** Has a worker search all contacts anew; while it does, the same operation is answered. */
  findDuplicates: workspaceProcedure.input(noInput).mutation(({ ctx: { db, actor } }) => findDuplicates(db, actor)),

  /** No two of these contacts are one person. Remembered. */
  dismissDuplicate: workspaceProcedure
    .input(z.strictObject({ contactIds: z.array(idSchema).min(2).max(largestGroup) }))
    .mutation(async ({ ctx: { db, actor }, input: { contactIds } }) => {
      await dismissDuplicate(db, actor, contactIds);
      return { contactIds };
    }),

  /** Everything of `mergeIds` becomes `keepId`'s, and they are deleted. `fields` says whose value wins where not the kept one's. */
  merge: workspaceProcedure.input(mergeContactsSchema).mutation(({ ctx: { db, actor }, input }) => mergeContacts(db, actor, input)),
};

/** A consent or a refusal, without whose it is. */
function recordView<Row extends { readonly contactId: string; readonly at: Date }>({ contactId: _of, at, ...record }: Row) {
  return { ...record, at: at.toISOString() };
}

function groupCursor(cursor: string): string {
  if (idSchema.safeParse(cursor).success) return cursor;
  throw wrongCursor();
}
