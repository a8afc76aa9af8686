/** Pages of contacts that take about as long over a million as over a thousand, whatever the filter. Who matches often is found
 *  by walking along the order; who matches rarely, through an index that names the few; and where neither helps, a page ends
 *  after so many contacts were read, shorter than asked for, and says where to go on. */
import { sql } from 'kysely';
import type { ContactCondition } from '#server/domain/contact/filter.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { type Candidates, candidatesOf } from './contact-candidates.ts';
import { conditionSql } from './contact-conditions.ts';
import { type ContactOrder, type ContactPosition, isBehind, orderBy, positionColumns } from './contact-order.ts';

export interface PageWanted {
  readonly order: ContactOrder;
  readonly after: ContactPosition | null;
  readonly limit: number;
}

export interface IdPage {
  readonly ids: readonly string[];
  /** Null at the end of the list. */
  readonly next: ContactPosition | null;
}

/** Read before an index is asked: fills a page where one in forty matches. */
const firstWalk = 2_000;
/** Read at most for one page. */
const longestWalk = 30_000;
/** Contacts that an index may name, each then looked at. */
export const mostCandidates = 5_000;
const mostSources = 3;

export async function pageOfIds(db: Db, workspaceId: WorkspaceId, condition: ContactCondition | null, page: PageWanted): Promise<IdPage> {
  const wanted = page.limit + 1;
  if (condition === null) return pageFrom(await walk(db, workspaceId, null, page, { rows: wanted, wanted }), page, null);
  const first = await walk(db, workspaceId, condition, page, { rows: firstWalk, wanted });
  if (first.length === wanted) return pageFrom(first, page, null);
  for (const candidates of candidatesOf(workspaceId, condition).slice(0, mostSources)) {
    const found = await among(db, workspaceId, candidates, condition, page, wanted);
    if (found) return pageFrom(found, page, null);
  }
  const walked = await walk(db, workspaceId, condition, page, { rows: longestWalk, wanted });
  return pageFrom(walked, page, walked.length < wanted ? await endOfWalk(db, workspaceId, page) : null);
}

/** `end`: how far was read, where that was not to the end of the list. */
function pageFrom(found: readonly ContactPosition[], { limit }: PageWanted, end: ContactPosition | null): IdPage {
  const shown = found.slice(0, limit);
  return { ids: shown.map((row) => row.id), next: found.length > limit ? (shown.at(-1) ?? null) : end };
}

/** Who matches among the next `rows` contacts of the order, `wanted` at most. */
async function walk(
  db: Db,
  workspaceId: WorkspaceId,
  condition: ContactCondition | null,
  { order, after }: PageWanted,
  { rows, wanted }: { rows: number; wanted: number },
): Promise<ContactPosition[]> {
  const { rows: found } = await sql<ContactPosition>`
    select ${positionColumns(order)} from (
      select c.* from contacts c where c.workspace_id = ${workspaceId} and ${isBehind(order, after)} order by ${orderBy(order)} limit ${rows}
    ) c where ${condition ? conditionSql(workspaceId, condition) : sql`true`} order by ${orderBy(order)} limit ${wanted}`.execute(db);
  return found;
}

/** The last contact that the longest walk reads; null when it comes to the end before. */
async function endOfWalk(db: Db, workspaceId: WorkspaceId, { order, after }: PageWanted): Promise<ContactPosition | null> {
  const { rows } = await sql<ContactPosition>`
    select ${positionColumns(order)} from contacts c where c.workspace_id = ${workspaceId} and ${isBehind(order, after)}
    order by ${orderBy(order)} offset ${longestWalk - 1} limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Who matches among the candidates; null when there are too many of them to look at each. */
async function among(
  db: Db,
  workspaceId: WorkspaceId,
  candidates: Candidates,
  condition: ContactCondition,
  { order, after }: PageWanted,
  wanted: number,
): Promise<ContactPosition[] | null> {
  const ids = await fewCandidates(db, candidates);
  if (ids === null) return null;
  const { rows } = await sql<ContactPosition>`
    select ${positionColumns(order)} from ${candidateContacts(workspaceId, ids)}
    where ${conditionSql(workspaceId, condition)} and ${isBehind(order, after)} order by ${orderBy(order)} limit ${wanted}`.execute(db);
  return rows;
}

/** The ids that the index names; null when they are more than `mostCandidates`. */
export async function fewCandidates(db: Db, { ids }: Candidates): Promise<string[] | null> {
  const { rows } = await sql<{ ids: string[] }>`
    select coalesce(array_agg(s.id), '{}') as ids from (select s.id from (${ids}) s limit ${mostCandidates + 1}) s`.execute(db);
  const found = rows[0]?.ids ?? [];
  return found.length > mostCandidates ? null : [...new Set(found)];
}

/** `… c`: the contacts of `ids`. One look into the index each; a join could read everybody instead. */
export function candidateContacts(workspaceId: WorkspaceId, ids: readonly string[]) {
  return sql`unnest(${ids as string[]}::uuid[]) as known (id)
    cross join lateral (select k.* from contacts k where k.workspace_id = ${workspaceId} and k.id = known.id limit 1) c`;
}
