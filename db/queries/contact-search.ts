/** Which contacts a filter means: one place, used by lists, counts, bulk actions and enrolment by filter. */
import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely';
import type { ContactFilter } from '#server/domain/contact/schema.ts';
import type { Db } from '../client.ts';
import type { DB } from '../schema.gen.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** A condition on the contacts `c` of `workspaceId`. Every word must be found in the name, e-mail or phone (an index of
 *  trigrams serves it); what looks like a phone is sought by its digits. */
export function contactMatches(
  eb: ExpressionBuilder<DB & { c: DB['contacts'] }, 'c'>,
  workspaceId: WorkspaceId,
  filter: ContactFilter,
): ExpressionWrapper<DB & { c: DB['contacts'] }, 'c', SqlBool> {
  const conditions = [eb('c.workspaceId', '=', workspaceId)];
  for (const word of searchWords(filter.search ?? '')) {
    conditions.push(eb('c.searchText', 'like', sql<string>`'%' || andante_fold(${escapeLike(word)}) || '%'`));
  }
  const tag = filter.tag?.trim();
  if (tag) {
    conditions.push(
      eb.exists(
        eb
          .selectFrom('contactTags as ct')
          .innerJoin('tags as t', (join) => join.onRef('t.workspaceId', '=', 'ct.workspaceId').onRef('t.id', '=', 'ct.tagId'))
          .whereRef('ct.workspaceId', '=', 'c.workspaceId')
          .whereRef('ct.contactId', '=', 'c.id')
          .where(sql<boolean>`lower(t.name) = lower(${tag})`)
          .select('ct.contactId'),
      ),
    );
  }
  return eb.and(conditions);
}

/** The ids of all contacts that match, as a query to build upon. */
export function contactIdsMatching(db: Db, workspaceId: WorkspaceId, filter: ContactFilter) {
  return db
    .selectFrom('contacts as c')
    .select('c.id')
    .where((eb) => contactMatches(eb, workspaceId, filter));
}

/** Those of `ids` that match. */
export async function listMatchingIds(
  db: Db,
  workspaceId: WorkspaceId,
  filter: ContactFilter,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await contactIdsMatching(db, workspaceId, filter)
    .where('c.id', '=', sql<string>`any(${ids as string[]}::uuid[])`)
    .execute();
  return new Set(rows.map((row) => row.id));
}

export async function countContacts(db: Db, workspaceId: WorkspaceId, filter: ContactFilter): Promise<number> {
  const { count } = await db
    .selectFrom('contacts as c')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where((eb) => contactMatches(eb, workspaceId, filter))
    .executeTakeFirstOrThrow();
  return count;
}

const looksLikePhone = /^\+?[\d\s().-]{4,}$/;

/** `(11) 98765-4321` is one word of digits; anything else is split at spaces. */
export function searchWords(search: string): string[] {
  const text = search.trim();
  if (looksLikePhone.test(text)) return [text.replace(/\D/g, '').replace(/^0+/, '')].filter(Boolean);
  return text.split(/\s+/).filter(Boolean).slice(0, 8);
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
