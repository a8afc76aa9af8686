/** The orders in which contacts are listed. Each follows an index, and goes on from a position in it. */
import { type RawBuilder, sql } from 'kysely';
import type { ContactSort } from '#server/domain/contact/schema.ts';

export interface ContactOrder {
  readonly sort: ContactSort;
  readonly descending: boolean;
}

/** A contact's place in an order. `key` is '' in the order of creation, which is that of the ids. */
export interface ContactPosition {
  readonly key: string;
  readonly id: string;
}

const keys = {
  created: sql`''`,
  name: sql`ltrim(left(c.search_text, 40)) collate "C"`,
  updated: sql`c.updated_at`,
} satisfies Record<ContactSort, RawBuilder<unknown>>;

/** What a position needs: `id`, and `key` as text that an instant comes back from without loss. */
export function positionColumns({ sort }: ContactOrder): RawBuilder<unknown> {
  return sort === 'updated'
    ? sql`c.id, to_char(c.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as key`
    : sql`c.id, ${keys[sort]} as key`;
}

export function orderBy({ sort, descending }: ContactOrder): RawBuilder<unknown> {
  const direction = sql.raw(descending ? 'desc' : 'asc');
  return sort === 'created' ? sql`c.id ${direction}` : sql`${keys[sort]} ${direction}, c.id ${direction}`;
}

/** Behind `position`, or anywhere when it is null. */
export function isBehind({ sort, descending }: ContactOrder, position: ContactPosition | null): RawBuilder<unknown> {
  if (position === null) return sql`true`;
  const sign = sql.raw(descending ? '<' : '>');
  if (sort === 'created') return sql`c.id ${sign} ${position.id}::uuid`;
  const key = sort === 'updated' ? sql`${position.key}::timestamptz` : sql`${position.key}`;
  return sql`(${keys[sort]}, c.id) ${sign} (${key}, ${position.id}::uuid)`;
}
