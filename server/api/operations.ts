import { z } from 'zod';
import { findOperation } from '#db/queries/operations.ts';
import { notFound } from '#server/platform/errors.ts';
import { idSchema } from '#server/platform/ids.ts';
import { cancelOperation } from '#server/use-cases/operations/cancel-operation.ts';
import { router, workspaceProcedure } from './trpc.ts';

const input = z.strictObject({ id: idSchema });

export const operationsRouter = router({
  /** Progress and outcome. `total`: how many were counted beforehand, and with it who has come in since; null where nobody has counted; once it
   *  is done, all of `done`. Of the refusals, the first thousand. `error`: why it failed, with a code and a colon in front where the cause is
   *  one that people can mend. */
  get: workspaceProcedure.input(input).query(async ({ ctx: { db, actor }, input: { id } }) => {
    const row = await findOperation(db, actor.workspaceId, id);
    if (!row) throw notFound('operation', id);
    const { status, kind, total, done, accepted, refusals, error } = row;
    const counts = { total, done, accepted, refused: done - accepted, refusals };
    return {
      id,
      kind,
      status,
      ...counts,
      error,
      createdAt: row.createdAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
    };
  }),

  cancel: workspaceProcedure.input(input).mutation(async ({ ctx: { db, actor }, input: { id } }) => {
    await cancelOperation(db, actor, { id });
    return { id };
  }),
});
