/** The sink of a sandbox account: what is delivered in the same turn of the event loop is written in one statement. */
import type { Db } from '#db/client.ts';
import { insertSandboxDeliveries } from '#db/queries/sandbox.ts';
import type { SandboxDelivery, SandboxSink } from '#server/channels/channel.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

interface Waiting {
  readonly delivery: SandboxDelivery;
  readonly kept: () => void;
  readonly lost: (error: unknown) => void;
}

const largestWrite = 1_000;

export function createSandboxSink(db: Db, workspaceId: WorkspaceId, channelAccountId: string): SandboxSink {
  let waiting: Waiting[] = [];
  const flush = (): void => {
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += largestWrite) {
      const slice = all.slice(from, from + largestWrite);
      insertSandboxDeliveries(
        db,
        workspaceId,
        channelAccountId,
        slice.map(({ delivery }) => delivery),
      ).then(
        () => slice.forEach(({ kept }) => kept()),
        (error: unknown) => slice.forEach(({ lost }) => lost(error)),
      );
    }
  };
  return (delivery) =>
    new Promise((kept, lost) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ delivery, kept, lost });
    });
}
