/** From a job to the use-case it rings for. Handlers parse, call and return: the tables hold everything else. */
import type { Job, PgBoss } from '#jobs/queues/boss.ts';
import { type Payload, type QueueName, queues } from '#jobs/queues/catalogue.ts';
import { systemActor } from '#server/auth/actor.ts';
import { advanceSequence } from '#server/use-cases/engine/advance-sequence.ts';
import { deliverAccount } from '#server/use-cases/engine/deliver-account.ts';
import type { Engine } from '#server/use-cases/engine/engine.ts';
import { maintainWorkspace } from '#server/use-cases/engine/maintain-workspace.ts';
import { runImport } from '#server/use-cases/imports/run-import.ts';
import { runOperation } from '#server/use-cases/operations/run-operation.ts';

type Handler<Name extends QueueName> = (payload: Payload<Name>, engine: Engine, stopping: AbortSignal) => Promise<unknown>;

const handlers: { readonly [Name in QueueName]: Handler<Name> } = {
  'sequence.advance': ({ workspaceId, sequenceId }, engine) => advanceSequence(engine, systemActor(workspaceId).workspaceId, sequenceId),
  'account.deliver': ({ workspaceId, channelAccountId }, engine) =>
    deliverAccount(engine, systemActor(workspaceId).workspaceId, channelAccountId),
  'workspace.maintain': ({ workspaceId }, engine) => maintainWorkspace(engine.db, systemActor(workspaceId).workspaceId),
  'import.run': (payload, engine, signal) => runImport(engine.db, payload, { signal }),
  'operation.run': ({ workspaceId, operationId }, engine, signal) =>
    runOperation(engine.db, systemActor(workspaceId).workspaceId, operationId, signal),
};

/** Jobs of a queue that one process runs at once. */
const concurrency: Record<QueueName, number> = {
  'sequence.advance': 3,
  'account.deliver': 3,
  'workspace.maintain': 1,
  'import.run': 1,
  'operation.run': 1,
};

/** Begins to fetch. Alarms for now wake a worker by NOTIFY; those for later are found by asking every half second. */
export async function handleJobs(boss: PgBoss, engine: Engine, stopping: AbortSignal): Promise<void> {
  for (const name of Object.keys(handlers) as QueueName[]) await handleQueue(boss, name, engine, stopping);
}

async function handleQueue<Name extends QueueName>(boss: PgBoss, name: Name, engine: Engine, stopping: AbortSignal): Promise<void> {
  const handler: Handler<Name> = handlers[name];
  const options = { localConcurrency: concurrency[name], pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 };
  await boss.work(name, options, async (jobs: Job[]) => {
    for (const job of jobs) await handler(queues[name].payload.parse(job.data) as Payload<Name>, engine, stopping);
  });
}
