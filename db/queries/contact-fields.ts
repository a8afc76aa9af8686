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
  /** Of a choice, what there is to choose from; null of any other kind. */
  readonly options: readonly string[] | null;
}

const typed = [sql<FieldKind>`kind`.as('kind'), sql<readonly string[] | null>`options`.as('options')] as const;

export async function listContactFields(db: Db, workspaceId: WorkspaceId): Promise<ContactFieldRow[]> {
  return db
    .selectFrom('contactFields')
    .select(['id', 'key', 'label'])
    .select(typed)
    .where('workspaceId', '=', workspaceId)
    .orderBy('id')
    .execute();
}

/** Null when a field has that key already. */
export async function insertContactField(
  tx: Tx,
  workspaceId: WorkspaceId,
  field: Pick<ContactFieldRow, 'key' | 'label' | 'kind'> & Partial<Pick<ContactFieldRow, 'options'>>,
): Promise<ContactFieldRow | null> {
  const row = await tx
    .insertInto('contactFields')
    .values({ workspaceId, ...field, options: field.options ? JSON.stringify(field.options) : null })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'key']).doNothing())
    .returning(['id', 'key', 'label', ...typed])
    .executeTakeFirst();
  return row ?? null;
}

/** Null when there is none. Locked to the end of the transaction. */
export async function lockContactField(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<ContactFieldRow | null> {
  const row = await tx
    .selectFrom('contactFields')
    .select(['id', 'key', 'label'])
    .select(typed)
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export async function updateContactField(tx: Tx, workspaceId: WorkspaceId, { id, label, options }: ContactFieldRow): Promise<void> {
  await tx
    .updateTable('contactFields')
    .set({ label, options: options && JSON.stringify(options) })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}
