/** From what was given for a contact to what is stored: addresses normalised, fields checked, the zone set or derived. */
import type { ContactColumns } from '#server/domain/contact/columns.ts';
import { normalizeEmail } from '#server/domain/address/email.ts';
import { normalizePhone, type PhoneNotice } from '#server/domain/address/phone.ts';
import { zoneFromPhone } from '#server/domain/address/phone-zone.ts';
import { type FieldValue, parseFieldValue } from '#server/domain/contact/fields.ts';
import type { CreateContactInput } from '#server/domain/contact/schema.ts';
import type { ContactFieldRow } from '#db/queries/contact-fields.ts';
import type { ContactDefaults } from '#db/queries/contacts.ts';
import { DomainError } from '#server/platform/errors.ts';

export type ContactValues = Omit<CreateContactInput, 'tags'>;

const sentences = {
  phoneExcelDamage: 'A spreadsheet rounded this phone (like 5,51E+12). Format the column as text and copy it again.',
  phoneNoAreaCode: 'This phone has no area code. Write it like (11) 98765-4321.',
  phoneSeveral: 'There is more than one phone here. Give one.',
  phoneInvalid: 'This is not a phone that can exist. Write it like (11) 98765-4321, or +351 912 345 678 for other countries.',
  emailSeveral: 'There is more than one e-mail address here. Give one.',
  emailInvalid: 'This is not an e-mail address. Write it like ana@exemplo.com.',
} as const;

/** What to store for `before` (null: a new contact) when `given` is asked for. Left out: as before; null: cleared.
 *  Throws `invalid` with `details.field` and `details.problem`. */
export function contactColumns(
  given: ContactValues,
  before: ContactColumns | null,
  facts: { defaults: ContactDefaults; fields: readonly ContactFieldRow[] },
): { columns: ContactColumns; notice: PhoneNotice | null } {
  const phone = phoneOf(given.phone, before?.phone ?? null, facts.defaults.country);
  const columns: ContactColumns = {
    name: given.name === undefined ? (before?.name ?? null) : tidyName(given.name),
    phone: phone.value,
    email: emailOf(given.email, before?.email ?? null),
    externalId: given.externalId === undefined ? (before?.externalId ?? null) : given.externalId || null,
    locale: given.locale === undefined ? (before?.locale ?? null) : given.locale,
    ...zoneOf(given.timeZone, before, phone.value, phone.country),
    fields: fieldsOf(given.fields ?? {}, before?.fields ?? {}, facts.fields),
    notes: given.notes === undefined ? (before?.notes ?? null) : tidyNotes(given.notes),
    ownerId: given.ownerId === undefined ? (before?.ownerId ?? null) : given.ownerId,
  };
  if (columns.name === null && columns.phone === null && columns.email === null) {
    throw new DomainError('invalid', 'A contact needs a name, a phone or an e-mail address.', { field: 'name', problem: 'contactEmpty' });
  }
  return { columns, notice: phone.notice };
}

function tidyName(name: string | null): string | null {
  const clean = (name ?? '').replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return clean === '' ? null : clean;
}

function tidyNotes(notes: string | null): string | null {
  const clean = (notes ?? '').replaceAll('\u0000', '').trim();
  return clean === '' ? null : clean;
}

function phoneOf(
  given: string | null | undefined,
  before: string | null,
  country: string,
): { value: string | null; country?: string | null; notice: PhoneNotice | null } {
  if (given === undefined) return { value: before, notice: null };
  if (given === null || given.trim() === '') return { value: null, notice: null };
  const result = normalizePhone(given, country);
  if (!result.ok) throw new DomainError('invalid', sentences[result.problem], { field: 'phone', problem: result.problem });
  return { value: result.phone, country: result.country, notice: result.notice };
}

function emailOf(given: string | null | undefined, before: string | null): string | null {
  if (given === undefined) return before;
  if (given === null || given.trim() === '') return null;
  const result = normalizeEmail(given);
  if (!result.ok) throw new DomainError('invalid', sentences[result.problem], { field: 'email', problem: result.problem });
  return result.email;
}

/** A zone that was set stays; one from the phone follows the phone; clearing a set one goes back to the phone's. */
function zoneOf(
  given: string | null | undefined,
  before: ContactColumns | null,
  phone: string | null,
  country: string | null | undefined,
): Pick<ContactColumns, 'timeZone' | 'timeZoneOrigin'> {
  if (given) return { timeZone: given, timeZoneOrigin: 'set' };
  if (given === undefined && before?.timeZoneOrigin === 'set') return { timeZone: before.timeZone, timeZoneOrigin: 'set' };
  const derived = phone === null ? null : zoneFromPhone(phone, country);
  return { timeZone: derived, timeZoneOrigin: derived === null ? null : 'phone' };
}

function fieldsOf(
  given: Record<string, FieldValue | null>,
  before: Record<string, FieldValue>,
  known: readonly ContactFieldRow[],
): Record<string, FieldValue> {
  const fields = { ...before };
  for (const [key, raw] of Object.entries(given)) {
    const value = fieldValue(key, raw, known);
    if (value === null) delete fields[key];
    else fields[key] = value;
  }
  return fields;
}

/** `raw` as the field `key` keeps it; null where it is blank. Throws `invalid`. */
export function fieldValue(key: string, raw: FieldValue | null, known: readonly ContactFieldRow[]): FieldValue | null {
  const field = known.find((candidate) => candidate.key === key);
  if (!field) {
    throw new DomainError('invalid', `There is no contact field "${key}". Create it first (contacts.createField).`, {
      field: key,
      problem: 'fieldUnknown',
    });
  }
  if (raw === null || raw === '') return null;
  const value = parseFieldValue(field.kind, raw, field.options ?? []);
  if (value === undefined) {
    const wanted = field.options ? `one of: ${field.options.join(', ')}` : `a ${field.kind}`;
    throw new DomainError('invalid', `"${field.label}" wants ${wanted}; this is none.`, {
      field: key,
      problem: 'fieldInvalid',
      kind: field.kind,
    });
  }
  return value;
}
