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
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly timeZoneOrigin: 'set' | 'phone' | null;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** An earlier row of this import is this contact. */
  readonly ofThisImport: boolean;
}

/** A contact as it shall be. `id` is null for one to be made. */
export interface PlannedContact {
  id: string | null;
  name: string | null;
  phone: string | null;
  email: string | null;
  locale: string | null;
  timeZone: string | null;
  timeZoneOrigin: 'set' | 'phone' | null;
  fields: Record<string, FieldValue>;
  changed: boolean;
  ofThisImport: boolean;
  tags: string[];
}

export type PlannedReason =
  | 'noPhone'
  | 'noEmail'
  | 'phoneTaken'
  | 'emailTaken'
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
    if (people.hasGivenUp(row.phone, row.email)) break;
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
  const byPhone = people.withPhone(row.phone);
  const byEmail = people.withEmail(row.email);
  const answer = (outcome: RowOutcome, reason: PlannedReason | null, contact: PlannedContact | null = null): PlannedRow => ({
    row,
    outcome,
    reason,
    contact,
  });
  if (options.identity === 'phone' && row.phone === null) return answer('rejected', 'noPhone');
  if (options.identity === 'email' && row.email === null) return answer('rejected', 'noEmail');
  const person = options.identity === 'email' ? byEmail : options.identity === 'phone' ? byPhone : (byPhone ?? byEmail);
  if (byPhone && byPhone !== person) return answer('rejected', 'phoneTaken');
  if (byEmail && byEmail !== person) return answer('rejected', options.identity === 'either' ? 'matchesTwo' : 'emailTaken');

  if (!person) {
    if (options.onNew === 'skip') return answer('skipped', 'notKnown');
    return answer('created', row.notice, people.add(row));
  }
  if (!person.ofThisImport) {
    if (options.onExisting === 'skip') return answer('skipped', 'existsAlready');
    person.ofThisImport = true;
    return people.apply(row, person) ? answer('updated', row.notice, person) : answer('unchanged', row.notice, person);
  }
  if (differs(row.phone, person.phone) || differs(row.email?.toLowerCase(), person.email?.toLowerCase())) {
    return answer('rejected', 'differsInFile');
  }
  people.apply(row, person);
  return answer('merged', row.notice, person);
}

function differs(given: string | null | undefined, has: string | null | undefined): boolean {
  return given != null && has != null && given !== has;
}

/** The contacts in play, found by their addresses. */
class People {
  readonly all: PlannedContact[] = [];
  private readonly phones = new Map<string, PlannedContact>();
  private readonly emails = new Map<string, PlannedContact>();
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

  hasGivenUp(phone: string | null, email: string | null): boolean {
    return (phone !== null && this.givenUp.has(phone)) || (email !== null && this.givenUp.has(email.toLowerCase()));
  }

  add(row: RowContact): PlannedContact {
    const contact: PlannedContact = {
      id: null,
      name: row.name,
      phone: row.phone,
      email: row.email,
      locale: row.locale,
      ...zoneOf(row, null, row.phone),
      fields: { ...row.fields },
      changed: true,
      ofThisImport: true,
      tags: [...row.tags],
    };
    this.register(contact);
    return contact;
  }

  /** Puts the filled cells of `row` over what `contact` has. Answers whether anything is different now. */
  apply(row: RowContact, contact: PlannedContact): boolean {
    const zone = zoneOf(row, contact, row.phone ?? contact.phone);
    const changed =
      (row.name !== null && row.name !== contact.name) ||
      (row.phone !== null && row.phone !== contact.phone) ||
      (row.email !== null && row.email !== contact.email) ||
      (row.locale !== null && row.locale !== contact.locale) ||
      zone.timeZone !== contact.timeZone ||
      Object.entries(row.fields).some(([key, value]) => contact.fields[key] !== value);
    contact.tags.push(...row.tags);
    if (!changed) return false;
    if (row.phone !== null && contact.phone !== null && row.phone !== contact.phone) {
      this.phones.delete(contact.phone);
      this.givenUp.add(contact.phone);
    }
    if (row.email !== null && contact.email !== null && row.email.toLowerCase() !== contact.email.toLowerCase()) {
      this.emails.delete(contact.email.toLowerCase());
      this.givenUp.add(contact.email.toLowerCase());
    }
    contact.name = row.name ?? contact.name;
    contact.phone = row.phone ?? contact.phone;
    contact.email = row.email ?? contact.email;
    contact.locale = row.locale ?? contact.locale;
    contact.timeZone = zone.timeZone;
    contact.timeZoneOrigin = zone.timeZoneOrigin;
    Object.assign(contact.fields, row.fields);
    contact.changed = true;
    this.index(contact);
    return true;
  }

  private register(contact: PlannedContact): void {
    this.all.push(contact);
    this.index(contact);
  }

  private index(contact: PlannedContact): void {
    if (contact.phone !== null) this.phones.set(contact.phone, contact);
    if (contact.email !== null) this.emails.set(contact.email.toLowerCase(), contact);
  }
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
