/** Undoes an import from where it stands, from its last row back: every chunk is one transaction that moves the cursor, so that it
 *  may be killed and begun again. */
import type { Db, Tx } from '#db/client.ts';
import { deleteContactRows } from '#db/queries/contacts.ts';
import { listContactsByAddress, lockWorkspaceImports } from '#db/queries/import-chunks.ts';
import {
  advanceUndo,
  deleteContactTagPairs,
  listRowsToUndo,
  lockMadeContacts,
  lockStandingContacts,
  markUndone,
  restoreContacts,
  type RowToUndo,
  type StandingContact,
} from '#db/queries/import-undo.ts';
import { type ImportRow, lockImport, settledUndos, type UndoCounts } from '#db/queries/imports.ts';
import { ensureTags } from '#db/queries/tags.ts';
import { setCause } from '#db/queries/trigger-occasions.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { addressKey, addressKeys, type AddressKind } from '#server/domain/contact/addresses.ts';
import type { Changes } from '#server/domain/contact-csv/planned-contact.ts';
import { followZone } from '../contacts/follow-zone.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { removeEnrolmentsIn } from '../enrolments/end-enrolments-in.ts';
import { isAddress, putBack } from './put-back.ts';

const chunkRows = 1_000;

/** Answers false when it was stopped before its end. */
export async function runUndo(db: Db, actor: Actor, importId: string, signal?: AbortSignal): Promise<boolean> {
  for (;;) {
    const goesOn = await retryOnConflict(() => db.transaction().execute((tx) => undoChunk(tx, actor, importId)));
    if (!goesOn) return true;
    if (signal?.aborted) return false;
  }
}

async function undoChunk(tx: Tx, actor: Actor, importId: string): Promise<boolean> {
  const { workspaceId } = actor;
  const found = await lockImport(tx, workspaceId, importId);
  if (found.undoStatus !== 'running') return false;
  await lockWorkspaceImports(tx, workspaceId);
  const rows = await listRowsToUndo(tx, workspaceId, importId, { beforeLine: found.undoBeforeLine, limit: chunkRows });
  await setCause(tx, 'none');
  const ended = await endEnrolments(tx, actor, rows);
  // Those who go first give their addresses back to those who had them.
  const fates = new Map<number, string>();
  for (const [line, fate] of await undoMade(tx, actor, found, rows)) fates.set(line, fate);
  for (const [line, fate] of await undoChanges(tx, actor, rows)) fates.set(line, fate);
  for (const row of rows) {
    if (!fates.has(row.line) && row.enrolmentId !== null && ended.has(row.enrolmentId)) fates.set(row.line, 'ended');
  }
  await markUndone(
    tx,
    workspaceId,
    importId,
    [...fates].map(([line, undo]) => ({ line, undo })),
  );
  const last = rows.length < chunkRows;
  await advanceUndo(tx, workspaceId, importId, {
    beforeLine: rows.at(-1)?.line ?? found.undoBeforeLine,
    counts: counted(found.undoCounts, fates, ended.size),
    ended: last,
  });
  return !last;
}

async function endEnrolments(tx: Tx, actor: Actor, rows: readonly RowToUndo[]): Promise<ReadonlySet<string>> {
  const ids = rows.flatMap(({ enrolmentId }) => enrolmentId ?? []);
  if (ids.length === 0) return new Set();
  const { accepted } = await removeEnrolmentsIn(tx, actor.workspaceId, ids, { kind: actor.kind, id: actorId(actor) });
  return new Set(accepted);
}

/** Deletes the contacts that the import has made and nobody touched; answers, by line, that or why not. */
async function undoMade(tx: Tx, actor: Actor, found: ImportRow, rows: readonly RowToUndo[]): Promise<Map<number, string>> {
  const { workspaceId } = actor;
  const made = rows.filter(({ outcome }) => outcome === 'created');
  const contactIds = made.map(({ contactId }) => contactId);
  const tags = await ensureTags(tx, workspaceId, made.length === 0 ? [] : found.options.tags);
  const touches = await lockMadeContacts(tx, workspaceId, found.id, { contactIds, tagIds: [...tags.values()] });
  const untouched = contactIds.filter((id) => touches.get(id) === null);
  if (untouched.length > 0) await deleteContactRows(tx, workspaceId, untouched);
  return new Map(made.map(({ line, contactId }) => [line, touches.has(contactId) ? (touches.get(contactId) ?? 'deleted') : 'gone']));
}

