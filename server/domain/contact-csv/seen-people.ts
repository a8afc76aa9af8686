/** Remembers the people of a file that nobody writes down: for a dry run over a million rows, in numbers instead of texts.
 *  Two addresses that share a number would count as one; among a million that happens once in thousands of files. */
import { addressKey, type AddressKind, addressKinds, type ContactAddresses } from '../contact/addresses.ts';
import { NumberTable, numberOf } from './number-table.ts';
import type { KnownContact, PlannedContact } from './planned-contact.ts';
import type { RowContact } from './row-contact.ts';

export class SeenPeople {
  private readonly places = new NumberTable();
  private readonly told = new NumberTable();
  /** Of each person, the numbers of phone, e-mail and external id; 0 for none. */
  private readonly keys: Record<AddressKind, number[]> = { phone: [], email: [], externalId: [] };

  /** `known` as the rows seen so far would have left them, and those of `rows` whom only the file knows. */
  among(rows: readonly ContactAddresses[], known: readonly KnownContact[]): KnownContact[] {
    const present = new Map<number, KnownContact>();
    const answer: KnownContact[] = [];
    for (const contact of known) {
      const person = this.places.get(numberOf(`id ${contact.id}`));
      if (person === undefined) {
        answer.push(contact);
        continue;
      }
      present.set(person, contact);
      answer.push({ ...contact, ...this.addressesOf(person, contact), ofThisImport: true });
    }
    for (const row of rows) {
      for (const kind of addressKinds) {
        const value = row[kind];
        const person = value === null ? undefined : this.places.get(numberOf(addressKey(kind, value)));
        if (person === undefined || present.has(person)) continue;
        const contact = { ...stranger, ...this.addressesOf(person, row), id: `seen ${person}` };
        present.set(person, contact);
        answer.push(contact);
      }
    }
    return answer;
  }

  /** Takes in a contact as a row has left it. Answers the number of that person, the same for every row of the file. */
  remember(contact: PlannedContact): number {
    const seen = contact.id?.startsWith('seen ') ? Number(contact.id.slice(5)) : undefined;
    const idNumber = contact.id === null || seen !== undefined ? null : numberOf(`id ${contact.id}`);
    const person = seen ?? (idNumber === null ? undefined : this.places.get(idNumber)) ?? this.keys.phone.length;
    if (idNumber !== null) this.places.set(idNumber, person);
    for (const kind of addressKinds) {
      const value = contact[kind];
      const key = value === null ? 0 : numberOf(addressKey(kind, value));
      this.keys[kind][person] = key;
      if (key !== 0) this.places.set(key, person);
    }
    return person;
  }

  /** Whether `what` is told of that person for the first time. */
  isNews(person: number, what: string): boolean {
    const key = numberOf(`told ${person} ${what}`);
    if (this.told.get(key) !== undefined) return false;
    this.told.set(key, 1);
    return true;
  }

  /** The addresses of a person, in the words of `given` where they are the same; else in words that are nobody's. */
  private addressesOf(person: number, given: Pick<RowContact, AddressKind>): Pick<KnownContact, AddressKind> {
    const word = (kind: AddressKind): string | null => {
      const key = this.keys[kind][person] ?? 0;
      const value = given[kind];
      if (key === 0) return null;
      return value !== null && numberOf(addressKey(kind, value)) === key ? value : `another ${key}`;
    };
    return { phone: word('phone'), email: word('email'), externalId: word('externalId') };
  }
}

const stranger = {
  name: null,
  locale: null,
  timeZone: null,
  timeZoneOrigin: null,
  fields: {},
  notes: null,
  ownerId: null,
  ofThisImport: true,
  madeByThisImport: true,
} as const;
