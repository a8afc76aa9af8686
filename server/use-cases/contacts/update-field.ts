import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { type ContactFieldRow, lockContactField, updateContactField } from '#db/queries/contact-fields.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { UpdateFieldInput } from '#server/domain/contact/schema.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';

/** Renames a field, or gives a choice other options; key and kind stay. Throws `notFound`, and `invalid` for options of what is no
 *  choice. */
export async function updateField(db: Db, actor: Actor, input: UpdateFieldInput): Promise<ContactFieldRow> {
  return db.transaction().execute(async (tx) => {
    const before = await lockContactField(tx, actor.workspaceId, input.id);
    if (!before) throw notFound('contact field', input.id);
    if (input.options && before.kind !== 'choice') {
      throw new DomainError('invalid', `"${before.label}" is no choice and has no options. Make a new field of the kind choice.`, {
        field: 'options',
      });
    }
    const field = { ...before, label: input.label ?? before.label, options: input.options ?? before.options };
    await updateContactField(tx, actor.workspaceId, field);
    await insertAuditEntry(tx, actor, 'contactField.updated', { kind: 'contactField', id: field.id }, { key: field.key });
    return field;
  });
}
