/** The contacts that a chunk of rows is about, found by their addresses, as the rows leave them one after the other. */
import { addressKey, addressKeys, type AddressKind, addressKinds, comparable, type ContactAddresses } from '../contact/addresses.ts';
import { type Changes, changesColumns, isBeside, type KnownContact, type PlannedContact } from './planned-contact.ts';
import { answer, answersOf, changesOf, noAnswers, type RowAnswers, zoneOf } from './row-changes.ts';
import type { RowContact } from './row-contact.ts';

export class People {
  readonly all: PlannedContact[] = [];
  private readonly byAddress = {
    phone: new Map<string, PlannedContact>(),
    email: new Map<string, PlannedContact>(),
    externalId: new Map<string, PlannedContact>(),
  };
  private readonly givenUp = new Set<string>();

  constructor(known: readonly KnownContact[]) {
    for (const contact of known) this.register({ ...noAnswers, ...contact, fields: { ...contact.fields }, changed: false, tags: [] });
  }

  having(kind: AddressKind, value: string | null): PlannedContact | null {
    return value === null ? null : (this.byAddress[kind].get(comparable(kind, value)) ?? null);
  }

  hasGivenUp(row: RowContact): boolean {
    return this.givenUp.size > 0 && addressKeys(row).some((key) => this.givenUp.has(key));
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

  /** Whom all known addresses of the row lead to; null where they lead to nobody, or to several. */
  uniqueMatch(row: ContactAddresses): PlannedContact | null {
    const found = new Set(addressKinds.flatMap((kind) => this.having(kind, row[kind]) ?? []));
    return found.size === 1 ? ([...found][0] ?? null) : null;
  }

  /** Takes over what the row says of refusals, and nothing else. Answers what is new, or null. */
  refuse(row: RowAnswers, contact: PlannedContact): Changes | null {
    const changes = Object.fromEntries(Object.entries(answersOf(row, contact)).filter(([column]) => column.startsWith('optOut.')));
    for (const column of Object.keys(changes)) answer(row, contact, column);
    return Object.keys(changes).length === 0 ? null : changes;
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
    if (changesColumns(changes)) contact.changed = true;
    this.index(contact);
    for (const kind of addressKinds) {
      const before = changes[kind]?.[0];
      const key = before == null ? null : addressKey(kind, String(before));
      if (key !== null && !addressKeys(contact).includes(key)) this.givenUp.add(key);
    }
    return changes;
  }

  private letGo(contact: PlannedContact): void {
    for (const kind of addressKinds) {
      const value = contact[kind];
      if (value !== null) this.byAddress[kind].delete(comparable(kind, value));
    }
  }

  private register(contact: PlannedContact): void {
    this.all.push(contact);
    this.index(contact);
  }

  private index(contact: PlannedContact): void {
    for (const kind of addressKinds) {
      const value = contact[kind];
      if (value !== null) this.byAddress[kind].set(comparable(kind, value), contact);
    }
    for (const { kind, address } of contact.merged ?? []) {
      const value = comparable(kind, address);
      if (!this.byAddress[kind].has(value)) this.byAddress[kind].set(value, contact);
    }
  }
}
