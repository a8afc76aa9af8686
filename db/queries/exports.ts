/** Files that somebody asked for, kept for a day. */
import { sql } from 'kysely';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { type Export, exportSchema } from '#server/domain/export.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

/** Those older than a day go on the way. */
export async function insertExport(tx: Tx, actor: Actor, payload: Export): Promise<string> {
  const { workspaceId } = actor;
  await sql`delete from exports where workspace_id = ${workspaceId} and created_at < andante_now() - interval '1 day'`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    insert into exports (workspace_id, payload, created_by_kind, created_by)
    values (${workspaceId}, ${JSON.stringify(payload)}, ${actor.kind}, ${actorId(actor)}) returning id`.execute(tx);
  return rows[0]?.id ?? '';
}

/** Throws `notFound` for one that is of elsewhere, or a day old. */
export async function getExport(db: Db, workspaceId: WorkspaceId, id: string): Promise<Export> {
  const { rows } = await sql<{ payload: unknown }>`
    select payload from exports
    where workspace_id = ${workspaceId} and id = ${id} and created_at >= andante_now() - interval '1 day'`.execute(db);
  if (!rows[0]) throw notFound('export', id);
  return exportSchema.parse(rows[0].payload);
}
