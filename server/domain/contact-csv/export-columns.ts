/** A contact as a row of a file that our own import reads back: its columns are found again by their names, and what is in
 *  them becomes the same contact. */
import type { FieldValue } from '../contact/fields.ts';
import { fieldText, type TextStyle } from './field-text.ts';
import { consentText, optOutText, type RowConsent } from './refusals.ts';
import { fieldOfHeader, foldedName, targetOfHeader } from './header-names.ts';

export const exportedColumns = [
  'name',
  'phone',
  'email',
  'externalId',
  'tags',
  'timeZone',
  'locale',
  'owner',
  'notes',
  'optedOut',
  'consents',
] as const;
/** Told for people and programs; an import leaves them out. */
export const toldColumns = ['contactId', 'createdAt'] as const;
export type ExportedColumn = (typeof exportedColumns)[number] | (typeof toldColumns)[number];

export interface ExportedContact {
  readonly id: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly externalId: string | null;
  readonly tags: readonly string[];
  /** Only one that was set: any other comes from the phone or the workspace again. */
  readonly timeZone: string | null;
  readonly locale: string | null;
  /** The e-mail address of the member who looks after them. */
  readonly owner: string | null;
  readonly notes: string | null;
  /** Kinds of channels that they refused. */
  readonly optOuts: readonly string[];
  readonly consents: readonly RowConsent[];
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly createdAt: Date;
}

export interface ExportedField {
  readonly key: string;
  readonly label: string;
}

/** The header: a field by its label, or as `field:key` where its label means something else or another field too. */
export function contactHeader(nameOf: (column: ExportedColumn) => string, fields: readonly ExportedField[]): string[] {
  return [...exportedColumns.map(nameOf), ...fields.map((field) => fieldHeader(field, fields)), ...toldColumns.map(nameOf)];
}

/** What our own import takes for this field, and for nothing else. */
export function fieldHeader(field: ExportedField, fields: readonly ExportedField[]): string {
  const { label, key } = field;
  const meant = fields.filter((other) => [other.key, other.label].some((text) => foldedName(text) === foldedName(label)));
  const isPlain = targetOfHeader(label) === null && fieldOfHeader(label) === null && foldedName(label) !== '' && meant.length === 1;
  return isPlain ? label : `field:${key}`;
}

export function contactValues(contact: ExportedContact, fields: readonly ExportedField[], style: TextStyle): string[] {
  const { name, phone, email, externalId, tags, timeZone, locale, owner, notes, optOuts, consents } = contact;
  return [
    name ?? '',
    phone ?? '',
    email ?? '',
    externalId ?? '',
    tags.join(', '),
    timeZone ?? '',
    locale ?? '',
    owner ?? '',
    notes ?? '',
    optOutText(optOuts),
    consents.map(consentText).join('\n'),
    ...fields.map(({ key }) => fieldText(contact.fields[key], style)),
    contact.id,
    contact.createdAt.toISOString(),
  ];
}
