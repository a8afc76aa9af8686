/** Changes a workspace's name, language or time zone. Its address stays. */
import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { updateWorkspace } from '#db/queries/workspaces.ts';
import type { Actor } from '#server/auth/actor.ts';

export async function changeWorkspace(
  db: Db,
  actor: Actor,
  changes: { name?: string | undefined; locale?: string | undefined; timeZone?: string | undefined },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await updateWorkspace(tx, actor.workspaceId, changes);
    await insertAuditEntry(tx, actor, 'workspace.changed', { kind: 'workspace', id: actor.workspaceId }, { ...changes });
  });
}
