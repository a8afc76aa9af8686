import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { insertSequence } from '#db/queries/sequences.ts';
import type { Actor } from '#server/auth/actor.ts';
import { type Definition, emptyDefinition } from '#server/domain/definition/schema.ts';

/** Makes a sequence as a draft; without a definition it starts empty, with office hours in the contact's zone. */
export async function createSequence(
  db: Db,
  actor: Actor,
  input: { name: string; definition?: Definition | undefined },
): Promise<{ id: string }> {
  return db.transaction().execute(async (tx) => {
    const id = await insertSequence(tx, actor.workspaceId, { name: input.name, draft: input.definition ?? emptyDefinition });
    await insertAuditEntry(tx, actor, 'sequence.created', { kind: 'sequence', id }, { name: input.name });
    return { id };
  });
}
