/** The contacts that a filter means, as sets: for bulk changes, enrolment by filter and exact counts. */
import { type SqlBool, sql } from 'kysely';
import type { ContactCondition } from '#server/domain/contact/filter.ts';
import { conditionOf } from '#server/domain/contact/write-out.ts';
import type { ContactTarget } from '#server/domain/operation.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { conditionSql } from './contact-conditions.ts';
import { idsAfter } from './enrolment-lists.ts';

/** The ids of all contacts that match, as a query to build upon. `condition`: null for everybody. */
export function contactIdsMatching(db: Db, workspaceId: WorkspaceId, condition: ContactCondition | null) {
  return db
    .selectFrom('contacts as c')
    .select('c.id')
    .where('c.workspaceId', '=', workspaceId)
    .where(condition ? conditionSql(workspaceId, condition) : sql<SqlBool>`true`);
}

/** The next ids of a target in their order, for work in chunks. Given ids come back as they are, known or not. `since`: an operation; whoever
 *  was made after it is left out of a filter. */
export async function listContactIdsAfter(
  db: Db,
  workspaceId: WorkspaceId,
  target: ContactTarget,
  { after, limit, since = null }: { readonly after: string | null; readonly limit: number; readonly since?: string | null },
): Promise<string[]> {
  if ('contactIds' in target) return idsAfter(target.contactIds, { after, limit });
  const rows = await contactIdsMatching(db, workspaceId, conditionOf(target.filter))
    .$if(after !== null, (query) => query.where('c.id', '>', after))
    .$if(since !== null, (query) =>
      query.where('c.createdAt', '<=', (eb) =>
        eb.selectFrom('operations').select('createdAt').where('workspaceId', '=', workspaceId).where('id', '=', since),
      ),
    )
    .orderBy('c.id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Those of `ids` that match. */
export async function listMatchingIds(
  db: Db,
  workspaceId: WorkspaceId,
  condition: ContactCondition | null,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await contactIdsMatching(db, workspaceId, condition)
    .where('c.id', '=', sql<string>`any(${ids as string[]}::uuid[])`)
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Exact, however long it takes: what an operation reports its progress against. */
export async function countContacts(db: Db, workspaceId: WorkspaceId, condition: ContactCondition | null): Promise<number> {
  const { count } = await db
    .selectFrom('contacts as c')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('c.workspaceId', '=', workspaceId)
    .where(condition ? conditionSql(workspaceId, condition, 'everybody') : sql<SqlBool>`true`)
    .executeTakeFirstOrThrow();
  return count;
}
