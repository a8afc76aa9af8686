/** What a row changes of a contact. */
import { zoneFromPhone } from '../address/phone-zone.ts';
import type { AddressKind } from '../contact/addresses.ts';
import type { FieldValue } from '../contact/fields.ts';
import { type Changes, isMerged, type PlannedContact } from './planned-contact.ts';
import { consentText, type RowConsent } from './refusals.ts';
import type { RowContact } from './row-contact.ts';

const columns = ['name', 'phone', 'email', 'externalId', 'locale', 'timeZone', 'timeZoneOrigin', 'notes', 'ownerId'] as const;

/** The filled cells, and `blanks` cleared. */
export function changesOf(row: RowContact, contact: PlannedContact, blanks: readonly string[]): Changes {
  const changes: Record<string, readonly [FieldValue | null, FieldValue | null]> = {};
  const cleared = new Set(blanks);
  const next = (column: 'name' | 'phone' | 'email' | 'externalId' | 'locale' | 'notes' | 'ownerId'): string | null =>
    row[column] ?? (cleared.has(column) ? null : contact[column]);
  const address = (kind: AddressKind): string | null => {
    const given = row[kind];
    return given !== null && isMerged(kind, given, contact) ? contact[kind] : next(kind);
  };
  const phone = address('phone');
  const zoned = cleared.has('timeZone') && contact.timeZoneOrigin === 'set' ? null : contact;
  const after = {
    name: next('name'),
    phone,
    email: address('email'),
    externalId: address('externalId'),
    locale: next('locale'),
    ...zoneOf(row, zoned, phone),
    notes: row.notes !== null && sameText(row.notes, contact.notes) ? contact.notes : next('notes'),
    ownerId: next('ownerId'),
  };
  for (const column of columns) if (after[column] !== contact[column]) changes[column] = [contact[column], after[column]];
  for (const [key, value] of Object.entries(row.fields)) {
    const before = contact.fields[key] ?? null;
    if (before !== value) changes[`field.${key}`] = [before, value];
  }
  for (const column of blanks) {
    if (!column.startsWith('field.')) continue;
    const before = contact.fields[column.slice(6)] ?? null;
    if (before !== null) changes[column] = [before, null];
  }
  return Object.assign(changes, answersOf(row, contact));
}

/** A file has one kind of line break, and no zero characters. */
function sameText(given: string, has: string | null): boolean {
  return has !== null && given === has.replace(/\r\n?/g, '\n');
}

/** Nobody has refused or agreed to anything yet. */
export const noAnswers: Pick<PlannedContact, 'optOuts' | 'consents' | 'newOptOuts' | 'newConsents'> = {
  optOuts: [],
  consents: [],
  newOptOuts: [],
  newConsents: [],
};

/** What a row says of refusals and consents. */
export type RowAnswers = Pick<RowContact, 'optOuts' | 'consents'>;

const nothing = {};

/** What the row says of refusals and consents that is not recorded. A consent that was given lifts no refusal, and none takes the place
 *  of one that is as new. One that was taken back is a refusal, unless it is known already: the contact may have opted in since. */
export function answersOf(row: RowAnswers, contact: PlannedContact): Record<string, readonly [FieldValue | null, FieldValue]> {
  if (row.optOuts.length + row.consents.length === 0) return nothing;
  const answers: Record<string, readonly [FieldValue | null, FieldValue]> = {};
  for (const kind of row.optOuts) if (!contact.optOuts.includes(kind)) answers[`optOut.${kind}`] = [null, true];
  for (const consent of row.consents) {
    const { channelKind, status, at } = consent;
    const before = contact.consents.find((known) => known.channelKind === channelKind);
    const isRefused = contact.optOuts.includes(channelKind) || row.optOuts.includes(channelKind);
    if ((status === 'given' && isRefused) || (before && before.at >= at)) continue;
    if (status === 'withdrawn' && !contact.optOuts.includes(channelKind)) answers[`optOut.${channelKind}`] = [null, true];
    answers[`consent.${channelKind}`] = [before ? consentText(before) : null, consentText(consent)];
  }
  return answers;
}

/** Takes the row's answer in that column over. */
export function answer(row: RowAnswers, contact: PlannedContact, column: string): void {
  const kind = column.slice(column.indexOf('.') + 1);
  if (column.startsWith('optOut.')) {
    contact.optOuts = [...contact.optOuts, kind];
    contact.newOptOuts = [...contact.newOptOuts, kind];
    return;
  }
  const isOther = ({ channelKind }: RowConsent): boolean => channelKind !== kind;
  const given = row.consents.filter((consent) => !isOther(consent));
  contact.consents = [...contact.consents.filter(isOther), ...given];
  contact.newConsents = [...contact.newConsents.filter(isOther), ...given];
}

/** A zone in the row is set; else a set one stays; else the phone tells. */
export function zoneOf(
  row: RowContact,
  before: PlannedContact | null,
  phone: string | null,
): Pick<PlannedContact, 'timeZone' | 'timeZoneOrigin'> {
  if (row.timeZone !== null) return { timeZone: row.timeZone, timeZoneOrigin: 'set' };
  if (before && (before.timeZoneOrigin === 'set' || phone === before.phone)) {
    return { timeZone: before.timeZone, timeZoneOrigin: before.timeZoneOrigin };
  }
  const derived = phone === null ? null : zoneFromPhone(phone, phone === row.phone ? row.phoneCountry : undefined);
  return { timeZone: derived, timeZoneOrigin: derived === null ? null : 'phone' };
}
