/** The cells of one row, put one by one into what becomes a contact. */
import { normalizeEmail } from '../address/email.ts';
import { normalizePhone } from '../address/phone.ts';
import { parseFieldValue } from '../contact/fields.ts';
import { localeFrom, longestNotes, mostTags, tagNameSchema } from '../contact/schema.ts';
import { isTimeZone } from '../time/schema.ts';
import { unguardedCell } from './guarded-cell.ts';
import type { SettledMapping } from './new-fields.ts';
import { longestKey } from './options.ts';
import { acceptanceFrom, consentsFrom, optOutsFrom, type RowConsent } from './refusals.ts';
import type { RowContact, RowFacts, RowProblem } from './row-contact.ts';
import type { CsvRow } from './row-reader.ts';

export type Draft = { -readonly [Key in keyof RowContact]: RowContact[Key] } & {
  tags: string[];
  firstName: string;
  lastName: string;
};

const none: readonly never[] = [];

export function emptyDraft({ line, cells }: CsvRow): Draft {
  return {
    line,
    cells,
    name: null,
    firstName: '',
    lastName: '',
    phone: null,
    phoneCountry: null,
    email: null,
    externalId: null,
    locale: null,
    timeZone: null,
    fields: {},
    tags: [],
    ownerId: null,
    notes: null,
    optOuts: none,
    consents: none,
    enrolmentKey: null,
    blanks: [],
    held: none,
    notice: null,
    problem: null,
  };
}

/** Puts what stands in a cell, `raw`, where its column goes; answers why it cannot. A blank cell says nothing. */
export function putRaw(draft: Draft, target: SettledMapping[number], raw: string, facts: RowFacts): RowProblem | null {
  const text = cellText(raw);
  return unreadable(raw) ?? (text === '' ? null : putCell(draft, target, text, facts));
}

/** Takes a cell for a choice that is none of its options as it stands: a contact may hold one that was taken away since. Answers false for
 *  any other cell. */
export function putHeld(draft: Draft, target: SettledMapping[number], raw: string, column: number, { fieldKinds }: RowFacts): boolean {
  if (target.to !== 'field' || fieldKinds.get(target.key) !== 'choice') return false;
  draft.fields[target.key] = cellText(raw);
  draft.held = [...draft.held, { key: target.key, column }];
  return true;
}

const failedFormula = /^#(?:N\/[AD]|REF!|VALUE!|VALOR!|DIV\/0!|NAME\?|NOME\?|NULL!|NULO!|NUM!|NÚM!|SPILL!|DESPEJAR!|#+)$/i;
const textFormula = /^="([^"]*)"$/;

/** What a spreadsheet has left where a value should be: a formula that was never worked out, or one that failed. */
function unreadable(raw: string): RowProblem | null {
  const first = raw.charCodeAt(0);
  if (first === 61) return raw.length === 1 || textFormula.test(raw) ? null : 'formula';
  return first === 35 && failedFormula.test(raw) ? 'spreadsheetError' : null;
}

function putCell(draft: Draft, target: SettledMapping[number], text: string, facts: RowFacts): RowProblem | null {
  switch (target.to) {
    case 'ignore':
      return null;
    case 'firstName':
      draft.firstName = text;
      return null;
    case 'lastName':
      draft.lastName = text;
      return null;
    case 'name':
      draft.name = tidy(text);
      return null;
    case 'phone':
      return putPhone(draft, text, facts.country);
    case 'email':
      return putEmail(draft, text);
    case 'externalId':
      draft.externalId = text;
      return text.length > 200 ? 'externalIdTooLong' : null;
    case 'enrolmentKey':
      draft.enrolmentKey = text;
      return text.length > longestKey ? 'keyTooLong' : null;
    case 'timeZone':
      draft.timeZone = text;
      return knownZone(text) ? null : 'timeZoneInvalid';
    case 'locale':
      draft.locale = localeFrom(text);
      return draft.locale === null ? 'localeInvalid' : null;
    case 'tags':
      return putTags(draft, text, facts.tags);
    case 'owner':
      draft.ownerId = facts.members.get(text.toLowerCase()) ?? null;
      return draft.ownerId === null ? 'ownerUnknown' : null;
    case 'notes':
      draft.notes = text;
      return text.length > longestNotes ? 'notesTooLong' : null;
    case 'optedOut':
      return putOptOuts(draft, optOutsFrom(text, facts.channelKinds));
    case 'acceptsMessages':
      return putAcceptance(draft, acceptanceFrom(text), facts.channelKinds);
    case 'consents':
      return putConsents(draft, consentsFrom(text, facts));
    case 'field':
      return putField(draft, target.key, text, facts);
  }
}

