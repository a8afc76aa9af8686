import { type RawBuilder, sql } from 'kysely';

/** An instant in microseconds since 1970, which is all that PostgreSQL knows of it. */
export function microseconds(instant: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(extract(epoch from ${instant}) * 1000000)::int8`;
}
