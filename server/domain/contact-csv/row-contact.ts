/** One row of a file read as a contact, or the reason why it is none. */
import { type EmailProblem, normalizeEmail } from '../address/email.ts';
import { normalizePhone, type PhoneNotice, type PhoneProblem } from '../address/phone.ts';
import { type FieldKind, type FieldValue, parseFieldValue } from '../contact/fields.ts';
import { localeFrom, longestNotes, mostTags, tagNameSchema } from '../contact/schema.ts';
import { isTimeZone } from '../time/schema.ts';
import { withoutAccents } from '../without-accents.ts';
import { unguardedCell } from './guarded-cell.ts';
import type { SettledMapping } from './new-fields.ts';
import { type ImportOptions, longestKey } from './options.ts';
import { consentsFrom, optOutsFrom, type RowConsent } from './refusals.ts';
import type { CsvRow } from './row-reader.ts';

export interface RowContact {
  readonly line: number;
  readonly cells: readonly string[];
  readonly name: string | null;
  readonly phone: string | null;
  readonly phoneCountry: string | null;
  readonly email: string | null;
  readonly externalId: string | null;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly fields: Record<string, FieldValue>;
  readonly tags: readonly string[];
  /** The member who looks after them. */
  readonly ownerId: string | null;
  readonly notes: string | null;
  /** Kinds of channels that they refuse. */
  readonly optOuts: readonly string[];
  readonly consents: readonly RowConsent[];
  /** Of the enrolment; null when the row has none of its own. */
  readonly enrolmentKey: string | null;
  /** Columns that are imported and blank here: names of columns, `field.<key>`. Empty unless blank cells clear. */
  readonly blanks: readonly string[];
  readonly notice: PhoneNotice | null;
}

export type RowProblem =
  | PhoneProblem
  | EmailProblem
  | 'noAddress'
  | 'nameTooLong'
  | 'timeZoneInvalid'
  | 'localeInvalid'
  | 'fieldInvalid'
  | 'tagInvalid'
  | 'tooManyTags'
  | 'externalIdTooLong'
  | 'ownerUnknown'
  | 'notesTooLong'
  | 'optOutInvalid'
  | 'consentInvalid'
  | 'keyTooLong'
  | 'tooManyCells'
  | 'rowTooLong'
  | 'formula'
  | 'spreadsheetError'
  | 'quoteNotClosed';

export type RowReading =
  | { readonly ok: true; readonly contact: RowContact }
  | { readonly ok: false; readonly problem: RowProblem; readonly column: number | null };

export interface RowFacts {
  readonly mapping: SettledMapping;
  readonly country: string;
  /** Kinds of the custom fields that the mapping names, by key. */
  readonly fieldKinds: ReadonlyMap<string, FieldKind>;
  /** Of those that are choices, what there is to choose from, by key. */
  readonly fieldOptions: ReadonlyMap<string, readonly string[]>;
  /** Members by e-mail address, in small letters. */
  readonly members: ReadonlyMap<string, string>;
  readonly channelKinds: readonly string[];
  readonly now: Date;
  readonly options: Pick<ImportOptions, 'identity' | 'blank'>;
}

