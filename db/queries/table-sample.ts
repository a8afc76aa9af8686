/** Samples of large tables: the rows of some pages, drawn by chance, and the counts that are estimated from them. */
import { type RawBuilder, sql } from 'kysely';
import { estimated, exactUpTo, type RoughCount } from '#server/domain/rough-count.ts';
import type { Db } from '../client.ts';

/** Each is a read somewhere in the table; they are the same ones each time, so that they stay in memory and numbers do not flicker. */
const sampledPages = 500;

type SampledTable = 'contacts' | 'enrolments' | 'messages';

export interface TableSize {
  readonly pages: number;
  /** As the last statistics and the present size have it; null before there are statistics. */
  readonly rows: number | null;
}

export async function sizeOf(db: Db, table: SampledTable): Promise<TableSize> {
  const { rows } = await sql<TableSize>`
    select size.pages, (size.pages * nullif(greatest(reltuples, 0), 0) / nullif(relpages, 0))::float8 as rows
    from pg_class cross join lateral (select pg_relation_size(oid) / current_setting('block_size')::int as pages) size
    where oid = ${table}::regclass`.execute(db);
  return rows[0] ?? { pages: 0, rows: null };
}

export interface TableSample {
  /** What `tablesample system` takes. 100: the table is small, and all of it is read. */
  readonly percent: number;
  /** As in the size of the table. */
  readonly rows: number | null;
}

/** A sample of some thousands of rows: of `sampledPages` pages. */
export async function sampleOf(db: Db, table: SampledTable): Promise<TableSample> {
  const { pages, rows } = await sizeOf(db, table);
  return { percent: pages <= sampledPages ? 100 : (100 * sampledPages) / pages, rows };
}

/** Chance alone hardly makes a sample of some hundred pages so many times larger or smaller than its share. */
const mostByChance = 1.25;

/** How many rows of the table each of the `seen` ones stands for. Statistics say it to the row where they are of today. After bulk work they may
 *  be of before: those who were deleted since stand in them still. Where they contradict what is seen, it is told from the share of the pages. */
export function weightOf({ percent, rows }: TableSample, seen: number): number {
  if (percent === 100 || seen === 0) return 1;
  const byPages = 100 / percent;
  const known = rows === null ? byPages : rows / seen;
  const isOfToday = known < byPages * mostByChance && known > byPages / mostByChance;
  return Math.max(1, isOfToday ? known : byPages);
}

/** Stands behind the name of the table: its rows in the sample alone. */
export function drawnBy({ percent }: TableSample): RawBuilder<unknown> {
  return sql`tablesample system (${percent}) repeatable (1)`;
}

/** The table's rows in the sample. */
export function rowsOf(table: SampledTable, sample: TableSample): RawBuilder<unknown> {
  return sql`${sql.table(table)} ${drawnBy(sample)}`;
}

/** Whether rows of which `matching` are in the sample are more than 10,000 beyond doubt. They lie together, some twenty in a page. */
export function isSurelyMany(matching: number, weight: number): boolean {
  return (matching - 4 * Math.sqrt(20 * matching)) * weight > exactUpTo;
}

/** Exact up to 10,000, which an index has in the order of `by`: the planner, which cannot know how few they are, then takes it.
 *  Above, as many as the sample says. Small tables are read whole. */
export async function countRoughly(
  db: Db,
  table: SampledTable,
  where: RawBuilder<unknown>,
  by: RawBuilder<unknown> | null,
): Promise<RoughCount> {
  const sample = await sampleOf(db, table);
  const limit = sample.percent === 100 ? sql`` : sql`${by ? sql`order by ${by}` : sql``} limit ${exactUpTo + 1}`;
  const { rows: counted } = await sql<{ count: number }>`
    select count(*) as count from (select from ${sql.table(table)} where ${where} ${limit}) looked_at`.execute(db);
  const count = counted[0]?.count ?? 0;
  if (sample.percent === 100 || count <= exactUpTo) return { count, isExact: true };
  const { rows } = await sql<{ seen: number; matching: number }>`
    select count(*) as seen, count(*) filter (where ${where}) as matching from ${rowsOf(table, sample)}`.execute(db);
  const { seen = 0, matching = 0 } = rows[0] ?? {};
  return { count: Math.max(exactUpTo, estimated(matching, weightOf(sample, seen))), isExact: false };
}
