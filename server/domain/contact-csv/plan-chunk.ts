/** What a chunk of rows does to the contacts that are there: whom it makes, whom it changes, which row is whom.
 *  Pure: the caller reads the contacts that share an address with the rows, and carries the plan out. */
import type { FieldValue } from '../contact/fields.ts';
import { zoneFromPhone } from '../address/phone-zone.ts';
import type { ImportOptions, RowOutcome } from './options.ts';
import type { RowContact } from './row-contact.ts';

export interface KnownContact {
  readonly id: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly externalId: string | null;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly timeZoneOrigin: 'set' | 'phone' | null;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** An earlier row of this import is this contact. */
  readonly ofThisImport: boolean;
  /** … and has made it. */
  readonly madeByThisImport: boolean;
}

/** A contact as it shall be. `id` is null for one to be made. */
export interface PlannedContact {
  id: string | null;
  name: string | null;
  phone: string | null;
  email: string | null;
  externalId: string | null;
  locale: string | null;
  timeZone: string | null;
  timeZoneOrigin: 'set' | 'phone' | null;
  fields: Record<string, FieldValue>;
  changed: boolean;
  ofThisImport: boolean;
  madeByThisImport: boolean;
  tags: string[];
}

/** What a row changed: by column (`name`, `field.cidade`), what stood there and what stands there since. */
export type Changes = Readonly<Record<string, readonly [before: FieldValue | null, after: FieldValue | null]>>;

export type PlannedReason =
  | 'noPhone'
  | 'noEmail'
  | 'noExternalId'
  | 'noAddress'
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
  readonly reason: PlannedReason | null;
  readonly contact: PlannedContact | null;
  /** Null where nothing of a contact that was there is different now. */
  readonly changes: Changes | null;
}

export interface ChunkPlan {
  /** How many of the rows are planned. Fewer than given when a row wants an address that a row before it has just given
   *  up: that one belongs to the next chunk, when the tables say so too. */
  readonly consumed: number;
  readonly rows: readonly PlannedRow[];
  readonly made: readonly PlannedContact[];
  readonly changed: readonly PlannedContact[];
}

export function planChunk(rows: readonly RowContact[], known: readonly KnownContact[], options: ImportOptions): ChunkPlan {
  const people = new People(known);
  const planned: PlannedRow[] = [];
  for (const row of rows) {
    if (people.hasGivenUp(row)) break;
    planned.push(planRow(row, people, options));
  }
  return {
    consumed: planned.length,
    rows: planned,
    made: people.all.filter((contact) => contact.id === null),
    changed: people.all.filter((contact) => contact.id !== null && contact.changed),
  };
}

function planRow(row: RowContact, people: People, options: ImportOptions): PlannedRow {
  const answer = (outcome: RowOutcome, reason: PlannedReason | null, contact: PlannedContact | null = null): PlannedRow => ({
    row,
    outcome,
    reason,
    contact,
    changes: null,
  });
  const found = {
    externalId: people.withExternalId(row.externalId),
    phone: people.withPhone(row.phone),
    email: people.withEmail(row.email),
  };
  const { identity } = options;
  if (identity !== 'either' && row[identity] === null) return answer('rejected', missing[identity]);
  const person = identity === 'either' ? (found.externalId ?? found.phone ?? found.email) : found[identity];
  for (const kind of ['externalId', 'phone', 'email'] as const) {
    if (found[kind] === null || found[kind] === person) continue;
    return answer('rejected', identity === 'either' ? 'matchesTwo' : taken[kind]);
  }

  if (!person) {
    if (options.onNew === 'skip') return answer('skipped', 'notKnown');
    if (row.phone === null && row.email === null) return answer('rejected', 'noAddress');
    return answer('created', row.notice, people.add(row));
  }
  if (person.ofThisImport) {
    if (contradicts(row, person)) return answer('rejected', 'differsInFile');
    return { ...answer('merged', row.notice, person), changes: people.apply(row, person, []) };
  }
  if (identity === 'either' && differs(row.externalId, person.externalId)) return answer('rejected', 'externalIdDiffers');
  if (options.onExisting === 'skip') return answer('skipped', 'existsAlready');
  person.ofThisImport = true;
  const changes = people.apply(row, person, row.blanks);
  return { ...answer(changes ? 'updated' : 'unchanged', row.notice, person), changes };
}

const missing = { phone: 'noPhone', email: 'noEmail', externalId: 'noExternalId' } as const;
const taken = { phone: 'phoneTaken', email: 'emailTaken', externalId: 'externalIdTaken' } as const;

/** Whether the row says another address or id than an earlier row of the file that is the same person. */
function contradicts(row: RowContact, person: PlannedContact): boolean {
  return (
    differs(row.phone, person.phone) ||
    differs(row.email?.toLowerCase(), person.email?.toLowerCase()) ||
    differs(row.externalId, person.externalId)
  );
}

function differs(given: string | null | undefined, has: string | null | undefined): boolean {
  return given != null && has != null && given !== has;
}

const columns = ['name', 'phone', 'email', 'externalId', 'locale', 'timeZone', 'timeZoneOrigin'] as const;

