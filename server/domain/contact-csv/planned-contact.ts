/** Contacts as an import finds them, and as it plans to leave them. */
import { addressKey, type AddressKind } from '../contact/addresses.ts';
import type { ContactColumns } from '../contact/columns.ts';
import type { FieldValue } from '../contact/fields.ts';
import type { MergedAddress } from '../contact/merged-values.ts';
import type { RowConsent } from './refusals.ts';

export interface KnownContact extends Readonly<ContactColumns> {
  readonly id: string;
  /** Kinds of channels that they refuse, and what is recorded of consents: only asked for where the rows say anything of it. */
  readonly optOuts?: readonly string[];
  readonly consents?: readonly RowConsent[];
  /** An earlier row of this import is this contact. */
  readonly ofThisImport: boolean;
  /** … and has made it. */
  readonly madeByThisImport: boolean;
  /** What it was known by in contacts that were merged into it, as far as the rows say that. A row is this contact by it, unless
   *  somebody has it now, and it takes the place of nothing. */
  readonly merged?: readonly MergedAddress[];
  /** When it was changed last, in microseconds since 1970: only of contacts that are held. */
  readonly changedAt?: number;
}

/** A contact as it shall be. `id` is null for one to be made. */
export interface PlannedContact extends ContactColumns {
  id: string | null;
  optOuts: readonly string[];
  consents: readonly RowConsent[];
  /** Of these, what the rows have brought. */
  newOptOuts: readonly string[];
  newConsents: readonly RowConsent[];
  /** Columns or fields are to be written. */
  changed: boolean;
  ofThisImport: boolean;
  madeByThisImport: boolean;
  readonly merged?: readonly MergedAddress[];
  readonly changedAt?: number;
  tags: string[];
}

/** What a row changed: by column (`name`, `field.cidade`; also `optOut.<kind>`, `consent.<kind>`), what stood there and what stands there since. */
export type Changes = Readonly<Record<string, readonly [before: FieldValue | null, after: FieldValue | null]>>;

/** When a contact was changed last before, and when by this; microseconds since 1970. Stands among the changes of one of the rows that
 *  changed it together (`changedAt`), and of one of those that were taken back together (`putBackAt`). Where each ends at the instant at which the
 *  next begins, nobody else came between. */
export type ChangeSpan = readonly [before: number, since: number];

/** What is not a column or a field of the contact itself. */
export function isBeside(column: string): boolean {
  return column === 'changedAt' || column === 'putBackAt' || ['tag.', 'optOut.', 'consent.'].some((prefix) => column.startsWith(prefix));
}

/** Whether a column or a field of the contact itself is among them. */
export function changesColumns(changes: Changes): boolean {
  return Object.keys(changes).some((column) => !isBeside(column));
}

/** Whether it led to the contact only before it was merged. */
export function isMerged(kind: AddressKind, given: string, { merged = [] }: PlannedContact): boolean {
  return merged.some((known) => addressKey(known.kind, known.address) === addressKey(kind, given));
}
