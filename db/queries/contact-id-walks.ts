/** Ways along contacts in the order of their ids that leave most others out: by a tag, or by the rows of an import. Many contacts of long
 *  ago are found along them as soon as those of today. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ContactCondition, ContactLeaf } from '#server/domain/contact/filter.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { ContactOrder } from './contact-order.ts';
import { isNegative, tagIds } from './contact-conditions.ts';

/** Behind the id `after`, the next `limit` ids at most, each once: a query of one column, `id`. */
export type IdWalk = (from: { readonly after: string | null; readonly limit: number } & ContactOrder) => RawBuilder<unknown>;

/** Everyone who fulfils the filter is on the way; null where no index has one. */
export function idWalkOf(workspaceId: WorkspaceId, condition: ContactCondition): IdWalk | null {
  if (!('of' in condition)) return isNegative(condition) ? null : walkOfLeaf(workspaceId, condition);
  if (condition.on !== 'all') return null;
  for (const part of condition.of) {
    const walk = idWalkOf(workspaceId, part);
    if (walk) return walk;
  }
  return null;
}

function walkOfLeaf(workspaceId: WorkspaceId, leaf: ContactLeaf): IdWalk | null {
  if (leaf.on === 'import') {
    const [importId] = leaf.importIds;
    if (leaf.importIds.length > 1) return null;
    return along(sql`import_rows`, sql`workspace_id = ${workspaceId} and import_id = ${importId} and contact_id is not null`);
  }
  if (leaf.on === 'tags' && leaf.tags !== undefined && (leaf.tags.length === 1 || leaf.op === 'hasAll')) {
    const id = sql`(${tagIds(workspaceId, leaf.tags.slice(0, 1))})[1]`;
    return along(sql`contact_tags`, sql`workspace_id = ${workspaceId} and tag_id = ${id}`);
  }
  return null;
}

/** Along an index of the table that goes on with `contact_id` once `own` holds. */
function along(table: RawBuilder<unknown>, own: RawBuilder<SqlBool>): IdWalk {
  return ({ after, limit, descending }) => {
    const direction = sql.raw(descending ? 'desc' : 'asc');
    const behind = after === null ? sql`true` : sql`contact_id ${sql.raw(descending ? '<' : '>')} ${after}::uuid`;
    return sql`select distinct on (contact_id) contact_id as id from ${table} where ${own} and ${behind} order by contact_id ${direction} limit ${limit}`;
  };
}
