/** How many are in a sequence, and what became of its messages: counted through an index up to 10,000, estimated above from one sample
 *  of the table for all sequences that are asked for. Source: docs/decisions/0024-numbers-beside-lists.md */
import { type RawBuilder, sql } from 'kysely';
import { estimated, exactUpTo, type RoughCount } from '#server/domain/rough-count.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { isSurelyMany, rowsOf, sampleOf, type TableSample, weightOf } from './table-sample.ts';

/** Enrolments that have not ended, by sequence. */
export async function countActive(db: Db, workspaceId: WorkspaceId, sequenceIds: readonly string[]): Promise<(id: string) => RoughCount> {
  const counted = { table: 'enrolments', rows: sql`ended_at is null`, by: sql`contact_id`, numbers: [sql`true`] } as const;
  const counts = await countRows(db, workspaceId, sequenceIds, counted);
  return (id) => {
    const { numbers = [], isExact = true } = counts.get(id) ?? {};
    return { count: numbers[0] ?? 0, isExact };
  };
}

export interface SentCount {
  readonly acceptedCount: number;
  readonly repliedCount: number;
  /** False: both are estimates from the same sample. */
  readonly isExact: boolean;
}

/** What was accepted of the messages of a sequence's steps, and how much of that was answered. */
export async function countSent(db: Db, workspaceId: WorkspaceId, sequenceIds: readonly string[]): Promise<(id: string) => SentCount> {
  const numbers = [sql`accepted_at is not null`, sql`replied_at is not null`];
  const counts = await countRows(db, workspaceId, sequenceIds, {
    table: 'messages',
    rows: sql`origin = 'step'`,
    by: sql`step_key`,
    numbers,
  });
  return (id) => {
    const { numbers: [acceptedCount = 0, repliedCount = 0] = [], isExact = true } = counts.get(id) ?? {};
    return { acceptedCount, repliedCount, isExact };
  };
}

interface Counted {
  readonly table: 'enrolments' | 'messages';
  /** The rows of a sequence that are looked at. An index by workspace and sequence has them, in the order of `by`. */
  readonly rows: RawBuilder<unknown>;
  readonly by: RawBuilder<unknown>;
  /** Which of those each number counts. */
  readonly numbers: readonly RawBuilder<unknown>[];
}

interface Counts {
  readonly numbers: readonly number[];
  readonly isExact: boolean;
}

async function countRows(
  db: Db,
  workspaceId: WorkspaceId,
  sequenceIds: readonly string[],
  counted: Counted,
): Promise<ReadonlyMap<string, Counts>> {
  if (sequenceIds.length === 0) return new Map();
  const sample = await sampleOf(db, counted.table);
  const rough = sample.percent === 100 ? new Map<string, Rough>() : await countSampled(db, workspaceId, sequenceIds, counted, sample);
  const unsure = sequenceIds.filter((id) => !rough.get(id)?.isMany);
  const looked = await countUpTo(db, workspaceId, unsure, counted, sample.percent === 100 ? null : exactUpTo);
  return new Map(
    sequenceIds.map((id) => {
      const known = looked.get(id);
      if (known?.isExact) return [id, known];
      return [id, { numbers: larger(rough.get(id)?.numbers ?? [], known?.numbers ?? []), isExact: false }];
    }),
  );
}

/** The numbers of the one or of the other, so that what is compared comes from the same rows. A sample may have missed most of a sequence. */
function larger(drawn: readonly number[], looked: readonly number[]): readonly number[] {
  return (drawn[0] ?? 0) >= (looked[0] ?? 0) ? drawn : looked.map((count) => estimated(count, 1));
}

interface Rough {
  readonly isMany: boolean;
  readonly numbers: readonly number[];
}

/** By the sequences that have any in the sample. */
async function countSampled(
  db: Db,
  workspaceId: WorkspaceId,
  sequenceIds: readonly string[],
  { table, rows: which, numbers }: Counted,
  sample: TableSample,
): Promise<Map<string, Rough>> {
  const isAsked = sql`workspace_id = ${workspaceId} and sequence_id = any(${[...sequenceIds]}::uuid[]) and ${which}`;
  const { rows } = await sql<{ id: string | null; seen: number; numbers: number[] }>`
    select case when ${isAsked} then sequence_id end as id, count(*) as seen, ${countEach(numbers)} as numbers
    from ${rowsOf(table, sample)} group by 1`.execute(db);
  const weight = weightOf(
    sample,
    rows.reduce((sum, row) => sum + row.seen, 0),
  );
  return new Map(
    rows.flatMap(({ id, seen, numbers: found }) =>
      id === null ? [] : [[id, { isMany: isSurelyMany(seen, weight), numbers: found.map((matching) => estimated(matching, weight)) }]],
    ),
  );
}

/** Looks at no more than `most` rows of a sequence and one; null: at all of them. That the sequence is asked for as a range leaves the
 *  planner no other index than the one that has this order. */
async function countUpTo(
  db: Db,
  workspaceId: WorkspaceId,
  sequenceIds: readonly string[],
  { table, rows: which, by, numbers }: Counted,
  most: number | null,
): Promise<Map<string, Counts>> {
  const limit = most === null ? sql`` : sql`order by sequence_id, ${by} limit ${most + 1}`;
  const { rows } = await sql<{ id: string; seen: number; numbers: number[] }>`
    select s.id, f.seen, f.numbers from unnest(${[...sequenceIds]}::uuid[]) s (id)
    cross join lateral (
      select count(*) as seen, ${countEach(numbers)} as numbers from (
        select * from ${sql.table(table)} where workspace_id = ${workspaceId} and sequence_id between s.id and s.id and ${which} ${limit}
      ) looked_at
    ) f`.execute(db);
  return new Map(rows.map(({ id, seen, numbers: found }) => [id, { numbers: found, isExact: most === null || seen <= most }]));
}

function countEach(numbers: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`array[${sql.join(numbers.map((number) => sql`count(*) filter (where ${number})`))}]::float8[]`;
}
