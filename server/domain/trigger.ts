/** Triggers: what happens to a contact, under which condition it enrols, and what can come of it. */
import { z } from 'zod';
import { fieldKeySchema } from './contact/fields.ts';
import { contactFilterSchema, tagNameSchema } from './contact/schema.ts';
import { type RefusalReason, refusalReasons } from './enrolment-events.ts';

/** What every contact has, by the names of `contacts.update`. */
export const watchedColumns = ['name', 'phone', 'email', 'locale', 'timeZone'] as const;

/** One of those, or a custom field as `fields.<key>`. */
const watchedFieldSchema = z.union([
  z.enum(watchedColumns),
  z
    .string()
    .max(80)
    .regex(/^fields\./, 'must be name, phone, email, locale, timeZone or fields.<key>')
    .refine((field) => fieldKeySchema.safeParse(field.slice('fields.'.length)).success, 'must name a field by its key'),
]);

/** `notContacted`: nothing was sent to the contact for so many days, counted from its making when nothing ever was.
 *  `noReply`: it was written to so many days ago and has not written back since. */
export const silences = ['notContacted', 'noReply'] as const;

export const triggerOnSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('contactCreated') }),
  z.strictObject({ kind: z.literal('tagAdded'), tag: tagNameSchema }),
  /** `becomes`: only when it changes to this. */
  z.strictObject({
    kind: z.literal('fieldChanged'),
    field: watchedFieldSchema,
    becomes: z.union([z.string().max(2_000), z.number(), z.boolean()]).optional(),
  }),
  z.strictObject({ kind: z.literal('inactivity'), silence: z.enum(silences), days: z.number().int().min(1).max(3_650) }),
]);
export type TriggerOn = z.infer<typeof triggerOnSchema>;
export type TriggerKind = TriggerOn['kind'];

/** Which contacts it enrols, judged when the occasion is looked at, seconds after it; all of them when nothing is said. */
export const triggerConditionSchema = contactFilterSchema;
export type TriggerCondition = z.infer<typeof triggerConditionSchema>;

/** Why an occasion enrolled nobody: the refusals of every enrolment, and those that only triggers know. */
export const triggerRefusals = [
  ...refusalReasons,
  'conditionNotMet',
  'sequenceNotPublished',
  'sequenceArchived',
  'triggerOff',
  'loop',
  'failed',
] as const;
export type TriggerRefusal = (typeof triggerRefusals)[number];
/** Those beyond `RefusalReason`. */
export type OwnTriggerRefusal = Exclude<TriggerRefusal, RefusalReason>;

/** A change that a step or a bot made may let a contact in again, whose entry may lead to the next change: after so many
 *  automatic entries in a row, with nothing done by people, programs or files between, the chain ends. */
export const longestChain = 3;

/** How many triggers a workspace may have. */
export const mostTriggers = 100;
