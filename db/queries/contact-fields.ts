/** Custom fields that a workspace gives its contacts. */
import { sql } from 'kysely';
import type { FieldKind } from '#server/domain/contact/fields.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export interface ContactFieldRow {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
}

export async function listContactFields(db: Db, workspaceId: WorkspaceId): Promise<ContactFieldRow[]> {
  return db
    .selectFrom('contactFields')
    .select(['id', 'key', 'label', sql<FieldKind>`kind`.as('kind')])
    .where('workspaceId', '=', workspaceId)
    .orderBy('id')
    .execute();
}

/** Null when a field has that key already. */
export async function insertContactField(
  tx: Tx,
  workspaceId: WorkspaceId,
  field: { key: string; label: string; kind: FieldKind },
): Promise<ContactFieldRow | null> {
  const row = await tx
    .insertInto('contactFields')
    .values({ workspaceId, ...field })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'key']).doNothing())
    .returning(['id', 'key', 'label', sql<FieldKind>`kind`.as('kind')])
    .executeTakeFirst();
  return row ?? null;
}
