import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { finishImport, getImport, type ImportRow, lockImport } from '#db/queries/imports.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import type { Actor } from '#server/auth/actor.ts';
import { DomainError } from '#server/platform/errors.ts';

/** Stops an import after the chunk that is being written. What was imported stays, and a worker looks once more at the opt-outs of rows that
 *  were refused. Throws `conflict` when it has ended. */
export async function cancelImport(db: Db, actor: Actor, id: string): Promise<ImportRow> {
  return db.transaction().execute(async (tx) => {
    const found = await lockImport(tx, actor.workspaceId, id);
    if (found.finishedAt !== null) {
      throw new DomainError('conflict', 'This import has ended already; there is nothing to cancel.', { status: found.status });
    }
    await finishImport(tx, actor.workspaceId, id, { status: 'canceled', error: null });
    await insertAuditEntry(tx, actor, 'import.canceled', { kind: 'import', id });
    if (found.status === 'running') await setAlarms(tx, [{ queue: 'import.run', workspaceId: actor.workspaceId, importId: id }]);
    return getImport(tx, actor.workspaceId, id);
  });
}
