/** What a contact may be made of: one schema for forms and the API. */
import { z } from 'zod';
import { zoneSchema } from '../time/schema.ts';
import { fieldKeySchema, fieldKinds } from './fields.ts';
import { contactConditionSchema, storedConditionSchema } from './filter.ts';

/** A language tag like `pt-BR`, in its canonical spelling. */
export const localeSchema = z.string().max(35).transform(canonicalLocale);

function canonicalLocale(value: string, context: z.RefinementCtx): string {
  const found = localeFrom(value);
  if (found !== null) return found;
  context.addIssue({ code: 'custom', message: 'must be a language tag like pt-BR' });
  return z.NEVER;
}

/** The canonical spelling of a language tag (`pt_br` → `pt-BR`), or null when it is none. */
export function localeFrom(value: string): string | null {
  try {
    return Intl.getCanonicalLocales(value.trim().replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}

/** Composed: the same name from a Mac and from Windows is one tag. */
export const tagNameSchema = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(60)
  .regex(/^[^,;|\p{Cc}]+$/u, 'must not have commas, semicolons or bars');

export const fieldValueSchema = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]);

export const longestNotes = 10_000;
/** That one contact is given at once. */
export const mostTags = 50;

const contactParts = {
  name: z.string().max(200).nullish(),
  phone: z.string().max(80).nullish(),
  email: z.string().max(320).nullish(),
  /** The contact's id in another system; one contact of a workspace has it. */
  externalId: z.string().trim().max(200).nullish(),
  timeZone: zoneSchema.nullish(),
  locale: localeSchema.nullish(),
  /** By key. Null clears a field. */
  fields: z.record(fieldKeySchema, fieldValueSchema).optional(),
  /** By name; new ones are made. In an update: all the tags the contact shall have. */
  tags: z.array(tagNameSchema).max(mostTags).optional(),
  /** What the team should know of them. */
  notes: z.string().max(longestNotes).nullish(),
  /** The member who looks after them. */
  ownerId: z.uuid().nullish(),
};

/** The same request with the same key is carried out once, and answered the same again. */
export const idempotencyKeySchema = z.string().min(1).max(200).optional();

/** How many contacts one call makes at most. */
export const mostContactsPerCall = 1_000;

export const createContactSchema = z.strictObject(contactParts);
export type CreateContactInput = z.infer<typeof createContactSchema>;

export const createContactsSchema = z.strictObject({
  contacts: z.array(createContactSchema).min(1).max(mostContactsPerCall),
  idempotencyKey: idempotencyKeySchema,
});
export type CreateContactsInput = z.infer<typeof createContactsSchema>;

/** What is left out stays as it is; null clears. */
export const updateContactSchema = z.strictObject({ id: z.uuid(), ...contactParts });
export type UpdateContactInput = z.infer<typeof updateContactSchema>;

/** Which contacts: `search` in name, e-mail, phone and custom fields, without case and accents; `tag` by name; those of a
 *  segment; those of whom a tree of conditions holds. All that is given must hold. */
export const contactFilterSchema = z.strictObject({
  search: z.string().max(200).optional(),
  tag: z.string().normalize('NFC').max(60).optional(),
  externalId: z.string().max(200).optional(),
  segmentId: z.uuid().optional(),
  where: contactConditionSchema.optional(),
});
export type ContactFilter = z.infer<typeof contactFilterSchema>;

/** A filter as work under way keeps it: segments written out, so that it goes on meaning what it meant. */
export const storedFilterSchema = z.strictObject({ ...contactFilterSchema.shape, where: storedConditionSchema.optional() });

export const contactSorts = ['created', 'name', 'updated'] as const;
export type ContactSort = (typeof contactSorts)[number];

const optionSchema = z.string().trim().min(1).max(120);
/** Of a choice: what there is to choose from. */
export const optionsSchema = z
  .array(optionSchema)
  .min(1)
  .max(200)
  .refine((options) => new Set(options.map((option) => option.toLowerCase())).size === options.length, 'must not name an option twice');

export const createFieldSchema = z
  .strictObject({
    label: z.string().trim().min(1).max(80),
    key: fieldKeySchema.optional(),
    kind: z.enum(fieldKinds).default('text'),
    /** Of a choice: what there is to choose from, in order. */
    options: optionsSchema.optional(),
  })
  .refine(({ kind, options }) => (kind === 'choice') === (options !== undefined), 'give `options` with the kind choice, and only then');
export type CreateFieldInput = z.input<typeof createFieldSchema>;

/** What is left out stays. Contacts keep an option that is no longer there. */
export const updateFieldSchema = z.strictObject({
  id: z.uuid(),
  label: z.string().trim().min(1).max(80).optional(),
  options: optionsSchema.optional(),
});
export type UpdateFieldInput = z.infer<typeof updateFieldSchema>;

const segmentParts = { name: z.string().trim().min(1).max(80), filter: contactFilterSchema };
export const createSegmentSchema = z.strictObject(segmentParts);
export type CreateSegmentInput = z.infer<typeof createSegmentSchema>;
export const updateSegmentSchema = z.strictObject({
  id: z.uuid(),
  name: segmentParts.name.optional(),
  filter: segmentParts.filter.optional(),
});
export type UpdateSegmentInput = z.infer<typeof updateSegmentSchema>;