/** Puts back what was changed of contacts that were there before. */
async function undoChanges(tx: Tx, actor: Actor, rows: readonly RowToUndo[]): Promise<Map<number, string>> {
  const { workspaceId } = actor;
  const changed = rows.filter(({ isOfMade, changes }) => !isOfMade && changes !== null);
  const fates = new Map<number, string>();
  const contacts = new Map(
    (
      await lockStandingContacts(
        tx,
        workspaceId,
        changed.map(({ contactId }) => contactId),
      )
    ).map((contact) => [contact.id, contact]),
  );
  const before = new Map([...contacts].map(([id, contact]) => [id, { ...contact }]));
  const owners = await ownersOf(tx, actor, changed);
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
  await deleteContactTagPairs(tx, workspaceId, tags);
  const restored = [...contacts.values()].filter(({ id }) => touched.has(id));
  await restoreContacts(tx, workspaceId, restored, inTheWay(restored, before));
  const moved = restored.filter(({ id, timeZone }) => before.get(id)?.timeZone !== timeZone);
  await followZone(
    tx,
    actor,
    moved.map(({ id }) => id),
  );
  return fates;
}

/** What people refused and agreed to stays on record, whoever wrote it down. */
function keptAnswer(changes: Changes): 'optedOut' | 'consentSet' | null {
  const columns = Object.keys(changes);
  if (columns.some((column) => column.startsWith('optOut.'))) return 'optedOut';
  return columns.some((column) => column.startsWith('consent.')) ? 'consentSet' : null;
}

/** Those of the contacts that give up an address that another one of them gets back. */
function inTheWay(restored: readonly StandingContact[], before: ReadonlyMap<string, StandingContact>): string[] {
  const wanted = new Map(restored.flatMap((contact) => addressKeys(contact).map((key) => [key, contact.id] as const)));
  return restored.flatMap(({ id }) => {
    const had = before.get(id);
    return had && addressKeys(had).some((key) => (wanted.get(key) ?? id) !== id) ? [id] : [];
  });
}

interface Owners {
  readonly letGo: (contact: StandingContact) => void;
  readonly take: (contact: StandingContact) => void;
  readonly isFree: (kind: AddressKind, value: string) => boolean;
}

/** Who has the addresses that are to be put back, from row to row. */
async function ownersOf(tx: Tx, actor: Actor, rows: readonly RowToUndo[]): Promise<Owners> {
  const wanted = { phone: new Set<string>(), email: new Set<string>(), externalId: new Set<string>() };
  for (const { changes } of rows) {
    for (const [column, [before]] of Object.entries(changes ?? {})) {
      if (isAddress(column) && before !== null) wanted[column].add(column === 'email' ? String(before).toLowerCase() : String(before));
    }
  }
  const known = await listContactsByAddress(tx, actor.workspaceId, null, {
    phones: [...wanted.phone],
    emails: [...wanted.email],
    externalIds: [...wanted.externalId],
  });
  const taken = new Set(known.flatMap(addressKeys));
  return {
    letGo: (contact) => addressKeys(contact).forEach((key) => taken.delete(key)),
    take: (contact) => addressKeys(contact).forEach((key) => taken.add(key)),
    isFree: (kind, value) => !taken.has(addressKey(kind, value)),
  };
}

const settled: ReadonlySet<string> = new Set(settledUndos);

function counted(before: UndoCounts, fates: ReadonlyMap<number, string>, enrolmentsEnded: number): UndoCounts {
  const kept: Record<string, number> = { ...before.kept };
  let { deleted, restored } = before;
  for (const fate of fates.values()) {
    if (fate === 'deleted') deleted += 1;
    else if (fate === 'restored') restored += 1;
    else if (!settled.has(fate)) kept[fate] = (kept[fate] ?? 0) + 1;
  }
  return { deleted, restored, enrolmentsEnded: before.enrolmentsEnded + enrolmentsEnded, kept };
}
