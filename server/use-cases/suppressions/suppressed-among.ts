/** Which addresses must never be contacted, asked for many at once. */
import type { Db } from '#db/client.ts';
import { hasSuppressions, listAddressesOf, listSuppressedHashes } from '#db/queries/suppressions.ts';
import { suppressible } from '#server/domain/suppression.ts';
import { addressHash } from '#server/platform/address-hash.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** A test of stored addresses. */
export type IsSuppressed = (address: string) => boolean;

export const nobodySuppressed: IsSuppressed = () => false;

/** For those who know already that the list is not empty: a hash for each address, and one query. */
export async function suppressedAmong(db: Db, workspaceId: WorkspaceId, addresses: readonly (string | null)[]): Promise<IsSuppressed> {
  const hashes = new Map<string, string>();
  for (const address of addresses) {
    if (address !== null) hashes.set(address, addressHash(workspaceId, suppressible(address)).toString('hex'));
  }
  const found = await listSuppressedHashes(db, workspaceId, [...hashes.values()]);
  return found.size === 0 ? nobodySuppressed : (address) => found.has(hashes.get(address) ?? '');
}

/** For a few addresses: nothing is hashed where the list is empty. */
export async function suppressedOf(db: Db, workspaceId: WorkspaceId, addresses: readonly (string | null)[]): Promise<IsSuppressed> {
  if (addresses.length === 0 || !(await hasSuppressions(db, workspaceId))) return nobodySuppressed;
  return suppressedAmong(db, workspaceId, addresses);
}

/** Which addresses of the contacts are on the list, by contact; those with none are missing. Nothing is read where the rules say that
 *  the list is empty. */
export async function suppressedContacts(
  db: Db,
  workspaceId: WorkspaceId,
  { hasSuppressions: isNeeded }: { readonly hasSuppressions: boolean },
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ('phone' | 'email')[]>> {
  if (!isNeeded) return new Map();
  const contacts = await listAddressesOf(db, workspaceId, contactIds);
  const addresses = contacts.flatMap(({ phone, email }) => [phone, email]);
  const isSuppressed = await suppressedAmong(db, workspaceId, addresses);
  const kindsOf = contacts.map(({ id, phone, email }) => {
    const blocked = [phone, email].filter((address) => address !== null && isSuppressed(address));
    return [id, blocked.map((address) => suppressible(address ?? '').kind)] as const;
  });
  return new Map(kindsOf.filter(([, kinds]) => kinds.length > 0));
}
