/** How many contacts a filter means: counted where they are few, estimated from a sample where they are many. */
import { type SqlBool, sql } from 'kysely';
import type { ContactCondition } from '#server/domain/contact/filter.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { candidatesOf, countAmong } from './contact-candidates.ts';
import { type Condition, conditionSql } from './contact-conditions.ts';

export interface ContactCount {
  readonly count: number;
  /** False: an estimate, rounded to two digits. */
  readonly isExact: boolean;
}

/** Up to so many are counted one by one. */
export const exactUpTo = 10_000;
const sampledRows = 30_000;

export async function countOrEstimate(db: Db, workspaceId: WorkspaceId, condition: ContactCondition | null): Promise<ContactCount> {
  const matches = condition ? conditionSql(workspaceId, condition) : sql<SqlBool>`true`;
  for (const candidates of condition ? candidatesOf(workspaceId, condition) : []) {
    const count = await countAmong(db, candidates, matches);
    if (count !== null) return { count, isExact: true };
  }
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
    select from contacts c where c.workspace_id = ${workspaceId} and ${matches} limit ${exactUpTo + 1}) few`.execute(db);
  const count = rows[0]?.count ?? 0;
  if (count <= exactUpTo) return { count, isExact: true };
  return { count: Math.max(await estimate(db, workspaceId, matches), exactUpTo), isExact: false };
}

/** From the share of those who match among the contacts of some pages of the table, drawn by chance. */
async function estimate(db: Db, workspaceId: WorkspaceId, matches: Condition): Promise<number> {
  const { rows: known } = await sql<{ total: number }>`
    select greatest(reltuples, 1)::float8 as total from pg_class where oid = 'contacts'::regclass`.execute(db);
  const total = known[0]?.total ?? 1;
  const percent = Math.min(100, (100 * sampledRows) / total);
  const { rows } = await sql<{ seen: number; matching: number }>`
    select count(*) as seen,
      count(*) filter (where c.workspace_id = ${workspaceId} and ${matches}) as matching
    from contacts c tablesample system (${percent})`.execute(db);
  const { seen = 0, matching = 0 } = rows[0] ?? {};
  return seen === 0 ? 0 : roundedToTwoDigits((matching / seen) * Math.max(total, seen));
}

function roundedToTwoDigits(count: number): number {
  return Number(count.toPrecision(2));
}
