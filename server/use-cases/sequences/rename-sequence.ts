import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { lockSequenceRow, updateSequenceName } from '#db/queries/sequences.ts';
import type { Actor } from '#server/auth/actor.ts';

/** Gives a sequence another name. Throws `notFound`. */
export async function renameSequence(db: Db, actor: Actor, input: { id: string; name: string }): Promise<{ name: string }> {
  return db.transaction().execute(async (tx) => {
    const before = await lockSequenceRow(tx, actor.workspaceId, input.id);
    if (before.name === input.name) return { name: input.name };
    await updateSequenceName(tx, actor.workspaceId, input.id, input.name);
    await insertAuditEntry(tx, actor, 'sequence.renamed', { kind: 'sequence', id: input.id }, { from: before.name, to: input.name });
    return { name: input.name };
  });
}
