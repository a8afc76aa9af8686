/** A file that somebody asked for: what shall be in it, as it is stored until the file is fetched. */
import { z } from 'zod';
import { idSchema } from '#server/platform/ids.ts';
import { contactTargetSchema, enrolmentTargetSchema } from './operation.ts';

/** `excel`: semicolons, a mark of UTF-8 and a comma in numbers, as spreadsheets in Brazil want it. `plain`: commas, no mark, a point. */
export const exportFormats = ['excel', 'plain'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const exportFormatSchema = z.enum(exportFormats).default('excel');

export const exportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('contacts'), format: z.enum(exportFormats), target: contactTargetSchema }),
  z.object({ kind: z.literal('enrolments'), format: z.enum(exportFormats), target: enrolmentTargetSchema }),
  z.object({ kind: z.literal('results'), format: z.enum(exportFormats), sequenceId: idSchema }),
]);
export type Export = z.infer<typeof exportSchema>;
export type ExportKind = Export['kind'];
