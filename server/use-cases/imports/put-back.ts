/** Puts back into contacts what an import overwrote, column by column, where the import's value still stands. */
import type { StandingContact } from '#db/queries/import-undo.ts';
import { zoneFromPhone } from '#server/domain/address/phone-zone.ts';
import { type AddressKind, addressKinds } from '#server/domain/contact/addresses.ts';
import type { FieldValue } from '#server/domain/contact/fields.ts';
import { type Changes, isBeside } from '#server/domain/contact-csv/planned-contact.ts';

export type PutBack = 'restored' | 'partlyRestored' | 'changedSince' | 'addressTaken';

/** Changes `contact` in place. `isFree` says whether an address or id is nobody else's. Zone and origin go back together, last: one
 *  that was set comes back as it was, one that came from a phone is what the contact's phone tells by then. */
export function putBack(contact: StandingContact, changes: Changes, isFree: (kind: AddressKind, value: string) => boolean): PutBack | null {
  let restored = 0;
  let changedSince = 0;
  let addressTaken = 0;
  for (const [column, [before, after]] of Object.entries(changes)) {
    if (isBeside(column) || isOfZone(column)) continue;
    if (valueOf(contact, column) !== after) changedSince += 1;
    else if (isAddress(column) && before !== null && !isFree(column, String(before))) addressTaken += 1;
    else {
      put(contact, column, before);
      restored += 1;
    }
  }
  if (Object.keys(changes).some(isOfZone)) {
    const stands = ['timeZone', 'timeZoneOrigin'].every((column) => !changes[column] || valueOf(contact, column) === changes[column][1]);
    if (!stands) changedSince += 1;
    else if (putZoneBack(contact, changes)) restored += 1;
  }
  if (restored + changedSince + addressTaken === 0) return null;
  if (changedSince + addressTaken === 0) return 'restored';
  if (restored > 0) return 'partlyRestored';
  return addressTaken > 0 ? 'addressTaken' : 'changedSince';
}

function isOfZone(column: string): boolean {
  return column === 'timeZone' || column === 'timeZoneOrigin';
}

/** Answers whether the zone is another now. */
function putZoneBack(contact: StandingContact, { timeZone, timeZoneOrigin }: Changes): boolean {
  const was = contact.timeZone;
  const wasOrigin = contact.timeZoneOrigin;
  const origin = timeZoneOrigin ? timeZoneOrigin[0] : wasOrigin;
  if (origin === 'set') Object.assign(contact, { timeZone: timeZone ? timeZone[0] : was, timeZoneOrigin: 'set' });
  else {
    const told = contact.phone === null ? null : zoneFromPhone(contact.phone);
    Object.assign(contact, { timeZone: told, timeZoneOrigin: told === null ? null : 'phone' });
  }
  return contact.timeZone !== was || contact.timeZoneOrigin !== wasOrigin;
}

export function isAddress(column: string): column is AddressKind {
  return addressKinds.some((kind) => kind === column);
}

function valueOf(contact: StandingContact, column: string): FieldValue | null {
  if (column.startsWith('field.')) return contact.fields[column.slice(6)] ?? null;
  return (contact as unknown as Record<string, FieldValue | null>)[column] ?? null;
}

function put(contact: StandingContact, column: string, value: FieldValue | null): void {
  if (!column.startsWith('field.')) Object.assign(contact, { [column]: value });
  else if (value === null) delete contact.fields[column.slice(6)];
  else contact.fields[column.slice(6)] = value;
}
