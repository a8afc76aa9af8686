/** The workspace itself, its home page, and the first run that makes it. */
import { z } from 'zod';
import { getFirstSteps, getOverview, listNextSends } from '#db/queries/home.ts';
import { getWorkspace } from '#db/queries/workspaces.ts';
import { frequencyCapSchema } from '#server/domain/frequency-cap.ts';
import { windowSchema, zoneSchema } from '#server/domain/time/schema.ts';
import { now } from '#server/platform/clock.ts';
import { changeWorkspace } from '#server/use-cases/workspace/change-workspace.ts';
import {
  createFirstWorkspace,
  createFirstWorkspaceSchema,
  localeSchema,
  workspaceNameSchema,
} from '#server/use-cases/workspace/create-first-workspace.ts';
import { openProcedure, router, workspaceProcedure } from './trpc.ts';

const noInput = z.strictObject({}).optional();

export const workspaceRouter = router({
  /** The first run; refused with CONFLICT once anybody has an account. */
  createFirst: openProcedure.input(createFirstWorkspaceSchema).mutation(({ ctx, input }) => createFirstWorkspace(ctx.db, input)),

  get: workspaceProcedure.input(noInput).query(async ({ ctx: { db, actor } }) => {
    const workspace = await getWorkspace(db, actor.workspaceId);
    return {
      ...workspace,
      createdAt: workspace.createdAt.toISOString(),
      /** What the caller may do here. */
      role: actor.kind === 'system' ? ('owner' as const) : actor.role,
      /** The present instant by the database's clock, for dates that are shown beside it. */
      now: (await now(db)).toISOString(),
    };
  }),

  update: workspaceProcedure
    .input(
      z.strictObject({
        name: workspaceNameSchema.optional(),
        locale: localeSchema.optional(),
        timeZone: zoneSchema.optional(),
        quietHours: windowSchema.nullable().optional(),
        frequencyCap: frequencyCapSchema.nullable().optional(),
      }),
    )
    .mutation(({ ctx: { db, actor }, input }) => changeWorkspace(db, actor, input)),

  /** The way to the first delivered message, and beyond; ticked by what stands in the tables. */
  checklist: workspaceProcedure.input(noInput).query(async ({ ctx: { db, actor } }) => {
    const { sequenceId, contactId, ...done } = await getFirstSteps(db, actor.workspaceId);
    const keys = ['published', 'enrolled', 'arrived', 'answered', 'ownContacts', 'ownChannel', 'team'] as const;
    return { items: keys.map((key) => ({ key, done: done[key] })), sequenceId, contactId };
  }),

  overview: workspaceProcedure.input(noInput).query(async ({ ctx: { db, actor } }) => {
    const [overview, nextSends] = await Promise.all([getOverview(db, actor.workspaceId), listNextSends(db, actor.workspaceId, 5)]);
    return { ...overview, nextSends: nextSends.map((send) => ({ ...send, dueAt: send.dueAt.toISOString() })) };
  }),
});
