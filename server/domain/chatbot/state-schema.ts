/** A bot's state as callers hand it back: the JSON of `BotState`, checked. */
import { z } from 'zod';
import { blockKeySchema, fieldTargetSchema } from './flow.ts';
import { type BotState, botOutcomes } from './interpreter.ts';

const answerSchema = z.union([z.string().max(10_000), z.number()]);

export const botStateSchema: z.ZodType<BotState, BotState> = z.strictObject({
  at: blockKeySchema.nullable(),
  misses: z.number().int().min(0).max(100),
  answers: z.record(blockKeySchema, answerSchema),
  fields: z.record(fieldTargetSchema, answerSchema),
  outcome: z.enum(botOutcomes).nullable(),
});
