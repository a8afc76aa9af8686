/** One pass over an account's queue: claims, sends, settles, until nothing may go now or it is another's turn. */
import { findNextAttemptAt } from '#db/queries/queued-messages.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import { now } from '#server/platform/clock.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { claimQueued } from './claim-queued.ts';
import type { Engine } from './engine.ts';
import { retryOnConflict } from './retry-on-conflict.ts';

const batchSize = 500;
const passMs = 2_000;
const soonMs = 1_000;

/** Waits for the answers of a batch before the next, so that a conversation keeps its order. Sets the next alarm. */
export async function deliverAccount(engine: Engine, workspaceId: WorkspaceId, channelAccountId: string): Promise<void> {
  const untilMs = performance.now() + passMs;
  let comesAgainSoon = false;
  while (!engine.isStopping()) {
    const batch = await retryOnConflict(() =>
      engine.db.transaction().execute((tx) => claimQueued(tx, engine, workspaceId, channelAccountId, batchSize)),
    );
    comesAgainSoon = batch.lacksTokens;
    if (batch.outgoing.length === 0) break;
    const settled = engine.dispatcher.dispatch(batch.outgoing, batch.now);
    const leftMs = untilMs - performance.now();
    const inTime = await Promise.race([settled.then(() => true), after(leftMs)]);
    if (!inTime) {
      comesAgainSoon = true;
      break;
    }
  }
  const nextAt = await findNextAttemptAt(engine.db, workspaceId, channelAccountId);
  if (!nextAt) return;
  const present = await now(engine.db);
  if (nextAt <= present && !comesAgainSoon && !engine.isStopping()) return;
  const at = nextAt > present ? nextAt : new Date(present.getTime() + soonMs);
  await engine.db.transaction().execute((tx) => setAlarms(tx, [{ queue: 'account.deliver', workspaceId, channelAccountId, at }]));
}

function after(milliseconds: number): Promise<false> {
  return new Promise((done) => setTimeout(() => done(false), Math.max(0, milliseconds)));
}
