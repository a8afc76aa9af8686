/** Idempotency keys: the same request is carried out once, however often it is sent. */
import { createHash } from 'node:crypto';
import type { Tx } from '#db/client.ts';
import { findIdempotencyKey, insertIdempotencyKey, storeIdempotentResponse } from '#db/queries/idempotency-keys.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** Runs `work`, unless a request with this key was answered before: then answers that again. Two at the same moment wait
 *  for each other. Throws `conflict` when the key came with another request. */
export async function answerOnce<Input extends { readonly idempotencyKey?: string | undefined }, Answer>(
  tx: Tx,
  workspaceId: WorkspaceId,
  procedure: string,
  input: Input,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const key = input.idempotencyKey;
  if (key === undefined) return work();
  const requestHash = createHash('sha256').update(JSON.stringify(input)).digest();
  if (await insertIdempotencyKey(tx, workspaceId, { procedure, key, requestHash })) {
    const answer = await work();
    await storeIdempotentResponse(tx, workspaceId, { procedure, key }, answer);
    return answer;
  }
  const earlier = await findIdempotencyKey(tx, workspaceId, { procedure, key });
  if (!earlier || !earlier.requestHash.equals(requestHash)) {
    throw new DomainError('conflict', 'This idempotency key was used with another request. Take a new key for a new request.', { key });
  }
  return earlier.response as Answer;
}
