/** Tags and who bears them. A tag is found by its name, whatever its case. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export interface TagRow {
  readonly id: string;
  readonly name: string;
  /** Null unless it was asked for: it looks at every tag of every contact. */
  readonly contactCount: number | null;
}

export async function listTags(db: Db, workspaceId: WorkspaceId, { withCounts }: { readonly withCounts: boolean }): Promise<TagRow[]> {
  const count = sql`(select count(*) from contact_tags ct where ct.workspace_id = t.workspace_id and ct.tag_id = t.id)`;
  const { rows } = await sql<TagRow>`
    select t.id, t.name, ${withCounts ? count : sql`null`} as contact_count from tags t
    where t.workspace_id = ${workspaceId} order by lower(t.name)`.execute(db);
  return rows;
}

/** The ids of the tags named, by the name as given; made where they do not exist yet, as first spelled. */
export async function ensureTags(tx: Tx, workspaceId: WorkspaceId, names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  await sql`insert into tags (workspace_id, name)
    select distinct on (lower(name)) ${workspaceId}::uuid, name from unnest(${names as string[]}::text[]) with ordinality as n (name, place)
    order by lower(name), place
    on conflict (workspace_id, lower(name)) do nothing`.execute(tx);
  return findTagIds(tx, workspaceId, names);
}

/** The ids of those among the tags named that exist, by the name as given. */
export async function findTagIds(db: Db, workspaceId: WorkspaceId, names: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select t.id, n.name from unnest(${names as string[]}::text[]) as n (name)
    join tags t on t.workspace_id = ${workspaceId} and lower(t.name) = lower(n.name)`.execute(db);
  return new Map(rows.map((row) => [row.name, row.id]));
}

/** Gives every contact of `contactIds` every tag. */
export async function insertContactTags(
  tx: Tx,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
  tagIds: readonly string[],
): Promise<void> {
  if (contactIds.length === 0 || tagIds.length === 0) return;
  await sql`insert into contact_tags (workspace_id, contact_id, tag_id)
    select ${workspaceId}, c.id, t.id from (
      select id from contacts where workspace_id = ${workspaceId} and id = any(${contactIds as string[]}::uuid[]) order by id for key share) c
    cross join unnest(${tagIds as string[]}::uuid[]) as t (id)
    order by 2, 3 on conflict do nothing`.execute(tx);
}

/** Takes the named tags from every contact of `contactIds`. */
export async function deleteContactTags(
  tx: Tx,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
  names: readonly string[],
): Promise<void> {
  await sql`delete from contact_tags ct using tags t
    where ct.workspace_id = ${workspaceId} and ct.contact_id = any(${contactIds as string[]}::uuid[])
      and t.workspace_id = ct.workspace_id and t.id = ct.tag_id
      and lower(t.name) = any(select lower(name) from unnest(${names as string[]}::text[]) as name)`.execute(tx);
}

/** Sets the tags of one contact to exactly those named. */
export async function replaceContactTags(tx: Tx, workspaceId: WorkspaceId, contactId: string, names: readonly string[]): Promise<void> {
  const tags = await ensureTags(tx, workspaceId, names);
  const kept = [...new Set(tags.values())];
  await sql`delete from contact_tags where workspace_id = ${workspaceId} and contact_id = ${contactId}
    and tag_id <> all(${kept}::uuid[])`.execute(tx);
  await insertContactTags(tx, workspaceId, [contactId], kept);
}
