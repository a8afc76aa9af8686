/** How a step's text reads for a real contact; spread into the sequences router. */
import { previewContent, previewSchema } from '#server/use-cases/sequences/preview-content.ts';
import { workspaceProcedure } from './trpc.ts';

export const previewProcedures = {
  preview: workspaceProcedure.input(previewSchema).query(({ ctx: { db, actor }, input }) => previewContent(db, actor, input)),
};
