import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { deleteTriggerRow, findTrigger } from '#db/queries/triggers.ts';
import type { Actor } from '#server/auth/actor.ts';
import { notFound } from '#server/platform/errors.ts';

/** Whom it enrolled goes on. What it has not looked at yet goes with it. Throws `notFound`. */
export async function deleteTrigger(db: Db, actor: Actor, { id }: { readonly id: string }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const trigger = await findTrigger(tx, actor.workspaceId, id);
    if (!trigger || !(await deleteTriggerRow(tx, actor.workspaceId, id))) throw notFound('trigger', id);
    const details = { name: trigger.sequenceName, sequenceId: trigger.sequenceId };
    await insertAuditEntry(tx, actor, 'trigger.deleted', { kind: 'trigger', id }, details);
  });
}
