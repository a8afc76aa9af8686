/** How many contacts a filter means: counted where they are few to look at, estimated from a sample where reading everybody would
 *  take long. */
import { type SqlBool, sql } from 'kysely';
import type { CountPrecision } from '#server/domain/contact/count.ts';
import type { ContactCondition } from '#server/domain/contact/filter.ts';
import { estimated, type RoughCount, surelyMany } from '#server/domain/rough-count.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { candidatesOf, countAmong } from './contact-candidates.ts';
import { type Condition, conditionSql, readsMessages } from './contact-conditions.ts';
import { drawnBy, sizeOf, weightOf } from './table-sample.ts';

/** A workspace with no more contacts than these has all of them looked at. */
const fewContacts = 30_000;
/** A quick answer takes fewer, of tables of which 10,000 contacts are some of them still; a third of them where messages are read for each. */
const sampledRows = { quick: 10_000, usual: 30_000 };
/** With fewer of its own among them, the workspace is a small part of the table. */
const fewestSampled = 1_000;

/** Where no statistics say it yet. */
const usualRowsPerPage = 25;

/** So few are counted by their index in the time of a sample. */
const soonCounted = 2_000;

/** Exact wherever the workspace is small, or an index names the few. An estimate of 0 means: hardly anybody. */
export async function countOrEstimate(
  db: Db,
  workspaceId: WorkspaceId,
  condition: ContactCondition | null,
  precision: CountPrecision,
): Promise<RoughCount> {
  const matches = condition ? conditionSql(workspaceId, condition) : sql<SqlBool>`true`;
  const rough = precision === 'exact' ? null : await estimate(db, workspaceId, matches, (total) => wantedRows(condition, precision, total));
  const enough = precision === 'quick' ? soonCounted : surelyMany;
  if (rough !== null && rough > enough) return { count: rough, isExact: false };
  for (const candidates of condition ? candidatesOf(workspaceId, condition) : []) {
    const count = await countAmong(db, candidates, matches);
    if (count !== null) return { count, isExact: true };
  }
  if (rough !== null && precision === 'quick') return { count: rough, isExact: false };
  const matchesOfAll = condition ? conditionSql(workspaceId, condition, 'everybody') : sql<SqlBool>`true`;
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from contacts c where c.workspace_id = ${workspaceId} and ${matchesOfAll}`.execute(db);
  return { count: rows[0]?.count ?? 0, isExact: true };
}

/** Of a table of `total` contacts. */
function wantedRows(condition: ContactCondition | null, precision: CountPrecision, total: number): number {
  const { quick, usual } = sampledRows;
  const rows = precision === 'quick' ? Math.min(usual, Math.max(quick, total / 100)) : usual;
  return condition !== null && readsMessages(condition) ? rows / 3 : rows;
}

/** From the share of those who match among the contacts of some pages of the table, drawn by chance, and the same ones each time, so that
 *  they stay in memory and numbers do not flicker. Null where the workspace is small, or so small a part of the table that its sample
 *  says nothing. */
async function estimate(db: Db, workspaceId: WorkspaceId, matches: Condition, wanted: (total: number) => number): Promise<number | null> {
  const { rows: beyond } = await sql`
    select from contacts where workspace_id = ${workspaceId} order by id offset ${fewContacts} limit 1`.execute(db);
  if (beyond.length === 0) return null;
  const size = await sizeOf(db, 'contacts');
  const total = size.rows ?? size.pages * usualRowsPerPage;
  const sample = { percent: Math.min(100, (100 * wanted(total)) / total), rows: size.rows };
  const { rows } = await sql<{ seen: number; own: number; matching: number }>`
    select count(*) as seen, count(*) filter (where c.workspace_id = ${workspaceId}) as own,
      count(*) filter (where c.workspace_id = ${workspaceId} and ${matches}) as matching
    from contacts c ${drawnBy(sample)}`.execute(db);
  const { seen = 0, own = 0, matching = 0 } = rows[0] ?? {};
  return own < fewestSampled ? null : estimated(matching, weightOf(sample, seen));
}
