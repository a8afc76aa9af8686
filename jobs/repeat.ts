/** A loop with a pause after each turn, that outlives failures and ends when asked. */
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '#server/platform/log.ts';

export async function repeat(what: string, everyMs: number, stopping: AbortSignal, turn: () => Promise<void>): Promise<void> {
  while (!stopping.aborted) {
    try {
      await turn();
    } catch (error) {
      log.error({ err: error }, `${what} failed; it is tried again`);
    }
    await pause(everyMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}
