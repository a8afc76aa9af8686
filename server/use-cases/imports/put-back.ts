/** Puts back into contacts what an import overwrote, column by column, where the import's value still stands. */
import type { StandingContact } from '#db/queries/import-undo.ts';
import type { FieldValue } from '#server/domain/contact/fields.ts';
import type { Changes } from '#server/domain/contact-csv/plan-chunk.ts';

export type PutBack = 'restored' | 'partlyRestored' | 'changedSince' | 'addressTaken';

/** Changes `contact` in place. `isFree` says whether an address or id is nobody else's. Zone and origin go together with the phone
 *  that they came from. */
export function putBack(contact: StandingContact, changes: Changes, isFree: (column: string, value: string) => boolean): PutBack | null {
  let restored = 0;
  let changedSince = 0;
  let addressTaken = 0;
  for (const [column, [before, after]] of Object.entries(changes)) {
    if (column.startsWith('tag.')) continue;
    if (valueOf(contact, column) !== after) changedSince += 1;
    else if (isAddress(column) && before !== null && !isFree(column, String(before))) addressTaken += 1;
    else {
      put(contact, column, before);
      restored += 1;
    }
  }
  if (restored + changedSince + addressTaken === 0) return null;
  if (changedSince + addressTaken === 0) return 'restored';
  if (restored > 0) return 'partlyRestored';
  return addressTaken > 0 ? 'addressTaken' : 'changedSince';
}

export function isAddress(column: string): column is 'phone' | 'email' | 'externalId' {
  return column === 'phone' || column === 'email' || column === 'externalId';
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
