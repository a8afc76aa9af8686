/** The orders in which contacts are listed. Each follows an index, and goes on from a position in it. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ContactSort } from '#server/domain/contact/schema.ts';

export interface ContactOrder {
  readonly sort: ContactSort;
  readonly descending: boolean;
}

/** A contact's place in an order. `key` is '' in the order of creation, which is that of the ids; an instant to the microsecond in
 *  that of changes. Within one order, keys sort as text does byte by byte. */
export interface ContactPosition {
  readonly key: string;
  readonly id: string;
}

const columns = {
  created: sql`c.id`,
  name: sql`ltrim(left(c.search_text, 24)) collate "C"`,
  updated: sql`c.updated_at`,
} satisfies Record<ContactSort, RawBuilder<unknown>>;

const keys = {
  created: sql<string>`''`,
  name: columns.name,
  updated: sql<string>`to_char(c.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
} satisfies Record<ContactSort, RawBuilder<unknown>>;

/** The key of the contact `c`. */
export function keyOf({ sort }: ContactOrder): RawBuilder<unknown> {
  return keys[sort];
}

/** Of the contacts `c`, as the index has them. */
export function orderBy({ sort, descending }: ContactOrder): RawBuilder<unknown> {
  const direction = sql.raw(descending ? 'desc' : 'asc');
  return sort === 'created' ? sql`c.id ${direction}` : sql`${columns[sort]} ${direction}, c.id ${direction}`;
}

/** Whether the contact `c` is behind `position`; everybody is when it is null. */
export function isBehind({ sort, descending }: ContactOrder, position: ContactPosition | null): RawBuilder<SqlBool> {
  if (position === null) return sql`true`;
  const sign = sql.raw(descending ? '<' : '>');
  if (sort === 'created') return sql`c.id ${sign} ${position.id}::uuid`;
  const key = sort === 'updated' ? sql`${position.key}::timestamptz` : sql`${position.key}`;
  return sql`(${columns[sort]}, c.id) ${sign} (${key}, ${position.id}::uuid)`;
}

/** The same order of rows that carry `key` and `id`. */
export function byPosition({ descending }: ContactOrder): RawBuilder<unknown> {
  const direction = sql.raw(descending ? 'desc' : 'asc');
  return sql`key collate "C" ${direction}, id ${direction}`;
}
