/** Settles what providers answered: one transaction for a set of messages, each by its claim's token. */
import type { Db, Tx } from '#db/client.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { noteSending } from '../channels/note-sending.ts';
import { retryOnConflict } from './retry-on-conflict.ts';
import type { Settled } from './outgoing.ts';
import { settleAccepted } from './settle-accepted.ts';
import { settleRefused } from './settle-refused.ts';
import { settleRetries } from './settle-retries.ts';
import { settleUnknown } from './settle-unknown.ts';

/** An answer whose message was settled otherwise meanwhile changes nothing; a late `accepted` beats `unknown`. */
export async function settle(db: Db, workspaceId: WorkspaceId, settled: readonly Settled[]): Promise<void> {
  await retryOnConflict(() => db.transaction().execute((tx) => settleIn(tx, workspaceId, settled)));
  await noteSending(db, workspaceId, settled);
}

async function settleIn(tx: Tx, workspaceId: WorkspaceId, settled: readonly Settled[]): Promise<void> {
  // Everyone who locks messages takes them in the order of their ids.
  const inOrder = settled.toSorted((a, b) => (a.outgoing.message.id < b.outgoing.message.id ? -1 : 1));
  const of = <Kind extends Settled['result']['kind']>(kind: Kind) =>
    inOrder.filter((one): one is Settled & { result: Extract<Settled['result'], { kind: Kind }> } => one.result.kind === kind);
  await settleUnknown(tx, workspaceId, of('unknown'));
  await settleRefused(tx, workspaceId, of('failed'));
  await settleRetries(tx, workspaceId, of('retry'));
  await settleAccepted(tx, workspaceId, of('accepted'));
}
