/** Contacts that are possibly one person: candidates among all of a workspace, the groups that a search found, and the pairs
 *  that are known to be two people. The rules stand in `server/domain/contact/duplicates.ts`; what is sought here is at least
 *  what they find. */
import { sql } from 'kysely';
import { type DuplicateSubject, type FactFields, largestGroup, plusHosts } from '#server/domain/contact/duplicates.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

/** More are left for the next search, after these have been looked through. */
const mostCandidates = 50_000;

const foldedName = sql`btrim(andante_fold(name), ' .,;:!?()[]"''*')`;

/** Ids of contacts that share a key with another one. Reads all contacts of the workspace, a few times, on one core: the others
 *  are for those who wait. */
export async function listDuplicateCandidates(tx: Tx, workspaceId: WorkspaceId, facts: FactFields): Promise<string[]> {
  await sql`set local max_parallel_workers_per_gather = 0`.execute(tx);
  const found = new Set<string>();
  const searches = [ofPhones(workspaceId), ofMailboxes(workspaceId), ofNamesAlone(workspaceId)];
  if (facts.birthday !== null) searches.push(ofNames(workspaceId, sql`fields ->> ${facts.birthday}`, facts.birthday));
  if (facts.company !== null) searches.push(ofNames(workspaceId, sql`andante_fold(fields ->> ${facts.company})`, facts.company));
  for (const search of searches) {
    const { rows } = await sql<{ id: string }>`${search} limit ${mostCandidates - found.size}`.execute(tx);
    for (const { id } of rows) found.add(id);
    if (found.size >= mostCandidates) break;
  }
  return [...found];
}

/** The rarer form of a phone is sought by a scan, the usual one by the index that keeps phones apart. */
function ofPhones(workspaceId: WorkspaceId) {
  return sql`
    with rare as (
      select id, case
        when phone like '+55%' then left(phone, 5) || '9' || substr(phone, 6)
        else left(phone, 3) || substr(phone, 5) end as usual
      from contacts
      where workspace_id = ${workspaceId} and ((phone like '+55%' and length(phone) = 13 and substr(phone, 6, 1) between '6' and '9')
        or (phone like '+521%' and length(phone) = 14) or (phone like '+549%' and length(phone) = 14))
    )
    select unnest(array[r.id, c.id]) as id from rare r join contacts c on c.workspace_id = ${workspaceId} and c.phone = r.usual`;
}

/** Only at hosts where spellings differ: elsewhere an index keeps equal addresses apart. */
function ofMailboxes(workspaceId: WorkspaceId) {
  return sql`
    select unnest(ids) as id from (
      select array_agg(id) as ids from (
        select id, case when host = 'googlemail.com' then 'gmail.com' else host end as host, split_part(split_part(email, '@', 1), '+', 1) as local
        from (select id, lower(email) as email, split_part(lower(email), '@', 2) as host from contacts
          where workspace_id = ${workspaceId} and email is not null) a
        where host = any(${[...plusHosts, 'googlemail.com']}::text[])
      ) m group by host, case when host = 'gmail.com' then replace(local, '.', '') else local end having count(*) > 1
    ) classes`;
}

function ofNames(workspaceId: WorkspaceId, fact: ReturnType<typeof sql>, key: string) {
  return sql`
    select unnest(ids) as id from (
      select array_agg(id) as ids from contacts where workspace_id = ${workspaceId} and name like '% %' and fields ? ${key}
      group by ${foldedName}, ${fact} having count(*) between 2 and ${largestGroup}::int
    ) classes`;
}

function ofNamesAlone(workspaceId: WorkspaceId) {
  return sql`
    select unnest(ids) as id from (
      select array_agg(id) as ids from contacts
      where workspace_id = ${workspaceId} and name like '% %' and (phone is null) <> (email is null)
      group by ${foldedName} having count(*) = 2 and count(phone) = 1
    ) classes`;
}

/** Those of `ids` that exist, in the order of their ids. */
export async function listDuplicateSubjects(
  db: Db,
  workspaceId: WorkspaceId,
  facts: FactFields,
  ids: readonly string[],
): Promise<DuplicateSubject[]> {
  const { rows } = await sql<DuplicateSubject>`
    select id, name, phone, email, fields ->> ${facts.birthday}::text as birthday, fields ->> ${facts.company}::text as company from contacts
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[]) order by id`.execute(db);
  return rows;
}

