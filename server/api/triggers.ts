/** Triggers: which happenings enrol contacts, where, and what came of them. */
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { findTrigger, listTriggers, listTriggerTallies } from '#db/queries/triggers.ts';
import type { Actor } from '#server/auth/actor.ts';
import { triggerConditionSchema, triggerOnSchema } from '#server/domain/trigger.ts';
import { notFound } from '#server/platform/errors.ts';
import { idSchema } from '#server/platform/ids.ts';
import { changeTrigger } from '#server/use-cases/triggers/change-trigger.ts';
import { createTrigger } from '#server/use-cases/triggers/create-trigger.ts';
import { deleteTrigger } from '#server/use-cases/triggers/delete-trigger.ts';
import { idPage } from './id-page.ts';
import { triggerView } from './trigger-view.ts';
import { pageInput, router, workspaceProcedure } from './trpc.ts';

const byId = z.strictObject({ id: idSchema });

export const triggersRouter = router({
  /** Newest first, with how many each enrolled and refused, by reason. */
  list: workspaceProcedure
    .input(z.strictObject({ sequenceId: idSchema.optional(), ...pageInput }).optional())
    .query(async ({ ctx: { db, actor }, input }) => {
      const { sequenceId = null, ...paging } = input ?? {};
      const { items, nextCursor } = await idPage(input && paging, ({ after, limit }) =>
        listTriggers(db, actor.workspaceId, { sequenceId }, { before: after, limit }),
      );
      const tallies = await listTriggerTallies(
        db,
        actor.workspaceId,
        items.map((row) => row.id),
      );
      return { items: items.map((row) => triggerView(row, tallies)), nextCursor };
    }),

  create: workspaceProcedure
    .input(
      z.strictObject({
        sequenceId: idSchema,
        on: triggerOnSchema,
        condition: triggerConditionSchema.default({}),
        enabled: z.boolean().default(true),
      }),
    )
    .mutation(async ({ ctx: { db, actor }, input }) => one(db, actor, await createTrigger(db, actor, input))),

  /** What is left out stays. */
  update: workspaceProcedure
    .input(byId.extend({ on: triggerOnSchema.optional(), condition: triggerConditionSchema.optional(), enabled: z.boolean().optional() }))
    .mutation(async ({ ctx: { db, actor }, input }) => {
      await changeTrigger(db, actor, input);
      return one(db, actor, input.id);
    }),

  delete: workspaceProcedure.input(byId).mutation(async ({ ctx: { db, actor }, input }) => {
    await deleteTrigger(db, actor, input);
    return { id: input.id };
  }),
});

async function one(db: Db, { workspaceId }: Actor, id: string) {
  const row = await findTrigger(db, workspaceId, id);
  if (!row) throw notFound('trigger', id);
  return triggerView(row, await listTriggerTallies(db, workspaceId, [id]));
}
