/** Stops an operation where it stands; what it has done so far stays. */
import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { endOperation, findOperation } from '#db/queries/operations.ts';
import type { Actor } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';

/** Throws `notFound`, or `conflict` when it has ended already or cannot stop half-way. */
export async function cancelOperation(db: Db, actor: Actor, input: { readonly id: string }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { workspaceId } = actor;
    const operation = await findOperation(tx, workspaceId, input.id);
    if (!operation) throw notFound('operation', input.id);
    if (operation.kind === 'resumeSequence') {
      throw new DomainError('conflict', 'A sequence that is being resumed cannot stop half-way. Pause it again once it runs.', {});
    }
    if (operation.kind === 'replanEnrolments') {
      throw new DomainError(
        'conflict',
        'People in progress are being planned by the new rules, and nobody can be left by the old ones.',
        {},
      );
    }
    const ended = await endOperation(tx, workspaceId, input.id, { status: 'canceled', error: null });
    if (!ended) throw new DomainError('conflict', 'This operation has ended already.', { status: operation.status });
    await insertAuditEntry(tx, actor, 'operation.canceled', { kind: 'operation', id: input.id }, { kind: operation.kind });
  });
}
