import { z } from 'zod';
import { listEnrolmentEvents } from '#db/queries/enrolment-events.ts';
import { findEnrolment, listEnrolmentMessages, listEnrolments } from '#db/queries/enrolment-lists.ts';
import { listEnrolmentAttempts } from '#db/queries/message-attempts.ts';
import { listStructures } from '#db/queries/sequence-structures.ts';
import { contactFilterSchema } from '#server/domain/contact/schema.ts';
import { closedDatesOf } from '#server/domain/definition/compile.ts';
import { enrolmentFilterSchema, enrolmentTargetSchema } from '#server/domain/operation.ts';
import { exportFormatSchema } from '#server/domain/export.ts';
import { plannedInstantSchema } from '#server/domain/time/schema.ts';
import { notFound } from '#server/platform/errors.ts';
import { idSchema } from '#server/platform/ids.ts';
import { workspaceRules } from '#server/use-cases/engine/workspace-rules.ts';
import { controlEnrolments } from '#server/use-cases/enrolments/control-enrolments.ts';
import { enrolContacts } from '#server/use-cases/enrolments/enrol-contacts.ts';
import { requestExport } from '#server/use-cases/exports/request-export.ts';
import { attemptView, planView } from './enrolment-plan-view.ts';
import { enrolmentEventView, enrolmentMessageView, enrolmentView, holidaysOver } from './enrolment-view.ts';
import { pageInput, router, workspaceProcedure } from './trpc.ts';
import { wrongCursor } from './wrong-cursor.ts';

const enrolSchema = z
  .strictObject({
    sequenceId: idSchema,
    contactIds: z.array(idSchema).min(1).max(100_000).optional(),
    filter: contactFilterSchema.optional(),
    key: z.string().max(200).optional(),
    startAt: plannedInstantSchema.optional(),
    idempotencyKey: z.string().min(1).max(200).optional(),
  })
  .refine((input) => (input.contactIds === undefined) !== (input.filter === undefined), 'give either contactIds or filter');

const [byIds, byFilter] = enrolmentTargetSchema.options;
const at = plannedInstantSchema;
const until = at.optional();
const force = z.boolean().default(false);
const resolution = z.enum(['sent', 'again']);
const stepKey = z.string().min(1).max(64);

