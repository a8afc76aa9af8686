import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { getContact, getContactDefaults, lockContact, updateContactColumns } from '#db/queries/contacts.ts';
import { releaseMergedAddresses } from '#db/queries/merged-addresses.ts';
import { replaceContactTags } from '#db/queries/tags.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { AddressKind } from '#server/domain/contact/addresses.ts';
import type { ContactColumns } from '#server/domain/contact/columns.ts';
import { addressesOf, type MergedAddress } from '#server/domain/contact/merged-values.ts';
import type { UpdateContactInput } from '#server/domain/contact/schema.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { armTriggers } from '../triggers/arm-triggers.ts';
import { checkOwner } from './check-owner.ts';
import { contactColumns } from './contact-columns.ts';
import type { WrittenContact } from './create-contact.ts';
import { followZone } from './follow-zone.ts';
import { heldContactId } from './held-contact-id.ts';
import { withUniqueAddress } from './unique-address.ts';

/** Changes what is given; what is left out stays, null clears. A zone that came from the phone follows the phone, and
 *  the contact's enrolments follow the zone. An address that leads on to a contact by a merge, and that nobody has, may be given: it is
 *  this contact's from then on. Throws `notFound`, `invalid` and `alreadyExists`. */
export async function updateContact(db: Db, actor: Actor, input: UpdateContactInput): Promise<WrittenContact> {
  const { workspaceId } = actor;
  const { tags, id: _id, ...values } = input;
  await checkOwner(db, workspaceId, input.ownerId);
  let written: ContactColumns | null = null;
  return withUniqueAddress(
    db,
    workspaceId,
    () => written ?? { phone: null, email: null, externalId: null },
    input.id,
    () =>
      retryOnConflict(() =>
        db.transaction().execute(async (tx) => {
          const id = await heldContactId(tx, workspaceId, input.id);
          const before = await lockContact(tx, workspaceId, id);
          const defaults = await getContactDefaults(tx, workspaceId);
          const { columns, notice } = contactColumns(values, before, { defaults, fields: await listContactFields(tx, workspaceId) });
          written = columns;
          await updateContactColumns(tx, workspaceId, id, columns);
          await releaseMergedAddresses(tx, workspaceId, newAddresses(before, columns));
          if (tags) await replaceContactTags(tx, workspaceId, id, tags);
          if (before.timeZone !== columns.timeZone || before.timeZoneOrigin !== columns.timeZoneOrigin) {
            await followZone(tx, actor, [id]);
          }
          await insertAuditEntry(tx, actor, 'contact.updated', { kind: 'contact', id }, { changed: Object.keys(values) });
          await armTriggers(tx, workspaceId);
          return { contact: await getContact(tx, workspaceId, id), defaults, notice };
        }),
      ),
  );
}

function newAddresses(before: Pick<ContactColumns, AddressKind>, after: ContactColumns): MergedAddress[] {
  const had = new Set(addressesOf(before).map(({ address }) => address));
  return addressesOf(after).filter(({ address }) => !had.has(address));
}
