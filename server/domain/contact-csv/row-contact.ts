/** One row of a file read as a contact, or the reason why it is none. */
import { type EmailProblem, normalizeEmail } from '../address/email.ts';
import { normalizePhone, type PhoneNotice, type PhoneProblem } from '../address/phone.ts';
import { type FieldKind, type FieldValue, parseFieldValue } from '../contact/fields.ts';
import { localeFrom, tagNameSchema } from '../contact/schema.ts';
import { isTimeZone } from '../time/schema.ts';
import type { Mapping } from './mapping.ts';
import type { CsvRow } from './row-reader.ts';

export interface RowContact {
  readonly line: number;
  readonly cells: readonly string[];
  readonly name: string | null;
  readonly phone: string | null;
  readonly phoneCountry: string | null;
  readonly email: string | null;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly fields: Record<string, FieldValue>;
  readonly tags: readonly string[];
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
  | 'tooManyCells'
  | 'quoteNotClosed';

export type RowReading =
  | { readonly ok: true; readonly contact: RowContact }
  | { readonly ok: false; readonly problem: RowProblem; readonly column: number | null };

export interface RowFacts {
  readonly mapping: Mapping;
  readonly country: string;
  /** Kinds of the custom fields that the mapping names, by key. */
  readonly fieldKinds: ReadonlyMap<string, FieldKind>;
  /** Of those that are choices, what there is to choose from, by key. */
  readonly fieldOptions?: ReadonlyMap<string, readonly string[]>;
}

class Refusal {
  readonly problem: RowProblem;
  constructor(problem: RowProblem) {
    this.problem = problem;
  }
}

/** Blank cells say nothing. The first problem, from left to right, refuses the whole row. */
export function readContact(row: CsvRow, facts: RowFacts): RowReading {
  if (row.unclosed) return { ok: false, problem: 'quoteNotClosed', column: null };
  const draft = { ...emptyDraft(), line: row.line, cells: row.cells };
  let firstName = '';
  let lastName = '';
  for (let column = 0; column < row.cells.length; column += 1) {
    const text = cellText(row.cells[column] ?? '');
    if (text === '') continue;
    const target = facts.mapping[column];
    if (!target) return { ok: false, problem: 'tooManyCells', column };
    let refusal: Refusal | null = null;
    switch (target.to) {
      case 'ignore':
      case 'newField':
        break;
      case 'firstName':
        firstName = text;
        break;
      case 'lastName':
        lastName = text;
        break;
      case 'name':
        draft.name = text.replace(/\s+/g, ' ');
        break;
      case 'phone':
        refusal = putPhone(draft, text, facts.country);
        break;
      case 'email':
        refusal = putEmail(draft, text);
        break;
      case 'timeZone':
        if (knownZone(text)) draft.timeZone = text;
        else refusal = new Refusal('timeZoneInvalid');
        break;
      case 'locale':
        draft.locale = localeFrom(text);
        if (draft.locale === null) refusal = new Refusal('localeInvalid');
        break;
      case 'tags':
        refusal = putTags(draft, text);
        break;
      case 'field':
        refusal = putField(draft, target.key, text, facts);
        break;
    }
    if (refusal) return { ok: false, problem: refusal.problem, column };
  }
  draft.name ??= `${firstName} ${lastName}`.replace(/\s+/g, ' ').trim() || null;
  if (draft.name !== null && draft.name.length > 200) return { ok: false, problem: 'nameTooLong', column: null };
  if (draft.phone === null && draft.email === null) return { ok: false, problem: 'noAddress', column: null };
  return { ok: true, contact: draft };
}

type Draft = { -readonly [Key in keyof RowContact]: RowContact[Key] } & { tags: string[] };

function emptyDraft(): Draft {
  return {
    line: 0,
    cells: [],
    name: null,
    phone: null,
    phoneCountry: null,
    email: null,
    locale: null,
    timeZone: null,
    fields: {},
    tags: [],
    notice: null,
  };
}

/** Without the quotation mark that keeps a spreadsheet from reading a cell as a formula. */
function cellText(cell: string): string {
  const text = cell.trim();
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}

function putPhone(draft: Draft, text: string, country: string): Refusal | null {
  const result = normalizePhone(text, country);
  if (!result.ok) return new Refusal(result.problem);
  draft.phone = result.phone;
  draft.phoneCountry = result.country;
  draft.notice = result.notice;
  return null;
}

function putEmail(draft: Draft, text: string): Refusal | null {
  const result = normalizeEmail(text);
  if (!result.ok) return new Refusal(result.problem);
  draft.email = result.email;
  return null;
}

function putTags(draft: Draft, text: string): Refusal | null {
  for (const part of text.split(/[,;|]/)) {
    if (part.trim() === '') continue;
    const tag = tagNameSchema.safeParse(part);
    if (!tag.success) return new Refusal('tagInvalid');
    draft.tags.push(tag.data);
  }
  return null;
}

function putField(draft: Draft, key: string, text: string, { fieldKinds, fieldOptions }: RowFacts): Refusal | null {
  const value = parseFieldValue(fieldKinds.get(key) ?? 'text', text, fieldOptions?.get(key));
  if (value === undefined) return new Refusal('fieldInvalid');
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
