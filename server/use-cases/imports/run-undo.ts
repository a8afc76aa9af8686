/** Undoes an import from where it stands, from its last row back: every chunk is one transaction that moves the cursor, so that it
 *  may be killed and begun again. */
import type { Db, Tx } from '#db/client.ts';
import { deleteContactRows } from '#db/queries/contacts.ts';
import { lockWorkspaceImports } from '#db/queries/import-chunks.ts';
import {
  advanceUndo,
  deleteContactTagPairs,
  failUndo,
  listRowsToUndo,
  lockMadeContacts,
  lockStandingContacts,
  markUndone,
  restoreContacts,
  type RowToUndo,
  type StandingContact,
} from '#db/queries/import-undo.ts';
import { type ImportRow, lockImport } from '#db/queries/imports.ts';
import { ensureTags } from '#db/queries/tags.ts';
import { setCause } from '#db/queries/trigger-occasions.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { type ChangeSpan, changesColumns } from '#server/domain/contact-csv/planned-contact.ts';
import { addressKeys } from '#server/domain/contact/addresses.ts';
import { log } from '#server/platform/log.ts';
import { followZone } from '../contacts/follow-zone.ts';
import { isLasting, retryOnConflict } from '../engine/retry-on-conflict.ts';
import { removeEnrolmentsIn } from '../enrolments/end-enrolments-in.ts';
import { changedRows, countedUndo, fatesOfMade, ownersOf, undoneChanges } from './undo-fates.ts';
import { isClash } from './write-import-chunk.ts';

const chunkRows = 1_000;
const attempts = 6;

/** Answers false when it was stopped before its end. What no second try would mend ends it as `failed`, with what was undone so far; anything
 *  else is the queue's to try again. */
export async function runUndo(db: Db, actor: Actor, importId: string, signal?: AbortSignal): Promise<boolean> {
  try {
    for (;;) {
      const goesOn = await withoutClash(() => retryOnConflict(() => db.transaction().execute((tx) => undoChunk(tx, actor, importId))));
      if (!goesOn) return true;
      if (signal?.aborted) return false;
    }
  } catch (error) {
    if (!isLasting(error)) throw error;
    log.error({ err: error, importId }, 'an undo failed');
    await failUndo(db, actor.workspaceId, importId);
    return true;
  }
}

/** Somebody may have taken an address at the same moment: a second try meets the tables as they are then. */
async function withoutClash(undo: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await undo();
    } catch (error) {
      if (!isClash(error) || attempt >= attempts) throw error;
    }
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
  const putBack = await undoChanges(tx, actor, rows);
  for (const [line, fate] of putBack.fates) fates.set(line, fate);
  for (const row of rows) {
    if (!fates.has(row.line) && row.enrolmentId !== null && ended.has(row.enrolmentId)) fates.set(row.line, 'ended');
  }
  await markUndone(
    tx,
    workspaceId,
    importId,
    [...fates].map(([line, undo]) => ({ line, undo, putBackAt: putBack.spans.get(line) ?? null })),
  );
  const last = rows.length < chunkRows;
  await advanceUndo(tx, workspaceId, importId, {
    beforeLine: rows.at(-1)?.line ?? found.undoBeforeLine,
    counts: countedUndo(found.undoCounts, fates, ended.size),
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
  return fatesOfMade(made, touches);
}

interface PutBackRows {
  /** By line. */
  readonly fates: ReadonlyMap<number, string>;
  /** When contacts were changed by it, by the line of one of their rows. */
  readonly spans: ReadonlyMap<number, ChangeSpan>;
}

/** Puts back what was changed of contacts that were there before. */
async function undoChanges(tx: Tx, actor: Actor, rows: readonly RowToUndo[]): Promise<PutBackRows> {
  const { workspaceId } = actor;
  const changed = changedRows(rows);
  const standing = await lockStandingContacts(
    tx,
    workspaceId,
    changed.map(({ contactId }) => contactId),
  );
  const contacts = new Map(standing.map((contact) => [contact.id, contact]));
  const before = new Map(standing.map((contact) => [contact.id, { ...contact }]));
  const { fates, touched, tags } = undoneChanges(changed, contacts, await ownersOf(tx, workspaceId, changed));
  await deleteContactTagPairs(tx, workspaceId, tags);
  const restored = [...contacts.values()].filter(({ id }) => touched.has(id));
  const spans = await restoreContacts(tx, workspaceId, restored, inTheWay(restored, before));
  const moved = restored.filter(({ id, timeZone }) => before.get(id)?.timeZone !== timeZone);
  await followZone(
    tx,
    actor,
    moved.map(({ id }) => id),
  );
  const lines = new Map(changed.flatMap(({ line, contactId, changes }) => (changes && changesColumns(changes) ? [[contactId, line]] : [])));
  return { fates, spans: new Map([...spans].flatMap(([contactId, span]) => [[lines.get(contactId) ?? 0, span]])) };
}

/** Those of the contacts that give up an address that another one of them gets back. */
function inTheWay(restored: readonly StandingContact[], before: ReadonlyMap<string, StandingContact>): string[] {
  const wanted = new Map(restored.flatMap((contact) => addressKeys(contact).map((key) => [key, contact.id] as const)));
  return restored.flatMap(({ id }) => {
    const had = before.get(id);
    return had && addressKeys(had).some((key) => (wanted.get(key) ?? id) !== id) ? [id] : [];
  });
}