/** The contacts in play, found by their addresses. */
class People {
  readonly all: PlannedContact[] = [];
  private readonly phones = new Map<string, PlannedContact>();
  private readonly emails = new Map<string, PlannedContact>();
  private readonly externalIds = new Map<string, PlannedContact>();
  private readonly givenUp = new Set<string>();

  constructor(known: readonly KnownContact[]) {
    for (const contact of known) this.register({ ...contact, fields: { ...contact.fields }, changed: false, tags: [] });
  }

  withPhone(phone: string | null): PlannedContact | null {
    return phone === null ? null : (this.phones.get(phone) ?? null);
  }

  withEmail(email: string | null): PlannedContact | null {
    return email === null ? null : (this.emails.get(email.toLowerCase()) ?? null);
  }

  withExternalId(externalId: string | null): PlannedContact | null {
    return externalId === null ? null : (this.externalIds.get(externalId) ?? null);
  }

  hasGivenUp({ phone, email, externalId }: RowContact): boolean {
    if (this.givenUp.size === 0) return false;
    return (
      (phone !== null && this.givenUp.has(phone)) ||
      (email !== null && this.givenUp.has(email.toLowerCase())) ||
      (externalId !== null && this.givenUp.has(`id ${externalId}`))
    );
  }

  add(row: RowContact): PlannedContact {
    const contact: PlannedContact = {
      id: null,
      name: row.name,
      phone: row.phone,
      email: row.email,
      externalId: row.externalId,
      locale: row.locale,
      ...zoneOf(row, null, row.phone),
      fields: { ...row.fields },
      changed: true,
      ofThisImport: true,
      madeByThisImport: true,
      tags: [...row.tags],
    };
    this.register(contact);
    return contact;
  }

  /** Puts the filled cells of `row` over what `contact` has, and clears `blanks`. Answers what is different now, or null. */
  apply(row: RowContact, contact: PlannedContact, blanks: readonly string[]): Changes | null {
    contact.tags.push(...row.tags);
    const changes = changesOf(row, contact, blanks);
    if (Object.keys(changes).length === 0) return null;
    this.letGo(contact);
    for (const [column, [, after]] of Object.entries(changes)) {
      if (!column.startsWith('field.')) Object.assign(contact, { [column]: after });
      else if (after === null) delete contact.fields[column.slice(6)];
      else contact.fields[column.slice(6)] = after;
    }
    contact.changed = true;
    this.index(contact);
    for (const column of ['phone', 'email', 'externalId'] as const) {
      const before = changes[column]?.[0];
      if (before != null && differsInKey(column, String(before), contact[column])) this.givenUp.add(keyOf(column, String(before)));
    }
    return changes;
  }

  private letGo(contact: PlannedContact): void {
    if (contact.phone !== null) this.phones.delete(contact.phone);
    if (contact.email !== null) this.emails.delete(contact.email.toLowerCase());
    if (contact.externalId !== null) this.externalIds.delete(contact.externalId);
  }

  private register(contact: PlannedContact): void {
    this.all.push(contact);
    this.index(contact);
  }

  private index(contact: PlannedContact): void {
    if (contact.phone !== null) this.phones.set(contact.phone, contact);
    if (contact.email !== null) this.emails.set(contact.email.toLowerCase(), contact);
    if (contact.externalId !== null) this.externalIds.set(contact.externalId, contact);
  }
}

function keyOf(column: 'phone' | 'email' | 'externalId', value: string): string {
  return column === 'phone' ? value : column === 'email' ? value.toLowerCase() : `id ${value}`;
}

function differsInKey(column: 'phone' | 'email' | 'externalId', before: string, after: string | null): boolean {
  return after === null || keyOf(column, before) !== keyOf(column, after);
}

function changesOf(row: RowContact, contact: PlannedContact, blanks: readonly string[]): Changes {
  const changes: Record<string, readonly [FieldValue | null, FieldValue | null]> = {};
  const cleared = new Set(blanks);
  const next = (column: 'name' | 'phone' | 'email' | 'externalId' | 'locale'): string | null =>
    row[column] ?? (cleared.has(column) ? null : contact[column]);
  const phone = next('phone');
  const zoned = cleared.has('timeZone') && contact.timeZoneOrigin === 'set' ? null : contact;
  const after = {
    name: next('name'),
    phone,
    email: next('email'),
    externalId: next('externalId'),
    locale: next('locale'),
    ...zoneOf(row, zoned, phone),
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
  return changes;
}

/** A zone in the row is set; else a set one stays; else the phone tells. */
function zoneOf(row: RowContact, before: PlannedContact | null, phone: string | null): Pick<PlannedContact, 'timeZone' | 'timeZoneOrigin'> {
  if (row.timeZone !== null) return { timeZone: row.timeZone, timeZoneOrigin: 'set' };
  if (before && (before.timeZoneOrigin === 'set' || phone === before.phone)) {
    return { timeZone: before.timeZone, timeZoneOrigin: before.timeZoneOrigin };
  }
  const derived = phone === null ? null : zoneFromPhone(phone, phone === row.phone ? row.phoneCountry : undefined);
  return { timeZone: derived, timeZoneOrigin: derived === null ? null : 'phone' };
}
