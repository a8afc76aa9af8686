/** When to try again what surely was not sent. Pure. */

/** After so many attempts a message is refused for good: about a day of trying. */
export const mostAttempts = 12;
const firstDelayMs = 15_000;
const longestDelayMs = 4 * 3_600_000;

/** Milliseconds to wait after attempt number `attempt` (from 1): doubling from 15 s up to 4 h, or what the provider asked
 *  for, where that is longer. */
export function retryDelayMs(attempt: number, askedMs: number | null): number {
  return Math.max(Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1)), askedMs ?? 0);
}
