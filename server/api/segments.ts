import { z } from 'zod';
import { listSegments, type SegmentRow } from '#db/queries/segments.ts';
import { createSegmentSchema, updateSegmentSchema } from '#server/domain/contact/schema.ts';
import { idSchema } from '#server/platform/ids.ts';
import { createSegment } from '#server/use-cases/segments/create-segment.ts';
import { deleteSegment } from '#server/use-cases/segments/delete-segment.ts';
import { updateSegment } from '#server/use-cases/segments/update-segment.ts';
import { noInput, router, workspaceProcedure } from './trpc.ts';

export const segmentsRouter = router({
  /** All of them, by name. */
  list: workspaceProcedure
    .input(noInput)
    .query(async ({ ctx: { db, actor } }) => ({ items: (await listSegments(db, actor.workspaceId)).map(segmentView), nextCursor: null })),

  create: workspaceProcedure
    .input(createSegmentSchema)
    .mutation(async ({ ctx: { db, actor }, input }) => segmentView(await createSegment(db, actor, input))),

  update: workspaceProcedure
    .input(updateSegmentSchema)
    .mutation(async ({ ctx: { db, actor }, input }) => segmentView(await updateSegment(db, actor, input))),

  delete: workspaceProcedure.input(z.strictObject({ id: idSchema })).mutation(async ({ ctx: { db, actor }, input }) => {
    await deleteSegment(db, actor, input);
    return { id: input.id };
  }),
});

function segmentView({ createdAt, updatedAt, ...segment }: SegmentRow) {
  return { ...segment, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
