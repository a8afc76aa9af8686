/** Requests that were answered before, by the key that the caller gave. */
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';

interface IdempotencyKey {
  readonly procedure: string;
  readonly key: string;
}

/** False when the key is there already; waits for a transaction that is just inserting it. */
export async function insertIdempotencyKey(
  tx: Tx,
  workspaceId: WorkspaceId,
  row: IdempotencyKey & { readonly requestHash: Buffer },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('idempotencyKeys')
    .values({ workspaceId, ...row, response: JSON.stringify(null) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function storeIdempotentResponse(tx: Tx, workspaceId: WorkspaceId, of: IdempotencyKey, response: unknown): Promise<void> {
  await tx
    .updateTable('idempotencyKeys')
    .set({ response: JSON.stringify(response) })
    .where('workspaceId', '=', workspaceId)
    .where('procedure', '=', of.procedure)
    .where('key', '=', of.key)
    .execute();
}

export async function findIdempotencyKey(
  tx: Tx,
  workspaceId: WorkspaceId,
  of: IdempotencyKey,
): Promise<{ requestHash: Buffer; response: unknown } | null> {
  const row = await tx
    .selectFrom('idempotencyKeys')
    .select(['requestHash', 'response'])
    .where('workspaceId', '=', workspaceId)
    .where('procedure', '=', of.procedure)
    .where('key', '=', of.key)
    .executeTakeFirst();
  return row ?? null;
}
