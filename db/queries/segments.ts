/** Segments: filters of contacts that a team saved under a name. */
import { type Selectable, sql } from 'kysely';
import type { ContactFilter } from '#server/domain/contact/schema.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import type { Segments } from '../schema.gen.ts';

export type SegmentRow = Omit<Selectable<Segments>, 'workspaceId' | 'filter'> & { readonly filter: ContactFilter };

const columns = ['id', 'name', 'createdAt', 'updatedAt'] as const;

/** By name. */
export async function listSegments(db: Db, workspaceId: WorkspaceId): Promise<SegmentRow[]> {
  return db
    .selectFrom('segments')
    .select(columns)
    .select(sql<ContactFilter>`filter`.as('filter'))
    .where('workspaceId', '=', workspaceId)
    .orderBy(sql`lower(name)`)
    .execute();
}

export async function getSegment(db: Db, workspaceId: WorkspaceId, id: string): Promise<SegmentRow> {
  const row = await db
    .selectFrom('segments')
    .select(columns)
    .select(sql<ContactFilter>`filter`.as('filter'))
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound('segment', id);
  return row;
}

/** Changes of the segments of a workspace wait for each other, so that no two of them name each other. To the end of the transaction. */
export async function lockSegments(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('andante.segments'), hashtext(${workspaceId}))`.execute(tx);
}

export async function insertSegment(tx: Tx, workspaceId: WorkspaceId, segment: { name: string; filter: ContactFilter }): Promise<string> {
  const { id } = await tx
    .insertInto('segments')
    .values({ workspaceId, name: segment.name, filter: JSON.stringify(segment.filter) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateSegmentColumns(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  segment: { name: string; filter: ContactFilter },
): Promise<void> {
  await tx
    .updateTable('segments')
    .set({ name: segment.name, filter: JSON.stringify(segment.filter), updatedAt: sql<Date>`andante_now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function deleteSegmentRow(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  await tx.deleteFrom('segments').where('workspaceId', '=', workspaceId).where('id', '=', id).execute();
}
