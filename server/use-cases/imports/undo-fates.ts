/** What undoing an import makes of its rows: the same whether it is done or only looked at beforehand. */
import type { Db } from '#db/client.ts';
import { listContactsByAddress } from '#db/queries/import-chunks.ts';
import type { RowToUndo, StandingContact, Touch } from '#db/queries/import-undo.ts';
import { settledUndos, type UndoCounts } from '#db/queries/imports.ts';
import { addressKey, addressKeys, type AddressKind, addressLists, comparable } from '#server/domain/contact/addresses.ts';
import type { Changes } from '#server/domain/contact-csv/planned-contact.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { isAddress, putBack } from './put-back.ts';

/** By line: of the rows that made a contact, that it goes, or why not. `touches`: as `listTouches` answers. */
export function fatesOfMade(made: readonly RowToUndo[], touches: ReadonlyMap<string, Touch | null>): Map<number, string> {
  return new Map(made.map(({ line, contactId }) => [line, touches.has(contactId) ? (touches.get(contactId) ?? 'deleted') : 'gone']));
}

/** Rows that changed contacts which were there before. */
export function changedRows(rows: readonly RowToUndo[]): RowToUndo[] {
  return rows.filter(({ isOfMade, changes }) => !isOfMade && changes !== null);
}

export interface UndoneChanges {
  /** By line. */
  readonly fates: Map<number, string>;
  /** Contacts of which something was put back. */
  readonly touched: ReadonlySet<string>;
  /** Tags that the import gave. */
  readonly tags: readonly { readonly contactId: string; readonly tagId: string }[];
}

/** Puts back in `contacts`, in place, what the rows changed, from the last row to the first. */
export function undoneChanges(
  changed: readonly RowToUndo[],
  contacts: ReadonlyMap<string, StandingContact>,
  owners: Owners,
): UndoneChanges {
  const fates = new Map<number, string>();
  const touched = new Set<string>();
  const tags: { contactId: string; tagId: string }[] = [];
  for (const { line, contactId, changes } of changed) {
    const contact = contacts.get(contactId);
    if (!contact || !changes) {
      fates.set(line, 'gone');
      continue;
    }
    for (const column of Object.keys(changes)) if (column.startsWith('tag.')) tags.push({ contactId, tagId: column.slice(4) });
    owners.letGo(contact);
    const fate = putBack(contact, changes, owners.isFree);
    owners.take(contact);
    if (fate === 'restored' || fate === 'partlyRestored') touched.add(contactId);
    fates.set(line, keptAnswer(changes) ?? fate ?? 'restored');
  }
  return { fates, touched, tags };
}

/** What people refused and agreed to stays on record, whoever wrote it down. */
function keptAnswer(changes: Changes): 'optedOut' | 'consentSet' | null {
  const columns = Object.keys(changes);
  if (columns.some((column) => column.startsWith('optOut.'))) return 'optedOut';
  return columns.some((column) => column.startsWith('consent.')) ? 'consentSet' : null;
}

export interface Owners {
  readonly letGo: (contact: StandingContact) => void;
  readonly take: (contact: StandingContact) => void;
  readonly isFree: (kind: AddressKind, value: string) => boolean;
}

/** Who has the addresses that are to be put back, from row to row. `going`: contacts that give theirs up before. */
export async function ownersOf(
  db: Db,
  workspaceId: WorkspaceId,
  rows: readonly RowToUndo[],
  going: ReadonlySet<string> = new Set(),
): Promise<Owners> {
  const wanted = { phone: new Set<string>(), email: new Set<string>(), externalId: new Set<string>() };
  for (const { changes } of rows) {
    for (const [column, [before]] of Object.entries(changes ?? {})) {
      if (isAddress(column) && before !== null) wanted[column].add(comparable(column, String(before)));
    }
  }
  const known = await listContactsByAddress(db, workspaceId, null, addressLists(wanted));
  const taken = new Set(known.filter(({ id }) => !going.has(id)).flatMap(addressKeys));
  return {
    letGo: (contact) => addressKeys(contact).forEach((key) => taken.delete(key)),
    take: (contact) => addressKeys(contact).forEach((key) => taken.add(key)),
    isFree: (kind, value) => !taken.has(addressKey(kind, value)),
  };
}

const settled: ReadonlySet<string> = new Set(settledUndos);

/** `before` with what has become of more rows. */
export function countedUndo(before: UndoCounts, fates: ReadonlyMap<number, string>, enrolmentsEnded: number): UndoCounts {
  const kept: Record<string, number> = { ...before.kept };
  let { deleted, restored } = before;
  for (const fate of fates.values()) {
    if (fate === 'deleted') deleted += 1;
    else if (fate === 'restored') restored += 1;
    else if (!settled.has(fate)) kept[fate] = (kept[fate] ?? 0) + 1;
  }
  return { deleted, restored, enrolmentsEnded: before.enrolmentsEnded + enrolmentsEnded, kept };
}
