import { z } from 'zod';
import { instantSchema } from '#server/domain/time/schema.ts';
import { idSchema } from '#server/platform/ids.ts';
import { recordEvent } from '#server/use-cases/events/record-event.ts';
import { router, workspaceProcedure } from './trpc.ts';

/** How large the properties of an event may be, as JSON. */
const mostBytes = 16_384;

export const eventsRouter = router({
  /** What happened to a contact elsewhere. Enrolments whose goal it is end with `goal`, unless it is older than they are. */
  record: workspaceProcedure
    .input(
      z.strictObject({
        contactId: idSchema,
        name: z.string().trim().min(1).max(64),
        properties: z
          .record(z.string().max(64), z.unknown())
          .refine((properties) => JSON.stringify(properties).length <= mostBytes, `must be at most ${mostBytes} characters as JSON`)
          .default({}),
        occurredAt: instantSchema.optional(),
        idempotencyKey: z.string().min(1).max(200).optional(),
      }),
    )
    .mutation(({ ctx: { db, actor }, input }) => recordEvent(db, actor, input)),
});
