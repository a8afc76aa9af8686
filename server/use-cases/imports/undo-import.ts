import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { beginUndo } from '#db/queries/import-undo.ts';
import { getImport, type ImportRow, lockImport } from '#db/queries/imports.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import type { Actor } from '#server/auth/actor.ts';
import { DomainError } from '#server/platform/errors.ts';

/** Takes back what an import did, in a worker: contacts that it made and nobody touched go, its enrolments end, fields and tags that
 *  still are as it left them get what was there before. The rest stays, and `imports.rows` with `kept` lists it with the reason.
 *  Fields and tags that it made for the workspace stay. Throws `conflict` while it runs, for a draft, and the second time; an undo that
 *  failed goes on. */
export async function undoImport(db: Db, actor: Actor, id: string): Promise<ImportRow> {
  const { workspaceId } = actor;
  return db.transaction().execute(async (tx) => {
    const found = await lockImport(tx, workspaceId, id);
    checkUndoable(found);
    await beginUndo(tx, workspaceId, id);
    await insertAuditEntry(tx, actor, 'import.undone', { kind: 'import', id }, { fileName: found.fileName });
    await setAlarms(tx, [{ queue: 'import.run', workspaceId, importId: id }]);
    return getImport(tx, workspaceId, id);
  });
}

/** Throws `conflict` for a draft, while it runs, and when it was undone before, or is being undone. */
export function checkUndoable(found: ImportRow): void {
  if (found.finishedAt === null) {
    throw new DomainError('conflict', 'This import has not ended. Cancel it first; then it can be undone.', { status: found.status });
  }
  if (found.undoStatus !== null && found.undoStatus !== 'failed') {
    throw new DomainError('conflict', 'This import was undone already.', { undo: found.undoStatus });
  }
}
