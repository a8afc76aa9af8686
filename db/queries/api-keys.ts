/** API keys of a workspace: hashed, with a role of their own. */
import { sql } from 'kysely';
import type { Role } from '#server/domain/roles.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export type KeyRole = Exclude<Role, 'owner'>;

/** The living key with this hash, found inside the workspace that the key itself names. Notes its use, at most once a minute. */
export async function findLivingKey(
  db: Db,
  workspaceId: string,
  keyHash: Buffer,
): Promise<{ id: string; workspaceId: string; role: KeyRole } | null> {
  const { rows } = await sql<{ id: string; workspaceId: string; role: KeyRole; stale: boolean }>`
    select id, workspace_id, role, coalesce(last_used_at < andante_now() - interval '1 minute', true) as stale
    from api_keys where workspace_id = ${workspaceId}::uuid and key_hash = ${keyHash} and revoked_at is null`.execute(db);
  const row = rows[0];
  if (!row) return null;
  if (row.stale) {
    await sql`update api_keys set last_used_at = andante_now() where workspace_id = ${workspaceId}::uuid and id = ${row.id}::uuid`.execute(
      db,
    );
  }
  return { id: row.id, workspaceId: row.workspaceId, role: row.role };
}

export async function insertApiKey(
  tx: Tx,
  key: { workspaceId: WorkspaceId; name: string; role: KeyRole; prefix: string; keyHash: Buffer; createdBy: string | null },
): Promise<string> {
  const row = await tx.insertInto('apiKeys').values(key).returning('id').executeTakeFirstOrThrow();
  return row.id;
}

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly role: KeyRole;
  readonly prefix: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Newest first; `before` is the id of the last one already seen. */
export async function listApiKeys(db: Db, workspaceId: WorkspaceId, page: { before: string | null; limit: number }): Promise<ApiKeyRow[]> {
  return db
    .selectFrom('apiKeys')
    .select(['id', 'name', 'prefix'])
    .select([
      sql<KeyRole>`role`.as('role'),
      sql<Date>`created_at`.as('createdAt'),
      sql<Date | null>`last_used_at`.as('lastUsedAt'),
      sql<Date | null>`revoked_at`.as('revokedAt'),
    ])
    .where('workspaceId', '=', workspaceId)
    .$if(page.before !== null, (query) => query.where('id', '<', page.before))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute();
}

/** Revokes at once; false when there is no such key, or it was revoked before. */
export async function revokeApiKey(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<'revoked' | 'already' | 'missing'> {
  const row = await tx
    .selectFrom('apiKeys')
    .select('revokedAt')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return 'missing';
  if (row.revokedAt !== null) return 'already';
  await tx
    .updateTable('apiKeys')
    .set({ revokedAt: sql<Date>`andante_now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
  return 'revoked';
}
