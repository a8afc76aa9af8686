/** The rule that a phone, an e-mail and an external id belong to one contact of a workspace, said in words that help. */
import type { Db } from '#db/client.ts';
import { findContactByAddress } from '#db/queries/contacts.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

interface Addresses {
  readonly phone: string | null;
  readonly email: string | null;
  readonly externalId: string | null;
}

const words = { phone: 'phone', email: 'e-mail address', externalId: 'external id' } as const;

/** Runs `write`, and turns a clash with another contact's address into `alreadyExists` that names that contact. */
export async function withUniqueAddress<T>(
  db: Db,
  workspaceId: WorkspaceId,
  addresses: () => Addresses,
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

function isAddressClash(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return false;
  const constraint = 'constraint' in error ? error.constraint : null;
  return typeof constraint === 'string' && /^contacts_one_per_(?:phone|email|external_id)$/.test(constraint);
}
