/** One pass over a sequence: batches of what is due, until nothing is, or until it is another sequence's turn. */
import { setTimeout as pause } from 'node:timers/promises';
import type { StepOfVersion } from '#db/queries/due-enrolments.ts';
import { findNextDueAt } from '#db/queries/due-enrolments.ts';
import { findSequenceState } from '#db/queries/sequence-plans.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { claimBatch } from './claim-batch.ts';
import type { Engine } from './engine.ts';
import { retryOnConflict } from './retry-on-conflict.ts';

const batchSize = 500;
const passMs = 2_000;
/** With so much under way in this process, claiming waits for answers: batches are claimed while others are sent and settled. */
const mostInFlight = 3 * batchSize;
/** How long a step waits whose account has no tokens now, and at most while a cap holds it back. */
const tokenWaitMs = 1_000;
const capWaitMs = 30_000;

/** Claims and dispatches; answers are settled as they come, also after the pass has ended. Sets the next alarm. A full batch that
 *  nothing holds back asks for help: whichever worker has a hand free works off the rest beside this pass. */
export async function advanceSequence(engine: Engine, workspaceId: WorkspaceId, sequenceId: string): Promise<void> {
  const untilMs = performance.now() + passMs;
  let waiting: StepOfVersion[] = [];
  let roomAt: Date | null = null;
  let isDone = false;
  let hasHelp = false;
  while (!isDone && performance.now() < untilMs && !engine.isStopping()) {
    await Promise.race([engine.dispatcher.room(mostInFlight), pause(untilMs - performance.now())]);
    const of = { sequenceId, limit: batchSize, waiting };
    const batch = await retryOnConflict(() => engine.db.transaction().execute((tx) => claimBatch(tx, engine, workspaceId, of)));
    if (batch.now) void engine.dispatcher.dispatch(batch.outgoing, batch.now);
    waiting = [...waiting, ...batch.waiting];
    if (batch.roomAt && (!roomAt || batch.roomAt < roomAt)) roomAt = batch.roomAt;
    isDone = batch.examined < batchSize;
    // What waits for tokens or for room under a cap gains nothing by more hands.
    if (!isDone && !hasHelp && waiting.length === 0) {
      hasHelp = true;
      await ring(engine, workspaceId, sequenceId, new Date(0));
    }
  }
  await ringAgain(engine, workspaceId, sequenceId, { someWait: waiting.length > 0, roomAt });
}

async function ringAgain(
  engine: Engine,
  workspaceId: WorkspaceId,
  sequenceId: string,
  { someWait, roomAt }: { readonly someWait: boolean; readonly roomAt: Date | null },
): Promise<void> {
  const dueAt = await findNextDueAt(engine.db, workspaceId, sequenceId);
  if (!dueAt) return;
  const state = await findSequenceState(engine.db, workspaceId, sequenceId);
  if (state?.status !== 'running') return;
  const nowMs = state.now.getTime();
  const waitMs = roomAt ? Math.min(capWaitMs, Math.max(tokenWaitMs, roomAt.getTime() - nowMs)) : tokenWaitMs;
  const soonest = new Date(someWait ? nowMs + waitMs : nowMs);
  const at = dueAt > soonest ? dueAt : soonest;
  await ring(engine, workspaceId, sequenceId, at);
}

/** `at`: when to look again; what has passed means at once. */
function ring(engine: Engine, workspaceId: WorkspaceId, sequenceId: string, at: Date): Promise<void> {
  return engine.db.transaction().execute((tx) => setAlarms(tx, [{ queue: 'sequence.advance', workspaceId, sequenceId, at }]));
}
