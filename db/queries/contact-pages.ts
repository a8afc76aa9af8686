/** Pages of contacts that take about as long over a million as over a thousand, whatever the filter. Who matches often is found
 *  by walking along the order; who matches rarely, through an index that names the few; and where neither helps, a page ends
 *  after so many contacts were read, shorter than asked for, and says where to go on. */
import { sql } from 'kysely';
import type { ContactCondition } from '#server/domain/contact/filter.ts';
import type { ContactSort } from '#server/domain/contact/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { type Candidates, candidatesOf } from './contact-candidates.ts';
import { type Condition, conditionSql, readsMessages } from './contact-conditions.ts';
import { type IdWalk, idWalkOf } from './contact-id-walks.ts';
import { byPosition, type ContactOrder, type ContactPosition, isBehind, keyOf, orderBy } from './contact-order.ts';

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

/** Contacts read at once while walking, and at most for one page. Those of one name lie far apart, and cost more;
 *  so do messages, by whatever order contacts are read. */
const strides: Record<ContactSort, { readonly first: number; readonly later: number; readonly most: number }> = {
  created: { first: 500, later: 6_500, most: 20_000 },
  name: { first: 400, later: 1_200, most: 4_000 },
  updated: { first: 400, later: 1_200, most: 4_000 },
};

export async function pageOfIds(db: Db, workspaceId: WorkspaceId, condition: ContactCondition | null, page: PageWanted): Promise<IdPage> {
  const wanted = page.limit + 1;
  if (condition === null) return cut(await stride(db, workspaceId, sql`true`, page.order, page.after, wanted), page.limit);
  const matches = conditionSql(workspaceId, condition);
  const { first, later, most } = strides[readsMessages(condition) ? 'name' : page.order.sort];
  let walked = await stride(db, workspaceId, matches, page.order, page.after, first);
  let askIndex = true;
  let walk: IdWalk | null = null;
  for (let read = first; walked.end !== null && walked.found.length < wanted; read += later) {
    // Left to the walk while it looks as if half of it would fill the page.
    if (askIndex && walked.found.length * most < 2 * wanted * read) {
      const found = await amongFew(db, candidatesOf(workspaceId, condition), matches, page, wanted);
      if (found) return cut({ found, end: null }, page.limit);
      askIndex = false;
      walk = page.order.sort === 'created' ? idWalkOf(workspaceId, condition) : null;
    }
    if (read >= most) break;
    const next = walk
      ? await strideAlong(db, workspaceId, matches, page.order, walk, walked.end, later)
      : await stride(db, workspaceId, matches, page.order, walked.end, later);
    walked = { found: [...walked.found, ...next.found], end: next.end };
  }
  return cut(walked, page.limit);
}

interface Walked {
  readonly found: readonly ContactPosition[];
  /** The last one read; null when that is the last of all. */
  readonly end: ContactPosition | null;
}

function cut({ found, end }: Walked, limit: number): IdPage {
  const shown = found.slice(0, limit);
  return { ids: shown.map((row) => row.id), next: found.length > limit ? (shown.at(-1) ?? null) : end };
}

type ReadPosition = ContactPosition & { readonly n: number; readonly matches: boolean };

/** Those who match of what was read, which has the last one too, if there were as many as asked for. */
function walkedOf(read: readonly ReadPosition[], asked: number): Walked {
  const found = read.filter((row) => row.matches).map(({ id, key }) => ({ id, key }));
  const last = read.at(-1);
  return { found, end: last?.n === asked ? { id: last.id, key: last.key } : null };
}

/** Who matches among the next `rows` contacts of the order. */
async function stride(
  db: Db,
  workspaceId: WorkspaceId,
  matches: Condition,
  order: ContactOrder,
  after: ContactPosition | null,
  rows: number,
): Promise<Walked> {
  const { rows: read } = await sql<ReadPosition>`
    with read as materialized (
      select c.id, ${keyOf(order)} as key, (${matches}) is true as matches, row_number() over () as n from (
        select c.* from contacts c where c.workspace_id = ${workspaceId} and ${isBehind(order, after)} order by ${orderBy(order)} limit ${rows}
      ) c
    )
    select id, key, n, matches from read where matches or n = ${rows} order by n`.execute(db);
  return walkedOf(read, rows);
}

/** The same in the order of creation, among the next `limit` contacts of a walk. Some of its ids may be of nobody by now. */
async function strideAlong(
  db: Db,
  workspaceId: WorkspaceId,
  matches: Condition,
  order: ContactOrder,
  walk: IdWalk,
  after: ContactPosition | null,
  limit: number,
): Promise<Walked> {
  const { rows: read } = await sql<ReadPosition>`
    with walked as materialized (
      select w.id, (${matches}) is true as matches, row_number() over () as n
      from (${walk({ after: after?.id ?? null, limit, ...order })}) w
      left join lateral (select * from contacts where workspace_id = ${workspaceId} and id = w.id limit 1) c on true
    )
    select id, '' as key, n, matches from walked where matches or n = ${limit} order by n`.execute(db);
  return walkedOf(read, limit);
}

/** Who matches among the candidates of the first place that has few; null when none has. */
async function amongFew(
  db: Db,
  places: readonly Candidates[],
  matches: Condition,
  { order, after }: PageWanted,
  wanted: number,
): Promise<ContactPosition[] | null> {
  for (const { named, contacts, most } of places) {
    const { rows } = await sql<{ seen: number; id: string | null; key: string }>`
      with named as materialized (${named}), few as materialized (
        select c.id, ${keyOf(order)} as key, (${matches} and ${isBehind(order, after)}) is true as matches from ${contacts}
      )
      select s.seen, p.id, p.key from (select count(*) as seen from named) s left join lateral (
        select id, key from (select distinct id, key from few where matches) once
        order by ${byPosition(order)} limit ${wanted}
      ) p on true order by ${byPosition(order)}`.execute(db);
    if ((rows[0]?.seen ?? 0) <= most) return rows.flatMap(({ id, key }) => (id === null ? [] : [{ id, key }]));
  }
  return null;
}
