/** The contacts that a chunk of rows is about, found by their addresses, as the rows leave them one after the other. */
import { type AddressKind, type Changes, isBeside, keyOf, type KnownContact, type PlannedContact } from './planned-contact.ts';
import { answer, answersOf, changesOf, noAnswers, zoneOf } from './row-changes.ts';
import type { RowContact } from './row-contact.ts';

export class People {
  readonly all: PlannedContact[] = [];
  private readonly phones = new Map<string, PlannedContact>();
  private readonly emails = new Map<string, PlannedContact>();
  private readonly externalIds = new Map<string, PlannedContact>();
  private readonly givenUp = new Set<string>();

  constructor(known: readonly KnownContact[]) {
    for (const contact of known) this.register({ ...noAnswers, ...contact, fields: { ...contact.fields }, changed: false, tags: [] });
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

  /** A contact to be made. Answers what it refused and agreed to as changes, or null. */
  add(row: RowContact): { contact: PlannedContact; changes: Changes | null } {
    const contact: PlannedContact = {
      id: null,
      name: row.name,
      phone: row.phone,
      email: row.email,
      externalId: row.externalId,
      locale: row.locale,
      ...zoneOf(row, null, row.phone),
      fields: { ...row.fields },
      notes: row.notes,
      ownerId: row.ownerId,
      ...noAnswers,
      changed: true,
      ofThisImport: true,
      madeByThisImport: true,
      tags: [...row.tags],
    };
    const changes = answersOf(row, contact);
    for (const column of Object.keys(changes)) answer(row, contact, column);
    this.register(contact);
    return { contact, changes: contact.newOptOuts.length + contact.newConsents.length === 0 ? null : changes };
  }

  refuse(row: RowContact, contact: PlannedContact): void {
    for (const column of Object.keys(answersOf(row, contact))) if (column.startsWith('optOut.')) answer(row, contact, column);
  }

  /** Puts the filled cells of `row` over what `contact` has, and clears `blanks`. Answers what is different now, or null. */
  apply(row: RowContact, contact: PlannedContact, blanks: readonly string[]): Changes | null {
    contact.tags.push(...row.tags);
    const changes = changesOf(row, contact, blanks);
    if (Object.keys(changes).length === 0) return null;
    this.letGo(contact);
    for (const [column, [, after]] of Object.entries(changes)) {
      if (isBeside(column)) answer(row, contact, column);
      else if (!column.startsWith('field.')) Object.assign(contact, { [column]: after });
      else if (after === null) delete contact.fields[column.slice(6)];
      else contact.fields[column.slice(6)] = after;
    }
    if (Object.keys(changes).some((column) => !isBeside(column))) contact.changed = true;
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
    for (const { kind, address } of contact.merged ?? []) {
      const known = { phone: this.phones, email: this.emails, externalId: this.externalIds }[kind];
      if (!known.has(address)) known.set(address, contact);
    }
  }
}

function differsInKey(column: AddressKind, before: string, after: string | null): boolean {
  return after === null || keyOf(column, before) !== keyOf(column, after);
}
