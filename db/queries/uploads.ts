/** Files that members sent, in pieces of about a megabyte, readable from any host. */
import { sql } from 'kysely';
import type { Encoding } from '#server/domain/contact-csv/encoding.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

export interface UploadRow {
  readonly id: string;
  readonly fileName: string;
  readonly byteCount: number;
  readonly encoding: Encoding;
}

export async function insertUpload(db: Db, workspaceId: WorkspaceId, fileName: string, createdBy: string | null): Promise<string> {
  const { id } = await db.insertInto('uploads').values({ workspaceId, fileName, createdBy }).returning('id').executeTakeFirstOrThrow();
  return id;
}

export async function insertUploadChunk(db: Db, workspaceId: WorkspaceId, uploadId: string, n: number, bytes: Buffer): Promise<void> {
  await db.insertInto('uploadChunks').values({ workspaceId, uploadId, n, bytes }).execute();
}

export async function completeUpload(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  facts: { byteCount: number; encoding: Encoding; contentHash: Buffer },
): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ ...facts, complete: true })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function deleteUpload(db: Db, workspaceId: WorkspaceId, id: string): Promise<void> {
  await db.deleteFrom('uploads').where('workspaceId', '=', workspaceId).where('id', '=', id).execute();
}

/** How long a file is kept for an import that has not begun. */
export const uploadKeptDays = 7;

const isOld = sql`u.created_at < andante_now() - ${uploadKeptDays} * interval '1 day'`;

/** Frees the pieces of old files that no import waits for, and the drafts that could do nothing without them; what is known about
 *  files stays. */
export async function clearOldUploads(db: Db, workspaceId: WorkspaceId): Promise<void> {
  await sql`
    delete from imports i using uploads u
    where i.workspace_id = ${workspaceId} and u.workspace_id = i.workspace_id and u.id = i.upload_id and i.status = 'draft' and ${isOld}`.execute(
    db,
  );
  await sql`
    delete from upload_chunks c using uploads u
    where c.workspace_id = ${workspaceId} and u.workspace_id = c.workspace_id and u.id = c.upload_id and ${isOld}
      and not exists (select from imports i where i.workspace_id = u.workspace_id and i.upload_id = u.id and i.status in ('queued', 'running'))`.execute(
    db,
  );
}

/** Throws `notFound` for one that is of elsewhere, or was never received whole. */
export async function getUpload(db: Db, workspaceId: WorkspaceId, id: string): Promise<UploadRow> {
  const row = await db
    .selectFrom('uploads')
    .select(['id', 'fileName', 'byteCount', sql<Encoding>`encoding`.as('encoding')])
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('complete', '=', true)
    .executeTakeFirst();
  if (!row) throw notFound('upload', id);
  return row;
}

/** The file's bytes, piece by piece, each in a query of its own. */
export async function* readUpload(db: Db, workspaceId: WorkspaceId, uploadId: string): AsyncGenerator<Uint8Array> {
  for (let n = 0; ; n += 1) {
    const row = await db
      .selectFrom('uploadChunks')
      .select('bytes')
      .where('workspaceId', '=', workspaceId)
      .where('uploadId', '=', uploadId)
      .where('n', '=', n)
      .executeTakeFirst();
    if (!row) return;
    yield row.bytes;
  }
}
