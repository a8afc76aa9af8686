/** What was chosen for a group: who stays, who is merged into it, and whose values win. */
import type { FieldValue } from '#server/domain/contact/fields.ts';
import type { Field, Group } from './duplicate-list.tsx';

export type Candidate = Group['contacts'][number];

export interface MergeChoice {
  readonly keepId: string;
  /** Those who are one person, the one that stays among them. */
  readonly included: ReadonlySet<string>;
  /** By the name of a value: whose wins, where somebody chose. */
  readonly values: Readonly<Record<string, string>>;
}

/** The oldest stays, everyone is merged. */
export function firstChoice(group: Group): MergeChoice {
  return { keepId: group.contacts[0]?.id ?? '', included: new Set(group.contacts.map((contact) => contact.id)), values: {} };
}

/** One line of the comparison. */
export interface ValueRow {
  /** As `contacts.merge` calls it. */
  readonly name: string;
  readonly field: Field | null;
  readonly read: (contact: Candidate) => FieldValue | null;
}

const columns = ['name', 'phone', 'email', 'externalId', 'locale', 'ownerId'] as const;

/** The values that at least one of the contacts has. */
export function valueRows(group: Group, fields: readonly Field[]): ValueRow[] {
  const rows: ValueRow[] = [
    ...columns.map((name) => ({ name, field: null, read: (contact: Candidate) => contact[name] })),
    // One that comes from the phone goes with it.
    { name: 'timeZone', field: null, read: (contact) => (contact.timeZoneOrigin === 'set' ? contact.timeZone : null) },
    ...fields.map((field) => ({
      name: `fields.${field.key}`,
      field,
      read: (contact: Candidate) => contact.fields[field.key] ?? null,
    })),
  ];
  return rows.filter((row) => group.contacts.some((contact) => row.read(contact) !== null));
}

/** Whether there is something to choose among those who are merged. */
export function isDisputed(row: ValueRow, group: Group, choice: MergeChoice): boolean {
  return new Set(merging(group, choice).map((contact) => row.read(contact))).size > 1;
}

/** Whose value it will be: the chosen one's, else that of the contact that stays, else of the first who has any. */
export function winnerOf(row: ValueRow, group: Group, choice: MergeChoice): string | null {
  const candidates = merging(group, choice);
  const chosen = candidates.find((contact) => contact.id === choice.values[row.name]);
  const inOrder = candidates.toSorted((a, b) => Number(b.id === choice.keepId) - Number(a.id === choice.keepId));
  return (chosen ?? inOrder.find((contact) => row.read(contact) !== null))?.id ?? null;
}

export function merging(group: Group, choice: MergeChoice): Candidate[] {
  return group.contacts.filter((contact) => choice.included.has(contact.id));
}
