/** How many calls an API key may make. People are not counted: their pages call as often as they need. */
import type { Db } from '#db/client.ts';
import { takeCalls } from '#db/queries/api-allowances.ts';
import { env } from '#server/platform/env.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { Actor } from './actor.ts';

/** Counts `calls` of one request. Answers null when they may go on, else after how many seconds they may.
 *  `perMinute`: 0 for no limit. */
export async function countCalls(
  db: Db,
  actor: Actor | null,
  calls: number,
  perMinute: number = env().ANDANTE_API_CALLS_PER_MINUTE,
): Promise<number | null> {
  if (actor?.kind !== 'apiKey' || perMinute === 0) return null;
  return takeCalls(db, actor, { calls: Math.min(calls, perMinute), perMinute });
}

/** `details.retryAfterSeconds` says when to come back; over HTTP the header Retry-After says it too. */
export function tooManyCalls(retryAfterSeconds: number): DomainError {
  return new DomainError('tooManyRequests', `This API key called too often. Come back in ${retryAfterSeconds} s.`, { retryAfterSeconds });
}

/** The seconds that an error tells to wait, or null. */
export function retryAfterOf(error: unknown): number | null {
  const seconds = error instanceof DomainError ? error.details['retryAfterSeconds'] : null;
  return typeof seconds === 'number' ? seconds : null;
}