/** Blank cells say nothing, unless they clear. The first problem, from left to right, refuses the whole row. */
export function readContact(row: CsvRow, facts: RowFacts): RowReading {
  if (row.tooLong) return { ok: false, problem: 'rowTooLong', column: null };
  if (row.unclosed) return { ok: false, problem: 'quoteNotClosed', column: null };
  const { mapping, options } = facts;
  const draft = emptyDraft(row);
  for (let column = 0; column < row.cells.length; column += 1) {
    const target = mapping[column];
    if (target?.to === 'ignore') continue;
    const raw = (row.cells[column] ?? '').trim();
    if (raw === '') continue;
    if (!target) return { ok: false, problem: 'tooManyCells', column };
    const text = cellText(raw);
    const problem = unreadable(raw) ?? (text === '' ? null : putCell(draft, target, text, facts));
    if (problem !== null) return { ok: false, problem, column };
  }
  draft.name = wholeName(draft);
  if (draft.name !== null && draft.name.length > 200) return { ok: false, problem: 'nameTooLong', column: null };
  const known = options.identity === 'externalId' && draft.externalId !== null;
  if (draft.phone === null && draft.email === null && !known) return { ok: false, problem: 'noAddress', column: null };
  if (options.blank === 'clear') draft.blanks = blanksOf(draft, mapping);
  return { ok: true, contact: draft };
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
      return putTags(draft, text);
    case 'owner':
      draft.ownerId = facts.members.get(text.toLowerCase()) ?? null;
      return draft.ownerId === null ? 'ownerUnknown' : null;
    case 'notes':
      draft.notes = text;
      return text.length > longestNotes ? 'notesTooLong' : null;
    case 'optedOut':
      return putOptOuts(draft, optOutsFrom(text, facts.channelKinds));
    case 'consents':
      return putConsents(draft, consentsFrom(text, facts));
    case 'field':
      return putField(draft, target.key, text, facts);
  }
}

/** First, whole and last name as one, so that no word of theirs is lost; what the whole name holds already is not said twice. */
function wholeName({ name, firstName, lastName }: Draft): string | null {
  if (firstName === '' && lastName === '') return name;
  if (name === null) return tidy(`${firstName} ${lastName}`);
  const words = (text: string): string => ` ${withoutAccents(tidy(text)).toLowerCase()} `;
  const missing = (part: string): string => (words(name).includes(words(part)) ? '' : part);
  return tidy(`${missing(firstName)} ${name} ${missing(lastName)}`);
}

function tidy(text: string): string {
  return /\s[\s]|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ').trim() : text.trim();
}

function blanksOf(draft: Draft, mapping: SettledMapping): string[] {
  const mayClear = draft.phone !== null || draft.email !== null;
  // A cell that is not there says nothing.
  return mapping.slice(0, draft.cells.length).flatMap((target): string[] => {
    if (target.to === 'field') return target.key in draft.fields ? [] : [`field.${target.key}`];
    if (target.to === 'name' || target.to === 'firstName') return draft.name === null ? ['name'] : [];
    if (target.to === 'phone' || target.to === 'email') return mayClear && draft[target.to] === null ? [target.to] : [];
    if (target.to === 'owner') return draft.ownerId === null ? ['ownerId'] : [];
    if (target.to === 'notes') return draft.notes === null ? ['notes'] : [];
    return (target.to === 'locale' || target.to === 'timeZone') && draft[target.to] === null ? [target.to] : [];
  });
}

type Draft = { -readonly [Key in keyof RowContact]: RowContact[Key] } & {
  tags: string[];
  firstName: string;
  lastName: string;
};

const none: readonly never[] = [];

function emptyDraft({ line, cells }: CsvRow): Draft {
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
    notice: null,
  };
}

/** Without what keeps a spreadsheet from reading a cell as a formula (`'=…`) or as a number (`="0123"`). */
function cellText(raw: string): string {
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

function putEmail(draft: Draft, text: string): RowProblem | null {
  const result = normalizeEmail(text);
  if (!result.ok) return result.problem;
  draft.email = result.email;
  return null;
}

function putTags(draft: Draft, text: string): RowProblem | null {
  for (const part of text.split(/[,;|]/)) {
    if (part.trim() === '') continue;
    const tag = tagNameSchema.safeParse(part);
    if (!tag.success) return 'tagInvalid';
    if (!draft.tags.includes(tag.data)) draft.tags.push(tag.data);
    if (draft.tags.length > mostTags) return 'tooManyTags';
  }
  return null;
}

function putOptOuts(draft: Draft, kinds: readonly string[] | null): RowProblem | null {
  if (kinds === null) return 'optOutInvalid';
  if (kinds.length > 0) draft.optOuts = [...new Set([...draft.optOuts, ...kinds])];
  return null;
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
