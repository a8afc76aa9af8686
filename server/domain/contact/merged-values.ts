/** What a contact looks like after others were merged into it. */
import { z } from 'zod';
import { idSchema } from '#server/platform/ids.ts';
import { zoneFromPhone } from '../address/phone-zone.ts';
import { addressKey, addressKeys, type AddressKind } from './addresses.ts';
import type { ContactColumns } from './columns.ts';
import { largestGroup } from './duplicates.ts';
import { longestNotes } from './schema.ts';
import { fieldKeySchema, type FieldValue } from './fields.ts';

const columns = ['name', 'phone', 'email', 'externalId', 'locale', 'timeZone', 'notes', 'ownerId'] as const;

export const mergeContactsSchema = z.strictObject({
  keepId: idSchema,
  mergeIds: z.array(idSchema).min(1).max(largestGroup),
  /** By value (`email`, `fields.city`): the id of the contact whose value stays, even where that one has none. Without it the
   *  kept contact's own stays, and where that has none, the first that another has; of notes, all stay. */
  fields: z.record(z.string().max(80), idSchema).optional(),
});
export type MergeContactsInput = z.infer<typeof mergeContactsSchema>;

export interface MergeableContact extends Readonly<ContactColumns> {
  readonly id: string;
}

export type MergedValues = Readonly<ContactColumns>;

/** Whether `name` is the name of a value that can be chosen: a column, or `fields.` and the key of a custom field. */
export function isValueName(name: string): boolean {
  if (columns.some((column) => column === name)) return true;
  return name.startsWith('fields.') && fieldKeySchema.safeParse(name.slice('fields.'.length)).success;
}

/** `contacts`: the kept one first. `chosen`: as in `mergeContactsSchema`, ids of these contacts alone. A zone that a member set
 *  stays set; any other follows the phone that stays. */
export function mergedValues(contacts: readonly MergeableContact[], chosen: Readonly<Record<string, string>>): MergedValues {
  const pick = <Value>(valueName: string, read: (contact: MergeableContact) => Value | null | undefined): Value | null => {
    const winner = contacts.find((contact) => contact.id === chosen[valueName]);
    if (winner) return read(winner) ?? null;
    for (const contact of contacts) {
      const value = read(contact);
      if (value !== null && value !== undefined) return value;
    }
    return null;
  };
  const phone = pick('phone', (contact) => contact.phone);
  const zone = pick('timeZone', (contact) => (contact.timeZoneOrigin === 'set' ? contact.timeZone : null));
  const timeZone = zone ?? (phone === null ? null : zoneFromPhone(phone));
  const fields: Record<string, FieldValue> = {};
  for (const key of new Set(contacts.flatMap((contact) => Object.keys(contact.fields)))) {
    const value = pick(`fields.${key}`, (contact) => contact.fields[key]);
    if (value !== null) fields[key] = value;
  }
  return {
    name: pick('name', (contact) => contact.name),
    phone,
    email: pick('email', (contact) => contact.email),
    externalId: pick('externalId', (contact) => contact.externalId),
    locale: pick('locale', (contact) => contact.locale),
    timeZone,
    timeZoneOrigin: timeZone === null ? null : zone === null ? 'phone' : 'set',
    notes: chosen['notes'] === undefined ? allNotes(contacts) : pick('notes', (contact) => contact.notes),
    ownerId: pick('ownerId', (contact) => contact.ownerId),
    fields,
  };
}

/** An address, or the id in another system, of a contact. E-mail addresses are in lower case. */
export interface MergedAddress {
  readonly kind: AddressKind;
  readonly address: string;
}

/** What a contact is looked up by. */
export function addressesOf({ phone, email, externalId }: Pick<MergeableContact, AddressKind>): MergedAddress[] {
  return [
    ...(phone === null ? [] : [{ kind: 'phone' as const, address: phone }]),
    ...(email === null ? [] : [{ kind: 'email' as const, address: email.toLowerCase() }]),
    ...(externalId === null ? [] : [{ kind: 'externalId' as const, address: externalId }]),
  ];
}

/** What the contacts had and the merged values do not have any more, each once. */
export function lostAddresses(contacts: readonly MergeableContact[], values: MergedValues): MergedAddress[] {
  const kept = new Set(addressKeys(values));
  const had = new Map(contacts.flatMap(addressesOf).map((lost) => [addressKey(lost.kind, lost.address), lost]));
  return [...had].flatMap(([key, address]) => (kept.has(key) ? [] : [address]));
}

/** Each once, below one another, as far as there is room. */
function allNotes(contacts: readonly MergeableContact[]): string | null {
  const notes = new Set(contacts.flatMap((contact) => contact.notes ?? []));
  return notes.size === 0 ? null : [...notes].join('\n\n').slice(0, longestNotes);
}
