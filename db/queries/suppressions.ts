/** The suppression list: keyed hashes of addresses that must never be contacted. */
import { sql } from 'kysely';
import type { SuppressionReason } from '#server/domain/suppression.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

export interface SuppressionRow {
  readonly id: string;
  readonly kind: 'phone' | 'email';
  readonly reason: SuppressionReason;
  readonly addedAt: Date;
  /** The member's or key's name; null for the system, or when it is gone. */
  readonly addedBy: string | null;
}

export interface SuppressedHash {
  readonly kind: 'phone' | 'email';
  readonly hash: Buffer;
}

/** Adds those that are not there. Answers how many were new. */
export async function insertSuppressions(
  tx: Tx,
  workspaceId: WorkspaceId,
  hashes: readonly SuppressedHash[],
  of: { readonly reason: SuppressionReason; readonly by: { readonly kind: string; readonly id: string | null } },
): Promise<number> {
  if (hashes.length === 0) return 0;
  const { rows } = await sql<{ id: string }>`
    insert into suppressions (workspace_id, hash, kind, reason, added_by_kind, added_by)
    select ${workspaceId}, decode(x.hash, 'hex'), x.kind, ${of.reason}, ${of.by.kind}, ${of.by.id}::uuid
    from ${hashSet(hashes)}
    order by x.hash on conflict (workspace_id, hash) do nothing returning id`.execute(tx);
  return rows.length;
}

/** Answers how many there were. */
export async function deleteSuppressions(
  tx: Tx,
  workspaceId: WorkspaceId,
  of: { readonly hashes: readonly SuppressedHash[]; readonly ids: readonly string[] },
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    delete from suppressions s where s.workspace_id = ${workspaceId}
      and (s.id = any(${[...of.ids]}::uuid[]) or s.hash in (select decode(x.hash, 'hex') from ${hashSet(of.hashes)}))
    returning s.id`.execute(tx);
  return rows.length;
}

/** Newest first; `before`: the id of the last one already seen. `hash`: only that one. */
export async function listSuppressions(
  db: Db,
  workspaceId: WorkspaceId,
  of: { readonly hash: Buffer | null; readonly before: string | null; readonly limit: number },
): Promise<SuppressionRow[]> {
  const only = of.hash === null ? sql`` : sql`and s.hash = ${of.hash}`;
  const after = of.before === null ? sql`` : sql`and s.id < ${of.before}`;
  const { rows } = await sql<SuppressionRow>`
    select s.id, s.kind, s.reason, s.added_at, coalesce(u.name, k.name) as added_by
    from suppressions s
    left join users u on s.added_by_kind = 'user' and u.id = s.added_by
    left join api_keys k on s.added_by_kind = 'apiKey' and k.workspace_id = s.workspace_id and k.id = s.added_by
    where s.workspace_id = ${workspaceId} ${only} ${after} order by s.id desc limit ${of.limit}`.execute(db);
  return rows;
}

/** One row of an index where there is none: what everybody pays who sends. */
export async function hasSuppressions(db: Db, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from suppressions where workspace_id = ${workspaceId}) as found`.execute(db);
  return rows[0]?.found ?? false;
}

/** Those of the hashes, in hex, that are on the list. */
export async function listSuppressedHashes(db: Db, workspaceId: WorkspaceId, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  if (hashes.length === 0) return new Set();
  const { rows } = await sql<{ hash: string }>`
    select x.hash from unnest(${[...hashes]}::text[]) as x (hash)
    join suppressions s on s.workspace_id = ${workspaceId} and s.hash = decode(x.hash, 'hex')`.execute(db);
  return new Set(rows.map((row) => row.hash));
}

export async function listAddressesOf(
  db: Db,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
): Promise<{ id: string; phone: string | null; email: string | null }[]> {
  const { rows } = await sql<{ id: string; phone: string | null; email: string | null }>`
    select c.id, c.phone, c.email from unnest(${[...contactIds]}::uuid[]) as x (id)
    join contacts c on c.workspace_id = ${workspaceId} and c.id = x.id`.execute(db);
  return rows;
}

function hashSet(hashes: readonly SuppressedHash[]) {
  return rowSet('x', hashes, {
    kind: ['text', (row) => row.kind],
    hash: ['text', (row) => row.hash.toString('hex')],
  });
}
