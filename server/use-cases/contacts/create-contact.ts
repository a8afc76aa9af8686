import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { type ContactDefaults, type ContactRow, getContact, getContactDefaults, insertContact } from '#db/queries/contacts.ts';
import { replaceContactTags } from '#db/queries/tags.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { PhoneNotice } from '#server/domain/address/phone.ts';
import type { CreateContactInput } from '#server/domain/contact/schema.ts';
import { answerOnce } from '../enrolments/answer-once.ts';
import { armTriggers } from '../triggers/arm-triggers.ts';
import { checkOwner } from './check-owner.ts';
import { contactColumns } from './contact-columns.ts';
import { refuseMergedAddress, withUniqueAddress } from './unique-address.ts';

export interface WrittenContact {
  readonly contact: ContactRow;
  readonly defaults: ContactDefaults;
  /** Something that was put right on the way and should be said. */
  readonly notice: PhoneNotice | null;
}

/** Makes a contact with its tags (new ones are made too). The same request with the same `idempotencyKey` makes it once,
 *  and answers the contact that was kept when that one was merged since. Throws `invalid` (which field, which problem) and
 *  `alreadyExists` (which contact has the address, or had it before a merge). */
export async function createContact(
  db: Db,
  actor: Actor,
  input: CreateContactInput & { readonly idempotencyKey?: string | undefined },
): Promise<WrittenContact> {
  const { workspaceId } = actor;
  const { tags, idempotencyKey: _key, ...values } = input;
  await checkOwner(db, workspaceId, input.ownerId);
  const defaults = await getContactDefaults(db, workspaceId);
  const { columns, notice } = contactColumns(values, null, { defaults, fields: await listContactFields(db, workspaceId) });
  return withUniqueAddress(
    db,
    workspaceId,
    () => columns,
    null,
    () =>
      db.transaction().execute(async (tx) => {
        const { id } = await answerOnce(tx, workspaceId, 'contacts.create', input, async () => {
          const made = await insertContact(tx, workspaceId, columns);
          await refuseMergedAddress(tx, workspaceId, columns);
          if (tags) await replaceContactTags(tx, workspaceId, made, tags);
          await insertAuditEntry(tx, actor, 'contact.created', { kind: 'contact', id: made });
          await armTriggers(tx, workspaceId);
          return { id: made };
        });
        return { contact: await getContact(tx, workspaceId, id), defaults, notice };
      }),
  );
}
