/** What a contact may be made of: one schema for forms and the API. */
import { z } from 'zod';
import { zoneSchema } from '../time/schema.ts';
import { fieldKeySchema, fieldKinds } from './fields.ts';

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

export const tagNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^,;|\p{Cc}]+$/u, 'must not have commas, semicolons or bars');

export const fieldValueSchema = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]);

const contactParts = {
  name: z.string().max(200).nullish(),
  phone: z.string().max(80).nullish(),
  email: z.string().max(320).nullish(),
  timeZone: zoneSchema.nullish(),
  locale: localeSchema.nullish(),
  /** By key. Null clears a field. */
  fields: z.record(fieldKeySchema, fieldValueSchema).optional(),
  /** By name; new ones are made. In an update: all the tags the contact shall have. */
  tags: z.array(tagNameSchema).max(50).optional(),
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

/** Which contacts: `search` in name, e-mail and phone, without case and accents; `tag` by name. All that is given must hold. */
export const contactFilterSchema = z.strictObject({
  search: z.string().max(200).optional(),
  tag: z.string().max(60).optional(),
});
export type ContactFilter = z.infer<typeof contactFilterSchema>;

export const createFieldSchema = z.strictObject({
  label: z.string().trim().min(1).max(80),
  key: fieldKeySchema.optional(),
  kind: z.enum(fieldKinds).default('text'),
});
export type CreateFieldInput = z.input<typeof createFieldSchema>;
