/** What the frame around every page needs: the workspace, who looks at it, and the present instant. */
import { z } from 'zod';
import { getShell, getViewer } from '#db/queries/shell.ts';
import { router, workspaceProcedure } from './trpc.ts';

export const shellRouter = router({
  get: workspaceProcedure.input(z.strictObject({}).optional()).query(async ({ ctx }) => {
    const { actor, db } = ctx;
    const [workspace, viewer] = await Promise.all([
      getShell(db, actor.workspaceId),
      actor.kind === 'user' ? getViewer(db, actor.userId) : null,
    ]);
    return {
      workspace: { slug: workspace.slug, name: workspace.name, timeZone: workspace.timeZone },
      viewer: viewer && { ...viewer, role: actor.kind === 'system' ? ('owner' as const) : actor.role },
      now: workspace.now.toISOString(),
    };
  }),
});
