/** Puts addresses on the suppression list and takes them off it again. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { getContactDefaults } from '#db/queries/contacts.ts';
import { lockSequences } from '#db/queries/sequence-plans.ts';
import { deleteSuppressions, insertSuppressions, type SuppressedHash } from '#db/queries/suppressions.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { readSuppressible, type SuppressionReason } from '#server/domain/suppression.ts';
import { addressHash } from '#server/platform/address-hash.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';

export interface ChangedSuppressions {
  /** How many are new on the list, or were taken off it. */
  readonly accepted: { readonly count: number };
  /** By their place in the input, from 0. */
  readonly refused: readonly { readonly row: number; readonly reason: 'invalid' }[];
}

/** Adding one that is there changes nothing. It waits for claims that are under way: no step is claimed for one of the addresses once
 *  this has answered. What is refused is neither phone nor e-mail address. */
export async function addSuppressions(
  db: Db,
  actor: Actor,
  input: { readonly addresses: readonly string[]; readonly reason: SuppressionReason },
): Promise<ChangedSuppressions> {
  const inOne = async (tx: Tx): Promise<ChangedSuppressions> => {
    const { hashes, refused } = await hashesOf(tx, actor.workspaceId, input.addresses);
    const by = { kind: actor.kind, id: actorId(actor) };
    await lockSequences(tx, actor.workspaceId);
    const count = await insertSuppressions(tx, actor.workspaceId, hashes, { reason: input.reason, by });
    if (count > 0)
      await insertAuditEntry(tx, actor, 'suppressions.added', { kind: 'suppression', id: null }, { count, reason: input.reason });
    return { accepted: { count }, refused };
  };
  return retryOnConflict(() => db.transaction().execute(inOne));
}

/** By address, or by the ids that the list gives. */
export async function removeSuppressions(
  db: Db,
  actor: Actor,
  input: { readonly addresses?: readonly string[] | undefined; readonly ids?: readonly string[] | undefined },
): Promise<ChangedSuppressions> {
  return db.transaction().execute(async (tx) => {
    const { hashes, refused } = await hashesOf(tx, actor.workspaceId, input.addresses ?? []);
    const count = await deleteSuppressions(tx, actor.workspaceId, { hashes, ids: input.ids ?? [] });
    if (count > 0) await insertAuditEntry(tx, actor, 'suppressions.removed', { kind: 'suppression', id: null }, { count });
    return { accepted: { count }, refused };
  });
}

async function hashesOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  addresses: readonly string[],
): Promise<{ hashes: SuppressedHash[]; refused: ChangedSuppressions['refused'] }> {
  const { country } = await getContactDefaults(tx, workspaceId);
  const hashes: SuppressedHash[] = [];
  const refused: { row: number; reason: 'invalid' }[] = [];
  addresses.forEach((text, row) => {
    const address = readSuppressible(text, country);
    if (address) hashes.push({ kind: address.kind, hash: addressHash(workspaceId, address) });
    else refused.push({ row, reason: 'invalid' });
  });
  return { hashes, refused };
}
