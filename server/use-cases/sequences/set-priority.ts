import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { lockSequenceRow, updateSequencePriority } from '#db/queries/sequences.ts';
import type { Actor } from '#server/auth/actor.ts';

/** Says who goes first where the frequency cap leaves contacts no room for everything: higher before lower. Throws `notFound`. */
export async function setPriority(db: Db, actor: Actor, input: { id: string; priority: number }): Promise<{ priority: number }> {
  return db.transaction().execute(async (tx) => {
    const before = await lockSequenceRow(tx, actor.workspaceId, input.id);
    if (before.priority === input.priority) return { priority: input.priority };
    await updateSequencePriority(tx, actor.workspaceId, input.id, input.priority);
    const details = { name: before.name, from: before.priority, to: input.priority };
    await insertAuditEntry(tx, actor, 'sequence.priorityChanged', { kind: 'sequence', id: input.id }, details);
    return { priority: input.priority };
  });
}
