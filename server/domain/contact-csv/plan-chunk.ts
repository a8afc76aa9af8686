/** What a chunk of rows does to the contacts that are there: whom it makes, whom it changes, which row is whom.
 *  Pure: the caller reads the contacts that share an address with the rows, and carries the plan out. */
import { addressKey, type AddressKind, addressKinds } from '../contact/addresses.ts';
import type { ImportOptions, RowOutcome } from './options.ts';
import type { OptOutRow } from './opt-outs-of-file.ts';
import { People } from './people.ts';
import { type Changes, isMerged, type KnownContact, type PlannedContact } from './planned-contact.ts';
import { namesOptOut } from './refused-opt-out.ts';
import type { RowContact, RowProblem } from './row-contact.ts';

export type PlannedReason =
  | 'noPhone'
  | 'noEmail'
  | 'noExternalId'
  | 'onlyExternalId'
  | 'phoneTaken'
  | 'emailTaken'
  | 'externalIdTaken'
  | 'externalIdDiffers'
  | 'matchesTwo'
  | 'differsInFile'
  | 'existsAlready'
  | 'notKnown'
  | 'ninthDigitAdded';

export interface PlannedRow {
  readonly row: RowContact;
  readonly outcome: RowOutcome;
  readonly reason: PlannedReason | RowProblem | null;
  /** Place of the column whose cell refuses it; null when none's does. */
  readonly column: number | null;
  readonly contact: PlannedContact | null;
  /** Null where nothing is different now; of a contact that is made, only what it refused and agreed to. */
  readonly changes: Changes | null;
  /** Who refuses by a row that is refused or left aside otherwise. */
  readonly refusing: PlannedContact | null;
  /** Whether what the row says of an opt-out is on record with it; null when it says nothing of one. */
  readonly optOutRecorded: boolean | null;
}

export interface ChunkPlan {
  /** How many of the rows are planned. Fewer than given when a row wants an address that a row before it has just given
   *  up: that one belongs to the next chunk, when the tables say so too. */
  readonly consumed: number;
  readonly rows: readonly PlannedRow[];
  readonly made: readonly PlannedContact[];
  readonly changed: readonly PlannedContact[];
  /** Those among both who refuse or agree to something that is not recorded yet, and those who do and are skipped otherwise. */
  readonly answering: readonly PlannedContact[];
}

/** `optOuts`: rows of elsewhere in the file, of people who opt out. */
export function planChunk(
  rows: readonly RowContact[],
  known: readonly KnownContact[],
  options: ImportOptions,
  optOuts: readonly OptOutRow[] = [],
): ChunkPlan {
  const people = new People(known);
  const planned: PlannedRow[] = [];
  for (const row of rows) {
    if (people.hasGivenUp(row)) break;
    planned.push(withOptOut(planRow(row, people, options), people));
  }
  refuseBeforehand(optOuts, planned, people);
  return {
    consumed: planned.length,
    rows: planned,
    made: people.all.filter((contact) => contact.id === null),
    changed: people.all.filter((contact) => contact.id !== null && contact.changed),
    answering: people.all.filter(({ newOptOuts, newConsents }) => newOptOuts.length + newConsents.length > 0),
  };
}

function planRow(row: RowContact, people: People, options: ImportOptions): PlannedRow {
  const answer = (outcome: RowOutcome, reason: PlannedRow['reason'], contact: PlannedContact | null = null): PlannedRow => ({
    row,
    outcome,
    reason,
    column: null,
    contact,
    changes: null,
    refusing: null,
    optOutRecorded: null,
  });
  if (row.problem !== null) return answer('rejected', row.problem);
  const found = {
    externalId: people.having('externalId', row.externalId),
    phone: people.having('phone', row.phone),
    email: people.having('email', row.email),
  };
  const { identity } = options;
  if (identity !== 'either' && row[identity] === null) return answer('rejected', missing[identity]);
  const person = identity === 'either' ? (found.externalId ?? found.phone ?? found.email) : found[identity];
  const unheld = row.held.find(({ key }) => person?.fields[key] !== row.fields[key]);
  if (unheld) return { ...answer('rejected', 'fieldInvalid'), column: unheld.column };
  for (const kind of ['externalId', 'phone', 'email'] as const) {
    if (found[kind] === null || found[kind] === person) continue;
    return answer('rejected', identity === 'either' ? 'matchesTwo' : taken[kind]);
  }

  if (!person) {
    if (options.onNew === 'skip') return answer('skipped', 'notKnown');
    if (identity === 'either' && row.phone === null && row.email === null) return answer('rejected', 'onlyExternalId');
    const { contact, changes } = people.add(row);
    return { ...answer('created', row.notice, contact), changes };
  }
  if (person.ofThisImport) {
    if (contradicts(row, person)) return answer('rejected', 'differsInFile');
    return { ...answer('merged', row.notice, person), changes: people.apply(row, person, []) };
  }
  if (identity === 'either' && differs('externalId', row.externalId, person)) return answer('rejected', 'externalIdDiffers');
  if (options.onExisting === 'skip') return answer('skipped', 'existsAlready');
  person.ofThisImport = true;
  const changes = people.apply(row, person, row.blanks);
  return { ...answer(changes ? 'updated' : 'unchanged', row.notice, person), changes };
}

/** Nobody is written to again because a row is refused for something else, or because a rule leaves contacts as they are: where the row
 *  names exactly one person, these refuse. */
function withOptOut(planned: PlannedRow, people: People): PlannedRow {
  const { row, contact } = planned;
  const isNamed = namesOptOut(row);
  if (!isNamed && row.problem === null) return planned;
  if (contact !== null) return { ...planned, optOutRecorded: true };
  const person = isNamed ? people.uniqueMatch(row) : null;
  if (person === null) return { ...planned, optOutRecorded: false };
  return { ...planned, optOutRecorded: true, refusing: person, changes: people.refuse(row, person) };
}

/** Whoever one of `planned` is, and `optOuts` names for certain, refuses now; the change is that row's. */
function refuseBeforehand(optOuts: readonly OptOutRow[], planned: PlannedRow[], people: People): void {
  if (optOuts.length === 0) return;
  const places = new Map(planned.flatMap(({ contact }, index) => (contact === null ? [] : [[contact, index] as const])).reverse());
  for (const row of optOuts) {
    const person = people.uniqueMatch(row);
    const index = person === null ? undefined : places.get(person);
    const first = index === undefined ? undefined : planned[index];
    if (person === null || index === undefined || first === undefined) continue;
    const changes = people.refuse(row, person);
    if (changes !== null) planned[index] = { ...first, changes: { ...first.changes, ...changes } };
  }
}

const missing = { phone: 'noPhone', email: 'noEmail', externalId: 'noExternalId' } as const;
const taken = { phone: 'phoneTaken', email: 'emailTaken', externalId: 'externalIdTaken' } as const;

/** Whether the row says another address or id than an earlier row of the file that is the same person. */
function contradicts(row: RowContact, person: PlannedContact): boolean {
  return addressKinds.some((kind) => differs(kind, row[kind], person));
}

function differs(kind: AddressKind, given: string | null, person: PlannedContact): boolean {
  const has = person[kind];
  return given !== null && has !== null && addressKey(kind, given) !== addressKey(kind, has) && !isMerged(kind, given, person);
}