export const enrolmentsRouter = router({
  enrol: workspaceProcedure.input(enrolSchema).mutation(({ ctx: { db, actor }, input }) => {
    const { contactIds, filter, ...rest } = input;
    return enrolContacts(db, actor, { ...rest, target: contactIds ? { contactIds } : { filter: filter ?? {} } });
  }),

  list: workspaceProcedure
    .input(z.strictObject({ ...enrolmentFilterSchema.shape, ...pageInput }).optional())
    .query(async ({ ctx: { db, actor }, input }) => {
      const { cursor, limit = 50, ...filter } = input ?? {};
      const before = cursor == null ? null : listCursor(cursor);
      const rows = await listEnrolments(db, actor.workspaceId, filter, { before, limit: limit + 1 });
      const items = rows.slice(0, limit).map(enrolmentView);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),

  /** One enrolment with its why-ledger and its messages. */
  get: workspaceProcedure.input(z.strictObject({ id: idSchema })).query(async ({ ctx: { db, actor }, input }) => {
    const row = await findEnrolment(db, actor.workspaceId, input.id);
    if (!row) throw notFound('enrolment', input.id);
    const events = await listEnrolmentEvents(db, actor.workspaceId, input.id);
    const messages = await listEnrolmentMessages(db, actor.workspaceId, input.id);
    const attempts = await listEnrolmentAttempts(db, actor.workspaceId, input.id);
    const structures = await listStructures(db, actor.workspaceId, row.sequenceId);
    const rules = await workspaceRules(db, actor.workspaceId);
    const definition = structures.find((structure) => structure.version === row.version)?.definition;
    const closedDates = definition ? closedDatesOf(definition, rules) : {};
    const entered = { at: row.startedAt.toISOString(), kind: 'enrolled' as const, source: row.source };
    return {
      ...enrolmentView(row),
      /** Those over which its present step was moved, by name. */
      holidays: holidaysOver(row.moveReasons, row.plannedAt, row.dueAt, closedDates, row.timeZone),
      events: [
        {
          ...entered,
          stepKey: null,
          stepNumber: null,
          from: null,
          to: null,
          reasons: [],
          messageId: null,
          actor: null,
          details: null,
          holidays: [],
        },
        ...events.map((event) => ({
          ...enrolmentEventView(event),
          holidays: holidaysOver(event.reasons, event.fromAt, event.toAt, closedDates, row.timeZone),
          source: null,
        })),
      ],
      messages: messages.map(enrolmentMessageView),
      attempts: attempts.map(attemptView),
      plan: planView(structures, row.version),
    };
  }),

  /** Until somebody resumes, or until an instant. */
  pause: workspaceProcedure
    .input(z.union([byIds.extend({ until }), byFilter.extend({ until })]))
    .mutation(({ ctx: { db, actor }, input: { until: ends, ...target } }) =>
      controlEnrolments(db, actor, target, { control: 'pause', until: ends }),
    ),

  resume: workspaceProcedure
    .input(enrolmentTargetSchema)
    .mutation(({ ctx: { db, actor }, input }) => controlEnrolments(db, actor, input, { control: 'resume' })),

  remove: workspaceProcedure
    .input(enrolmentTargetSchema)
    .mutation(({ ctx: { db, actor }, input }) => controlEnrolments(db, actor, input, { control: 'remove' })),

  /** Passes over the step that each waits for. */
  skipStep: workspaceProcedure
    .input(enrolmentTargetSchema)
    .mutation(({ ctx: { db, actor }, input }) => controlEnrolments(db, actor, input, { control: 'skipStep' })),

  /** At the first allowed instant from now; with `force`, now. */
  sendNow: workspaceProcedure
    .input(z.union([byIds.extend({ force }), byFilter.extend({ force })]))
    .mutation(({ ctx: { db, actor }, input: { force: isForced, ...target } }) =>
      controlEnrolments(db, actor, target, { control: 'sendNow', force: isForced }),
    ),

  /** Messages of which nobody knows whether they went out: `sent`, and their enrolments go on; `again`, and they are sent once more. */
  resolveUnknown: workspaceProcedure
    .input(z.union([byIds.extend({ as: resolution }), byFilter.extend({ as: resolution })]))
    .mutation(({ ctx: { db, actor }, input: { as, ...target } }) =>
      controlEnrolments(db, actor, target, { control: 'resolveUnknown', as }),
    ),

  moveTo: workspaceProcedure
    .input(z.union([byIds.extend({ stepKey }), byFilter.extend({ stepKey })]))
    .mutation(({ ctx: { db, actor }, input: { stepKey: key, ...target } }) =>
      controlEnrolments(db, actor, target, { control: 'moveTo', stepKey: key }),
    ),

  /** A file of them: `url` streams it for a day. */
  export: workspaceProcedure
    .input(z.union([byIds.extend({ format: exportFormatSchema }), byFilter.extend({ format: exportFormatSchema })]))
    .mutation(({ ctx: { db, actor }, input: { format, ...target } }) => requestExport(db, actor, { kind: 'enrolments', format, target })),

  /** At the first allowed instant from `at`. */
  reschedule: workspaceProcedure
    .input(z.union([byIds.extend({ at }), byFilter.extend({ at })]))
    .mutation(({ ctx: { db, actor }, input: { at: instant, ...target } }) =>
      controlEnrolments(db, actor, target, { control: 'reschedule', at: instant }),
    ),
});

function listCursor(cursor: string): string {
  const parsed = idSchema.safeParse(cursor);
  if (!parsed.success) throw wrongCursor();
  return parsed.data;
}
