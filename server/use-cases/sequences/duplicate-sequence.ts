import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { getSequence, insertSequence } from '#db/queries/sequences.ts';
import type { Actor } from '#server/auth/actor.ts';

/** Makes a new draft from another sequence's draft. Nobody is enrolled in the copy. Throws `notFound`. */
export async function duplicateSequence(db: Db, actor: Actor, input: { id: string; name?: string | undefined }): Promise<{ id: string }> {
  return db.transaction().execute(async (tx) => {
    const original = await getSequence(tx, actor.workspaceId, input.id);
    const name = input.name ?? `${original.name.slice(0, 116)} (2)`;
    const id = await insertSequence(tx, actor.workspaceId, { name, draft: original.draft });
    await insertAuditEntry(tx, actor, 'sequence.duplicated', { kind: 'sequence', id }, { from: input.id, name });
    return { id };
  });
}
