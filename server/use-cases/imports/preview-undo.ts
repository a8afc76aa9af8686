/** What undoing an import would come to, before anything of it is done. */
import type { Db } from '#db/client.ts';
import { countGoingOn, lastLine, listRowsToUndo, listStandingContacts, listTouches, type RowToUndo } from '#db/queries/import-undo.ts';
import { getImport, type ImportRow, noUndo, type UndoCounts } from '#db/queries/imports.ts';
import { findTagIds } from '#db/queries/tags.ts';
import type { Actor } from '#server/auth/actor.ts';
import { estimated } from '#server/domain/rough-count.ts';
import { checkUndoable } from './undo-import.ts';
import { changedRows, countedUndo, fatesOfMade, ownersOf, undoneChanges } from './undo-fates.ts';

export interface UndoPreview extends UndoCounts {
  /** False when the numbers are of a sample of the rows, stand for all of them and are rounded. */
  readonly isExact: boolean;
}

export interface UndoSample {
  /** Imports of so many rows are looked at whole. */
  readonly wholeRows: number;
  /** Of larger ones, so many stretches are, from all over the file. */
  readonly stretches: number;
  readonly rowsPerStretch: number;
}

const sampled: UndoSample = { wholeRows: 10_000, stretches: 10, rowsPerStretch: 500 };

/** Of an undo that failed, what its rest would come to. Exact for up to 10,000 rows; above that estimated from 5,000 of them, in a time that does not grow with the file. Throws `conflict`
 *  when the import cannot be undone. */
export async function previewUndo(db: Db, actor: Actor, importId: string, sample: UndoSample = sampled): Promise<UndoPreview> {
  const { workspaceId } = actor;
  const found = await getImport(db, workspaceId, importId);
  checkUndoable(found);
  if (found.counts.rows <= sample.wholeRows) {
    const rows = await listRowsToUndo(db, workspaceId, importId, { beforeLine: found.undoBeforeLine, limit: sample.wholeRows });
    return { ...(await countUndo(db, actor, found, rows, noUndo)), isExact: true };
  }
  const lines = await lastLine(db, workspaceId, importId);
  const last = Math.min(lines, (found.undoBeforeLine ?? Number.MAX_SAFE_INTEGER) - 1);
  let counts = noUndo;
  let seen = 0;
  for (let n = 0; n < sample.stretches; n += 1) {
    const above = Math.floor((last * n) / sample.stretches);
    const beforeLine = Math.floor((last * (n + 1)) / sample.stretches) + 1;
    const below = await listRowsToUndo(db, workspaceId, importId, { beforeLine, limit: sample.rowsPerStretch });
    const rows = below.filter(({ line }) => line > above);
    seen += rows.filter(({ outcome }) => outcome !== 'skipped' && outcome !== 'rejected').length;
    counts = await countUndo(db, actor, found, rows, counts);
  }
  const { created, updated, unchanged, merged } = found.counts;
  const left = ((created + updated + unchanged + merged) * last) / Math.max(1, lines);
  return { ...scaled(counts, left / Math.max(1, seen)), isExact: false };
}

/** `before` with what undoing the rows would come to; what one of them frees, another gets back. */
async function countUndo(db: Db, actor: Actor, found: ImportRow, rows: readonly RowToUndo[], before: UndoCounts): Promise<UndoCounts> {
  const { workspaceId } = actor;
  const made = rows.filter(({ outcome }) => outcome === 'created');
  const contactIds = made.map(({ contactId }) => contactId);
  const tags = await findTagIds(db, workspaceId, found.options.tags);
  const touches = await listTouches(db, workspaceId, found.id, { contactIds, tagIds: [...tags.values()] });
  const changed = changedRows(rows);
  const standing = await listStandingContacts(db, workspaceId, [...new Set(changed.map(({ contactId }) => contactId))]);
  const going = new Set(contactIds.filter((id) => touches.get(id) === null));
  const owners = await ownersOf(db, workspaceId, changed, going);
  const { fates } = undoneChanges(changed, new Map(standing.map((contact) => [contact.id, contact])), owners);
  const enrolments = await countGoingOn(
    db,
    workspaceId,
    rows.flatMap(({ enrolmentId }) => enrolmentId ?? []),
  );
  return countedUndo(before, new Map([...fatesOfMade(made, touches), ...fates]), enrolments);
}

function scaled({ deleted, restored, enrolmentsEnded, kept }: UndoCounts, by: number): UndoCounts {
  const times = (count: number): number => estimated(count, by);
  return {
    deleted: times(deleted),
    restored: times(restored),
    enrolmentsEnded: times(enrolmentsEnded),
    kept: Object.fromEntries(Object.entries(kept).map(([reason, count]) => [reason, times(count)])),
  };
}
