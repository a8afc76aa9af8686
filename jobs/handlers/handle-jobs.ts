/** From a job to the use-case it rings for. Handlers parse, call and return: the tables hold everything else. */
import type { Job, PgBoss } from '#jobs/queues/boss.ts';
import { beatSeconds, type Payload, type QueueName, queues } from '#jobs/queues/catalogue.ts';
import { systemActor } from '#server/auth/actor.ts';
import { advanceSequence } from '#server/use-cases/engine/advance-sequence.ts';
import { deliverAccount } from '#server/use-cases/engine/deliver-account.ts';
import type { Engine } from '#server/use-cases/engine/engine.ts';
import { maintainWorkspace } from '#server/use-cases/engine/maintain-workspace.ts';
import { runImport } from '#server/use-cases/imports/run-import.ts';
import { runOperation } from '#server/use-cases/operations/run-operation.ts';
import { runTriggers } from '#server/use-cases/triggers/run-triggers.ts';
import { createLimit, type Limit } from './limit.ts';

type Handler<Name extends QueueName> = (payload: Payload<Name>, engine: Engine, stopping: AbortSignal) => Promise<unknown>;

const handlers: { readonly [Name in QueueName]: Handler<Name> } = {
  'sequence.advance': ({ workspaceId, sequenceId }, engine) => advanceSequence(engine, systemActor(workspaceId).workspaceId, sequenceId),
  'account.deliver': ({ workspaceId, channelAccountId }, engine) =>
    deliverAccount(engine, systemActor(workspaceId).workspaceId, channelAccountId),
  'workspace.maintain': ({ workspaceId }, engine) => maintainWorkspace(engine.db, systemActor(workspaceId).workspaceId),
  'trigger.run': ({ workspaceId }, engine, signal) => runTriggers(engine.db, systemActor(workspaceId).workspaceId, signal),
  'import.run': (payload, engine, signal) => runImport(engine.db, payload, { signal }),
  'operation.run': ({ workspaceId, operationId }, engine, signal) =>
    runOperation(engine.db, systemActor(workspaceId).workspaceId, operationId, signal),
};

/** How many jobs of a queue one process fetches at a time. Most alarms find little to do, and every sequence and account rings by
 *  itself; long work is taken one by one. */
const fetched: Record<QueueName, number> = {
  'sequence.advance': 8,
  'account.deliver': 8,
  'workspace.maintain': 1,
  'trigger.run': 1,
  'import.run': 1,
  'operation.run': 1,
};
/** Passes that one process runs at once: each may hold a connection. */
const mostPasses = 6;

/** Begins to fetch. Alarms for now wake a worker by NOTIFY; those for later are found by asking every half second. */
export async function handleJobs(boss: PgBoss, engine: Engine, stopping: AbortSignal): Promise<void> {
  const passes = createLimit(mostPasses);
  for (const name of Object.keys(handlers) as QueueName[]) await handleQueue(boss, name, { engine, stopping, passes });
}

interface Hands {
  readonly engine: Engine;
  readonly stopping: AbortSignal;
  readonly passes: Limit;
}

async function handleQueue<Name extends QueueName>(boss: PgBoss, name: Name, { engine, stopping, passes }: Hands): Promise<void> {
  const handler: Handler<Name> = handlers[name];
  const batchSize = fetched[name];
  const isPass = batchSize > 1;
  const options = {
    batchSize,
    burstWhenBatchFull: isPass,
    localConcurrency: isPass ? 2 : 1,
    pollingIntervalSeconds: 0.5,
    notifyPollingIntervalSeconds: 0.5,
    heartbeatRefreshSeconds: beatSeconds,
  };
  const run = (job: Job): Promise<unknown> => handler(queues[name].payload.parse(job.data) as Payload<Name>, engine, stopping);
  await boss.work(name, options, async (jobs: Job[]) => {
    const done = await Promise.allSettled(jobs.map((job) => (isPass ? passes(() => run(job)) : run(job))));
    const failed = done.find((outcome) => outcome.status === 'rejected');
    // One that fails is tried again, and the others of its batch with it: an alarm that rings twice finds nothing more to do.
    if (failed) throw failed.reason;
  });
}
