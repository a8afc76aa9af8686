/** The workspace itself, and the first run that makes it. */
import { getWorkspace } from '#db/queries/workspaces.ts';
import { now } from '#server/platform/clock.ts';
import { createFirstWorkspace, createFirstWorkspaceSchema } from '#server/use-cases/workspace/create-first-workspace.ts';
import { openProcedure, router, workspaceProcedure } from './trpc.ts';

export const workspaceRouter = router({
  /** The first run; refused with CONFLICT once anybody has an account. */
  createFirst: openProcedure.input(createFirstWorkspaceSchema).mutation(({ ctx, input }) => createFirstWorkspace(ctx.db, input)),
  get: workspaceProcedure.query(async ({ ctx }) => {
    const workspace = await getWorkspace(ctx.db, ctx.actor.workspaceId);
    return {
      ...workspace,
      createdAt: workspace.createdAt.toISOString(),
      /** What the caller may do here. */
      role: ctx.actor.kind === 'system' ? 'owner' : ctx.actor.role,
      /** The present instant by the database's clock, for dates that are shown beside it. */
      now: (await now(ctx.db)).toISOString(),
    };
  }),
});
