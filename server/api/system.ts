import { listLiveWorkers, listQueueDepths, oldestOverdueSeconds } from '#db/queries/health.ts';
import { now } from '#server/platform/clock.ts';
import { noInput, router, workspaceProcedure } from './trpc.ts';

export const systemRouter = router({
  /** `ok`: the database answers and a worker is alive. The overdue age is this workspace's. */
  health: workspaceProcedure.input(noInput).query(async ({ ctx: { db, actor } }) => {
    const at = await now(db);
    const workers = await listLiveWorkers(db);
    const overdue = await oldestOverdueSeconds(db, actor.workspaceId);
    return {
      ok: workers.length > 0,
      database: 'ok' as const,
      workers: workers.length,
      oldestOverdueSeconds: overdue,
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
