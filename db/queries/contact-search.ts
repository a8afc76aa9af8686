/** The contacts that a filter means, as sets: for bulk changes, enrolment by filter and exact counts. */
import { type SqlBool, sql } from 'kysely';
import type { ContactCondition } from '#server/domain/contact/filter.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { conditionSql } from './contact-conditions.ts';

/** The ids of all contacts that match, as a query to build upon. `condition`: null for everybody. */
export function contactIdsMatching(db: Db, workspaceId: WorkspaceId, condition: ContactCondition | null) {
  return db
    .selectFrom('contacts as c')
    .select('c.id')
    .where('c.workspaceId', '=', workspaceId)
    .where(condition ? conditionSql(workspaceId, condition) : sql<SqlBool>`true`);
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
    .selectFrom(contactIdsMatching(db, workspaceId, condition).as('matching'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
