import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { type ContactFieldRow, insertContactField } from '#db/queries/contact-fields.ts';
import type { Actor } from '#server/auth/actor.ts';
import { fieldKeyFrom } from '#server/domain/contact/fields.ts';
import type { CreateFieldInput } from '#server/domain/contact/schema.ts';
import { DomainError } from '#server/platform/errors.ts';

/** Gives the workspace's contacts one more field. The key, by which templates and the API name it, is made from the
 *  label where it is not given. Throws `alreadyExists`. */
export async function createField(db: Db, actor: Actor, input: CreateFieldInput): Promise<ContactFieldRow> {
  const key = input.key ?? fieldKeyFrom(input.label);
  return db.transaction().execute(async (tx) => {
    const field = await insertContactField(tx, actor.workspaceId, {
      key,
      label: input.label,
      kind: input.kind ?? 'text',
      options: input.options ?? null,
    });
    if (!field)
      throw new DomainError('alreadyExists', `There is a contact field "${key}" already. Choose another name.`, { field: 'label', key });
    await insertAuditEntry(tx, actor, 'contactField.created', { kind: 'contactField', id: field.id }, { key });
    return field;
  });
}