export function tidy(text: string): string {
  return /\s[\s]|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ').trim() : text.trim();
}

/** Without what keeps a spreadsheet from reading a cell as a formula (`'=…`) or as a number (`="0123"`). */
export function cellText(raw: string): string {
  return raw.charCodeAt(0) === 61 ? raw.replace(textFormula, '$1').trim() : unguardedCell(raw).trim();
}

function putPhone(draft: Draft, text: string, country: string): RowProblem | null {
  const result = normalizePhone(text, country);
  if (!result.ok) return result.problem;
  draft.phone = result.phone;
  draft.phoneCountry = result.country;
  draft.notice = result.notice;
  return null;
}

/** As programs for e-mail copy an address: `Ana Souza <ana@exemplo.com>`. */
const named = /^[^<>@]*<([^<>]+)>$/;

function putEmail(draft: Draft, text: string): RowProblem | null {
  const result = normalizeEmail(named.exec(text)?.[1] ?? text);
  if (!result.ok) return result.problem;
  draft.email = result.email;
  return null;
}

/** A contact may have any number of tags that are there already; a row that brings more new ones than a person would write is none of tags. */
function putTags(draft: Draft, text: string, known: RowFacts['tags']): RowProblem | null {
  const isNew = (name: string): boolean => !known.has(name.toLowerCase());
  let newCount = draft.tags.filter(isNew).length;
  for (const part of text.split(/[,;|]/)) {
    if (part.trim() === '') continue;
    const tag = tagNameSchema.safeParse(part);
    if (!tag.success) return 'tagInvalid';
    if (draft.tags.includes(tag.data)) continue;
    draft.tags.push(tag.data);
    if (isNew(tag.data)) newCount += 1;
    if (newCount > mostTags) return 'tooManyTags';
  }
  return null;
}

function putOptOuts(draft: Draft, kinds: readonly string[] | null): RowProblem | null {
  if (kinds === null) return 'optOutInvalid';
  if (kinds.length > 0) draft.optOuts = [...new Set([...draft.optOuts, ...kinds])];
  return null;
}

/** A no is an opt-out of all channels; a yes says nothing of those that are there. */
function putAcceptance(draft: Draft, accepts: boolean | undefined, kinds: readonly string[]): RowProblem | null {
  if (accepts === undefined) return 'acceptanceInvalid';
  return accepts ? null : putOptOuts(draft, kinds);
}

function putConsents(draft: Draft, consents: readonly RowConsent[] | null): RowProblem | null {
  if (consents === null) return 'consentInvalid';
  draft.consents = consents;
  return null;
}

function putField(draft: Draft, key: string, text: string, { fieldKinds, fieldOptions }: RowFacts): RowProblem | null {
  const value = parseFieldValue(fieldKinds.get(key) ?? 'text', text, fieldOptions.get(key));
  if (value === undefined) return 'fieldInvalid';
  draft.fields[key] = value;
  return null;
}

const zones = new Map<string, boolean>();
/** Files name few zones many times; asking the runtime is slow. */
function knownZone(zone: string): boolean {
  const seen = zones.get(zone);
  if (seen !== undefined) return seen;
  const known = isTimeZone(zone);
  if (zones.size < 2_000) zones.set(zone, known);
  return known;
}
