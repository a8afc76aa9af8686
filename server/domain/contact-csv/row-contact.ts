/** One row of a file read as a contact, or the reason why it is none. */
import type { EmailProblem } from '../address/email.ts';
import type { PhoneNotice, PhoneProblem } from '../address/phone.ts';
import type { FieldKind, FieldValue } from '../contact/fields.ts';
import { withoutAccents } from '../without-accents.ts';
import type { SettledMapping } from './new-fields.ts';
import type { ImportOptions } from './options.ts';
import { optOutOfRefused } from './refused-opt-out.ts';
import type { RowConsent } from './refusals.ts';
import { type Draft, emptyDraft, putHeld, putRaw, tidy } from './row-cells.ts';
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
  /** Fields whose value is no option (any more), and the places of their columns: only who has that value already may keep it. */
  readonly held: readonly { readonly key: string; readonly column: number }[];
  readonly notice: PhoneNotice | null;
  /** Why the row is refused, where it is kept only for what it says of a refusal; nothing but that and its addresses counts then. */
  readonly problem: RowProblem | null;
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
  | 'acceptanceInvalid'
  | 'consentInvalid'
  | 'keyTooLong'
  | 'tooManyCells'
  | 'rowTooLong'
  | 'formula'
  | 'spreadsheetError'
  | 'quoteNotClosed';

export type RowReading =
  | { readonly ok: true; readonly contact: RowContact }
  | {
      readonly ok: false;
      readonly problem: RowProblem;
      /** Place of the column whose cell it is, from 0; null when it is none's. */
      readonly column: number | null;
      /** What the row says all the same of somebody who opted out; null when it says nothing of that. */
      readonly optOut: RowContact | null;
    };

/** What is to be planned of a row, or null. */
export function toPlan(reading: RowReading): RowContact | null {
  return reading.ok ? reading.contact : reading.optOut;
}

export interface RowFacts {
  readonly mapping: SettledMapping;
  readonly country: string;
  /** Kinds of the custom fields that the mapping names, by key. */
  readonly fieldKinds: ReadonlyMap<string, FieldKind>;
  /** Of those that are choices, what there is to choose from, by key. */
  readonly fieldOptions: ReadonlyMap<string, readonly string[]>;
  /** Members by e-mail address, in small letters. */
  readonly members: ReadonlyMap<string, string>;
  /** Tags that are there, in small letters. */
  readonly tags: ReadonlySet<string>;
  readonly channelKinds: readonly string[];
  readonly now: Date;
  readonly options: Pick<ImportOptions, 'identity' | 'blank'>;
}

/** Blank cells say nothing, unless they clear. The first problem, from left to right, refuses the whole row. */
export function readContact(row: CsvRow, facts: RowFacts): RowReading {
  const refused = (problem: RowProblem, column: number | null): RowReading => ({
    ok: false,
    problem,
    column,
    optOut: optOutOfRefused(row, facts, problem),
  });
  if (row.tooLong) return refused('rowTooLong', null);
  if (row.unclosed) return refused('quoteNotClosed', null);
  const { mapping, options } = facts;
  const draft = emptyDraft(row);
  for (let column = 0; column < row.cells.length; column += 1) {
    const target = mapping[column];
    if (target?.to === 'ignore') continue;
    const raw = (row.cells[column] ?? '').trim();
    if (raw === '') continue;
    if (!target) return refused('tooManyCells', column);
    const problem = putRaw(draft, target, raw, facts);
    const isHeld = problem === 'fieldInvalid' && putHeld(draft, target, raw, column, facts);
    if (problem !== null && !isHeld) return refused(problem, column);
  }
  draft.name = wholeName(draft);
  if (draft.name !== null && draft.name.length > 200) return refused('nameTooLong', columnOfName(mapping));
  if (draft.phone === null && draft.email === null && !isKnownById(draft, options)) return refused('noAddress', null);
  if (options.blank === 'clear') draft.blanks = blanksOf(draft, mapping);
  return { ok: true, contact: draft };
}

function isKnownById({ externalId }: Draft, { identity }: RowFacts['options']): boolean {
  return externalId !== null && (identity === 'externalId' || identity === 'either');
}

function columnOfName(mapping: SettledMapping): number {
  return mapping.findIndex(({ to }) => to === 'name' || to === 'firstName' || to === 'lastName');
}

/** First, whole and last name as one, so that no word of theirs is lost; what the whole name holds already is not said twice. */
function wholeName({ name, firstName, lastName }: Draft): string | null {
  if (firstName === '' && lastName === '') return name;
  if (name === null) return tidy(`${firstName} ${lastName}`);
  const words = (text: string): string => ` ${withoutAccents(tidy(text)).toLowerCase()} `;
  const missing = (part: string): string => (words(name).includes(words(part)) ? '' : part);
  return tidy(`${missing(firstName)} ${name} ${missing(lastName)}`);
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
