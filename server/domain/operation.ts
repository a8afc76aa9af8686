/** Work over more rows than one transaction should hold: what was asked for, as it is stored until a worker has done it. */
import { z } from 'zod';
import { idSchema } from '#server/platform/ids.ts';
import { exitReasons } from './enrolment-events.ts';
import { stepMetrics } from './results.ts';
import { fieldKeySchema } from './contact/fields.ts';
import { contactFilterSchema, storedFilterSchema, tagNameSchema } from './contact/schema.ts';
import { plannedInstantSchema } from './time/schema.ts';

export const enrolmentStatuses = ['active', 'paused', 'held', 'ended'] as const;

/** Which enrolments are meant, by what their rows say. */
export const enrolmentFilterSchema = z.strictObject({
  sequenceId: idSchema.optional(),
  contactId: idSchema.optional(),
  status: z.enum(enrolmentStatuses).optional(),
  stepKey: z.string().max(64).optional(),
  exitReason: z.enum(exitReasons).optional(),
  /** Anywhere in name, e-mail or phone, without accents or case. */
  search: z.string().trim().min(1).max(200).optional(),
  /** Those whom one number of one step of `sequenceId` counts. */
  step: z.strictObject({ key: z.string().max(64), metric: z.enum(stepMetrics) }).optional(),
});
export type EnrolmentFilter = z.infer<typeof enrolmentFilterSchema>;

const idsSchema = z.array(idSchema).min(1).max(100_000);

export const enrolmentTargetSchema = z.union([
  z.strictObject({ ids: idsSchema }),
  z.strictObject({ filter: enrolmentFilterSchema.refine(({ step, sequenceId }) => !step || sequenceId, 'give `sequenceId` with `step`') }),
]);
export type EnrolmentTarget = z.infer<typeof enrolmentTargetSchema>;

export const contactTargetSchema = z.union([z.strictObject({ contactIds: idsSchema }), z.strictObject({ filter: contactFilterSchema })]);
export type ContactTarget = z.infer<typeof contactTargetSchema>;
const storedTargetSchema = z.union([z.strictObject({ contactIds: idsSchema }), z.strictObject({ filter: storedFilterSchema })]);

/** How people who became due during the pause of a sequence go on: shifted by its length, sent at the sender's rate, or passed over. */
export const overdueChoices = ['shift', 'send', 'skip'] as const;

/** What can be done to enrolments by hand. Source: product §4. */
export const enrolmentControlSchema = z.discriminatedUnion('control', [
  /** `until`: when it ends by itself; without it, when somebody resumes. */
  z.object({ control: z.literal('pause'), until: plannedInstantSchema.optional() }),
  z.object({ control: z.literal('resume') }),
  z.object({ control: z.literal('remove') }),
  z.object({ control: z.literal('skipStep') }),
  /** `force`: also outside of the allowed hours. */
  z.object({ control: z.literal('sendNow'), force: z.boolean() }),
  /** What became of messages that are `unknown`: they were sent, or are to be sent again. */
  z.object({ control: z.literal('resolveUnknown'), as: z.enum(['sent', 'again']) }),
  z.object({ control: z.literal('moveTo'), stepKey: z.string().min(1).max(64) }),
  z.object({ control: z.literal('reschedule'), at: plannedInstantSchema }),
]);
export type EnrolmentControl = z.infer<typeof enrolmentControlSchema>;

export const operationSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('enrolContacts'),
    sequenceId: idSchema,
    target: storedTargetSchema,
    key: z.string().max(200).optional(),
    startAt: plannedInstantSchema.optional(),
    source: z.enum(['manual', 'csv', 'api', 'sequence', 'trigger']),
  }),
  z.object({ kind: z.literal('tagContacts'), target: storedTargetSchema, tags: z.array(tagNameSchema).min(1).max(50) }),
  z.object({ kind: z.literal('untagContacts'), target: storedTargetSchema, tags: z.array(tagNameSchema).min(1).max(50) }),
  /** `value`: as the field keeps it; null takes the field away. */
  z.object({
    kind: z.literal('setContactField'),
    target: storedTargetSchema,
    key: fieldKeySchema,
    value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  }),
  /** `ownerId`: null for nobody. */
  z.object({ kind: z.literal('setContactOwner'), target: storedTargetSchema, ownerId: idSchema.nullable() }),
  /** Out of one sequence, or of every one. */
  z.object({ kind: z.literal('removeFromSequence'), target: storedTargetSchema, sequenceId: idSchema.optional() }),
  z.object({ kind: z.literal('deleteContacts'), target: storedTargetSchema }),
  z.object({ kind: z.literal('findDuplicates') }),
  z.object({ kind: z.literal('controlEnrolments'), target: enrolmentTargetSchema, control: enrolmentControlSchema }),
  z.object({ kind: z.literal('archiveSequence'), sequenceId: idSchema }),
  z.object({ kind: z.literal('moveEnrolments'), sequenceId: idSchema }),
  z.object({ kind: z.literal('replanEnrolments'), sequenceIds: z.array(idSchema), why: z.enum(['rulesChanged', 'zoneChanged']) }),
  z.object({
    kind: z.literal('resumeSequence'),
    sequenceId: idSchema,
    overdue: z.enum(overdueChoices),
    pausedAt: z.iso.datetime(),
    resumedAt: z.iso.datetime(),
  }),
]);
export type Operation = z.infer<typeof operationSchema>;
export type OperationKind = Operation['kind'];

/** Up to so many rows are changed at once, in the request's own transaction. */
export const directLimit = 1_000;
