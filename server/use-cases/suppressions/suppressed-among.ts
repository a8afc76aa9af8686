import type { Db } from '#db/client.ts';
import { hasSuppressions, listSuppressedHashes } from '#db/queries/suppressions.ts';
import { suppressible } from '#server/domain/suppression.ts';
import { addressHash } from '#server/platform/address-hash.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** A test of stored addresses. */
export type IsSuppressed = (address: string) => boolean;

const nobody: IsSuppressed = () => false;

/** Which of the addresses must never be contacted, asked for all of them at once. Where the list is empty, that is one
 *  look at its index and no hash. */
export async function suppressedAmong(
  db: Db,
  workspaceId: WorkspaceId,
  addresses: () => readonly (string | null)[],
): Promise<IsSuppressed> {
  if (!(await hasSuppressions(db, workspaceId))) return nobody;
  const hashes = new Map<string, string>();
  for (const address of addresses()) {
    if (address !== null) hashes.set(address, addressHash(workspaceId, suppressible(address)).toString('hex'));
  }
  const found = await listSuppressedHashes(db, workspaceId, [...hashes.values()]);
  return found.size === 0 ? nobody : (address) => found.has(hashes.get(address) ?? '');
}
