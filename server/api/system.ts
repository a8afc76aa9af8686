import { countUnknownMessages, listFailingChannels, oldestOverdueSeconds } from '#db/queries/health.ts';
import { listQueueDepths, listQueueReports } from '#db/queries/queue-health.ts';
import { listLiveWorkers } from '#db/queries/workers.ts';
import { now } from '#server/platform/clock.ts';
import { systemWarnings } from './system-warnings.ts';
import { noInput, router, workspaceProcedure } from './trpc.ts';

export const systemRouter = router({
  /** `ok`: the database answers and a worker is alive. Overdue steps, channels and messages are this workspace's, workers and
   *  queues the installation's. `warnings` is empty when there is nothing to look at. */
  health: workspaceProcedure.input(noInput).query(async ({ ctx: { db, actor } }) => {
    const [at, workers, overdue, queues, queueReports, failingChannels, unknownMessages] = await Promise.all([
      now(db),
      listLiveWorkers(db),
      oldestOverdueSeconds(db, actor.workspaceId),
      listQueueDepths(db),
      listQueueReports(db),
      listFailingChannels(db, actor.workspaceId),
      countUnknownMessages(db, actor.workspaceId),
    ]);
    return {
      ok: workers.length > 0,
      database: 'ok' as const,
      workers: workers.length,
      oldestOverdueSeconds: overdue,
      warnings: systemWarnings({ workers, oldestOverdueSeconds: overdue, queues, queueReports, failingChannels, unknownMessages }),
      now: at.toISOString(),
    };
  }),

  queues: workspaceProcedure.input(noInput).query(async ({ ctx: { db } }) => ({ items: await listQueueDepths(db) })),

  workers: workspaceProcedure.input(noInput).query(async ({ ctx: { db } }) => {
    const workers = await listLiveWorkers(db);
    return {
      items: workers.map((worker) => ({ ...worker, startedAt: worker.startedAt.toISOString(), seenAt: worker.seenAt.toISOString() })),
    };
  }),
});