/** Puts these groups in the place of all that were found before. */
export async function replaceDuplicateGroups(tx: Tx, workspaceId: WorkspaceId, groups: readonly (readonly string[])[]): Promise<void> {
  await sql`delete from duplicate_groups where workspace_id = ${workspaceId}`.execute(tx);
  if (groups.length === 0) return;
  await sql`
    insert into duplicate_groups (workspace_id, contact_ids)
    select ${workspaceId}::uuid, string_to_array(x.ids, ',')::uuid[] from ${rowSet('x', groups, { ids: ['text', (ids) => ids.join(',')] })}`.execute(
    tx,
  );
}

export interface DuplicateGroupRow {
  readonly id: string;
  readonly contactIds: string[];
}

/** In the order in which they were found. */
export async function listDuplicateGroups(
  db: Db,
  workspaceId: WorkspaceId,
  page: { readonly after: string | null; readonly limit: number },
): Promise<DuplicateGroupRow[]> {
  const after = page.after === null ? sql`` : sql`and id > ${page.after}`;
  const { rows } = await sql<DuplicateGroupRow>`
    select id, contact_ids from duplicate_groups where workspace_id = ${workspaceId} ${after} order by id limit ${page.limit}`.execute(db);
  return rows;
}

export async function countDuplicateGroups(db: Db, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from duplicate_groups where workspace_id = ${workspaceId}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Pairs among `ids` that are two people: the smaller id first. */
export async function listDistinctPairs(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<{ one: string; other: string }[]> {
  const { rows } = await sql<{ one: string; other: string }>`
    select contact_id as one, other_id as other from distinct_contacts
    where workspace_id = ${workspaceId} and contact_id = any(${[...ids]}::uuid[]) and other_id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

/** No two of these contacts are one person; groups of them alone are none any more. */
export async function insertDistinctContacts(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<void> {
  await sql`
    insert into distinct_contacts (workspace_id, contact_id, other_id)
    select ${workspaceId}::uuid, a.id, b.id from unnest(${[...ids]}::uuid[]) as a(id) join unnest(${[...ids]}::uuid[]) as b(id) on a.id < b.id
    order by 2, 3 on conflict do nothing`.execute(tx);
  await sql`delete from duplicate_groups where workspace_id = ${workspaceId} and contact_ids <@ ${[...ids]}::uuid[]`.execute(tx);
}

/** After a merge: the kept contact stands for the merged ones, in groups and in what is known of pairs. */
export async function mergeDuplicateKnowledge(
  tx: Tx,
  workspaceId: WorkspaceId,
  keepId: string,
  mergedIds: readonly string[],
): Promise<void> {
  const merged = [...mergedIds];
  await sql`
    insert into distinct_contacts (workspace_id, contact_id, other_id, at)
    select d.workspace_id, least(o.id, ${keepId}::uuid), greatest(o.id, ${keepId}::uuid), min(d.at)
    from distinct_contacts d
    cross join lateral (select case when d.contact_id = any(${merged}::uuid[]) then d.other_id else d.contact_id end as id) o
    where d.workspace_id = ${workspaceId} and (d.contact_id = any(${merged}::uuid[]) or d.other_id = any(${merged}::uuid[]))
      and o.id <> all(${[keepId, ...merged]}::uuid[])
    group by 1, 2, 3 on conflict do nothing`.execute(tx);
  await sql`
    update duplicate_groups g set contact_ids = array(
      select distinct m.id from unnest(g.contact_ids || ${keepId}::uuid) as m(id) where m.id <> all(${merged}::uuid[]) order by m.id)
    where g.workspace_id = ${workspaceId} and g.contact_ids && ${merged}::uuid[]`.execute(tx);
  await sql`
    delete from duplicate_groups where workspace_id = ${workspaceId} and contact_ids && ${[keepId]}::uuid[] and cardinality(contact_ids) < 2`.execute(
    tx,
  );
}

export interface DuplicateSearch {
  readonly operationId: string;
  readonly status: 'queued' | 'running' | 'done' | 'failed' | 'canceled';
  readonly finishedAt: Date | null;
}

/** Who begins a search waits for others who do. To the end of the transaction. */
export async function lockDuplicateSearches(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('andante.duplicates'), hashtext(${workspaceId}))`.execute(tx);
}

/** The newest search; null when there was none. */
export async function findDuplicateSearch(db: Db, workspaceId: WorkspaceId): Promise<DuplicateSearch | null> {
  const { rows } = await sql<DuplicateSearch>`
    select id as operation_id, status, finished_at from operations
    where workspace_id = ${workspaceId} and kind = 'findDuplicates' order by id desc limit 1`.execute(db);
  return rows[0] ?? null;
}
