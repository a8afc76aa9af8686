/** The rule that a phone, an e-mail and an external id belong to one contact of a workspace, said in words that help. */
import type { Db, Tx } from '#db/client.ts';
import { findContactByAddress, getContact } from '#db/queries/contacts.ts';
import { listLeadingAddresses } from '#db/queries/merged-addresses.ts';
import { type ContactAddresses, addressesByKind } from '#server/domain/contact/addresses.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

const words = { phone: 'phone', email: 'e-mail address', externalId: 'external id' } as const;

/** Runs `write`, and turns a clash with another contact's address into `alreadyExists` that names that contact. */
export async function withUniqueAddress<T>(
  db: Db,
  workspaceId: WorkspaceId,
  addresses: () => ContactAddresses,
  exceptId: string | null,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isAddressClash(error)) throw error;
    const other = await findContactByAddress(db, workspaceId, addresses(), exceptId);
    const field = other?.field ?? 'phone';
    throw new DomainError(
      'alreadyExists',
      `Another contact${other?.name ? `, ${other.name},` : ''} has this ${words[field]} already. Open that one instead.`,
      { field, contactId: other?.id ?? null, name: other?.name ?? null },
    );
  }
}

/** A new contact has just got these addresses, so nobody else has them. One that leads on to a contact, by a merge, is that one's all
 *  the same: throws `alreadyExists` that names it. Asked after the insert, which waits for a merge that is under way. */
export async function refuseMergedAddress(tx: Tx, workspaceId: WorkspaceId, addresses: ContactAddresses): Promise<void> {
  const [leading] = await listLeadingAddresses(tx, workspaceId, addressesByKind([addresses]));
  if (!leading) return;
  const { name } = await getContact(tx, workspaceId, leading.contactId);
  throw new DomainError(
    'alreadyExists',
    `This ${words[leading.kind]} belonged to a contact that was merged into ${name ?? 'another one'}. Open that one instead.`,
    { field: leading.kind, contactId: leading.contactId, name },
  );
}

function isAddressClash(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return false;
  const constraint = 'constraint' in error ? error.constraint : null;
  return typeof constraint === 'string' && /^contacts_one_per_(?:phone|email|external_id)$/.test(constraint);
}
