/** What a worker's passes share: its database, its open channels, what it has under way. */
import type { Db } from '#db/client.ts';
import { closeClaims } from '#db/queries/message-claims.ts';
import { type TakenTokens, takeTokens } from '#db/queries/sending-accounts.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { renderBatch } from '#server/platform/render-pool.ts';
import type { Rendered, RenderJob } from '#server/domain/template/render.ts';
import { senderFor } from '../channels/sender-pool.ts';
import { createDispatcher, type Dispatcher, type DispatcherDeps } from './dispatcher.ts';
import { settle } from './settle.ts';

export interface Engine {
  readonly db: Db;
  readonly dispatcher: Dispatcher;
  /** Takes up to `wanted` tokens for messages of an account, in a transaction of its own, no more than it may have under way. */
  takeTokens(workspaceId: WorkspaceId, channelAccountId: string, wanted: number): Promise<TakenTokens>;
  render(jobs: readonly RenderJob[]): Promise<Rendered[]>;
  /** True once the worker is asked to stop: passes begin no further batch. */
  isStopping(): boolean;
}

/** What one process has under way on one account at most. */
export const mostUnderWay = 2_000;

/** `senders`: where messages go; the workspace's own channel accounts unless a test or a benchmark says otherwise. */
export interface EngineOptions {
  readonly senders?: DispatcherDeps['senderFor'];
  /** Where tokens are taken, while a claim is open: another pool than `db`, or those who wait for the claim's rows could hold
   *  every connection that the claim waits for. */
  readonly tokenDb?: Db;
  readonly stopping?: AbortSignal;
}

export function createEngine(db: Db, options: EngineOptions = {}): Engine {
  const dispatcher = createDispatcher({
    senderFor: options.senders ?? ((workspaceId, id) => senderFor(db, workspaceId, id)),
    settle: (workspaceId, settled) => settle(db, workspaceId, settled),
    close: (workspaceId, tokens) => closeClaims(db, workspaceId, tokens),
  });
  return {
    db,
    dispatcher,
    render: (jobs) => renderBatch(jobs),
    isStopping: () => options.stopping?.aborted ?? false,
    async takeTokens(workspaceId, channelAccountId, wanted) {
      const room = mostUnderWay - dispatcher.underWay(channelAccountId);
      const most = Math.min(wanted, room);
      return most < 1 ? { taken: 0, roomAt: null } : await takeTokens(options.tokenDb ?? db, workspaceId, channelAccountId, most);
    },
  };
}
