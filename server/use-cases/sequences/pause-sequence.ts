import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { lockSequence } from '#db/queries/sequence-plans.ts';
import { setSequenceStatus } from '#db/queries/sequence-status.ts';
import type { Actor } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';

/** Freezes a running sequence: once this has committed, nothing more of it is claimed. What is with a provider settles.
 *  Throws `conflict` when it does not run. */
export async function pauseSequence(db: Db, actor: Actor, input: { readonly id: string }): Promise<{ status: 'paused' }> {
  const { workspaceId } = actor;
  return db.transaction().execute(async (tx) => {
    const state = await lockSequence(tx, workspaceId, input.id);
    if (!state) throw notFound('sequence', input.id);
    if (state.status !== 'running') {
      throw new DomainError('conflict', `The sequence "${state.name}" is not running, so there is nothing to pause.`, {
        status: state.status,
      });
    }
    await setSequenceStatus(tx, workspaceId, input.id, 'paused');
    await insertAuditEntry(tx, actor, 'sequence.paused', { kind: 'sequence', id: input.id });
    return { status: 'paused' };
  });
}
