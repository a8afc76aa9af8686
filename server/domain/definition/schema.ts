/** The plan of a sequence, format version 1: complete from the start. What is not built yet is refused at
 *  publishing (`validate.ts`), never ignored. Unknown fields are refused. */
import { z } from 'zod';
import { idSchema } from '#server/platform/ids.ts';
import { timingSchema, windowSchema, zoneSchema } from '#server/domain/time/schema.ts';

export const stepTypes = ['message', 'chatbot', 'waitFor', 'branch', 'split', 'task', 'update', 'webhook', 'exit'] as const;
export type StepType = (typeof stepTypes)[number];

export const stepKeySchema = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -');

export const messageContentSchema = z.strictObject({
  channelAccountId: idSchema,
  subject: z.string().max(998).optional(),
  body: z.string().max(65_536),
  html: z.string().max(262_144).optional(),
  templateId: idSchema.optional(),
  /** Sent instead when a variable has no value and no default. */
  fallback: z.string().max(65_536).optional(),
});
export type MessageContent = z.infer<typeof messageContentSchema>;

export const chatbotStepSchema = z.strictObject({
  chatbotId: idSchema,
  channelAccountId: idSchema,
  timeoutMinutes: z.number().int().min(1).max(43_200),
});

const conditionSchema = z.strictObject({
  subject: z.string().min(1).max(128),
  operator: z.enum(['is', 'isNot', 'contains', 'exists', 'notExists', 'greaterThan', 'lessThan', 'hasTag']),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

const stepFields = {
  key: stepKeySchema,
  name: z.string().max(120).optional(),
  timing: timingSchema,
  ifPast: z.enum(['sendNow', 'skip', 'exit']).optional(),
  expiresAfterMinutes: z.number().int().min(1).max(527_040).optional(),
  window: windowSchema.nullable().optional(),
};

const flatStepSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...stepFields, type: z.literal('message'), message: messageContentSchema }),
  z.strictObject({ ...stepFields, type: z.literal('chatbot'), chatbot: chatbotStepSchema }),
  z.strictObject({
    ...stepFields,
    type: z.literal('waitFor'),
    waitFor: z.strictObject({
      event: z.string().max(64).optional(),
      reply: z.boolean().optional(),
      tag: z.string().max(64).optional(),
      condition: conditionSchema.optional(),
      timeoutMinutes: z.number().int().min(1).max(527_040),
    }),
  }),
  z.strictObject({
    ...stepFields,
    type: z.literal('branch'),
    branch: z.strictObject({
      conditions: z
        .array(z.strictObject({ outcome: z.string().min(1).max(64), all: z.array(conditionSchema).min(1).max(20) }))
        .min(1)
        .max(20),
    }),
  }),
  z.strictObject({
    ...stepFields,
    type: z.literal('split'),
    split: z.strictObject({
      variants: z
        .array(z.strictObject({ outcome: z.string().min(1).max(64), weight: z.number().int().min(0).max(1000) }))
        .min(2)
        .max(10),
    }),
  }),
  z.strictObject({
    ...stepFields,
    type: z.literal('task'),
    task: z.strictObject({ instructions: z.string().max(5_000), timeoutMinutes: z.number().int().min(1).max(527_040) }),
  }),
  z.strictObject({
    ...stepFields,
    type: z.literal('update'),
    update: z.strictObject({
      setField: z.strictObject({ field: z.string().max(64), value: z.string().max(1_000) }).optional(),
      addTag: z.string().max(64).optional(),
      removeTag: z.string().max(64).optional(),
      enrolIn: idSchema.optional(),
      removeFrom: idSchema.optional(),
    }),
  }),
  z.strictObject({ ...stepFields, type: z.literal('webhook'), webhook: z.strictObject({ url: z.url().max(2_000) }) }),
  z.strictObject({ ...stepFields, type: z.literal('exit'), exit: z.strictObject({ reason: z.string().max(120).optional() }).optional() }),
]);
type FlatStep = z.infer<typeof flatStepSchema>;
/** One unit of the plan. `paths` holds one list of steps per outcome; each rejoins the line after it. */
export type Step = FlatStep & { paths?: Record<string, Step[]> | undefined };

const pathsSchema = z.record(z.string().min(1).max(64), z.array(z.lazy((): z.ZodType<Step, Step> => stepSchema)).max(200)).optional();
type StepOption = (typeof flatStepSchema.options)[number];
const stepOptions = flatStepSchema.options.map((option) => option.extend({ paths: pathsSchema })) as unknown as [
  StepOption,
  ...StepOption[],
];
export const stepSchema = z.discriminatedUnion('type', stepOptions) as unknown as z.ZodType<Step, Step>;

export const definitionSchema = z.strictObject({
  zone: z.union([z.literal('contact'), z.literal('workspace'), z.strictObject({ iana: zoneSchema })]),
  window: windowSchema.nullable(),
  calendarId: idSchema.nullable(),
  exitOnReply: z.enum(['sequence', 'group', 'all', 'no']),
  goal: z.strictObject({ event: z.string().min(1).max(64) }).nullable(),
  reentry: z.strictObject({ policy: z.enum(['never', 'afterExit']), coolDownDays: z.number().int().min(0).max(3_650) }),
  exclusivityGroup: z.string().min(1).max(64).nullable(),
  steps: z.array(stepSchema).max(500),
});
export type Definition = z.infer<typeof definitionSchema>;

/** What a new sequence starts from: Brazilian office hours in the contact's own zone, ended by a reply. */
export const emptyDefinition: Definition = {
  zone: 'contact',
  window: {
    weekly: {
      mon: [['09:00', '18:00']],
      tue: [['09:00', '18:00']],
      wed: [['09:00', '18:00']],
      thu: [['09:00', '18:00']],
      fri: [['09:00', '18:00']],
    },
  },
  calendarId: null,
  exitOnReply: 'sequence',
  goal: null,
  reentry: { policy: 'afterExit', coolDownDays: 0 },
  exclusivityGroup: null,
  steps: [],
};
