import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { countOpenEnrolments, listOpenEnrolmentIds } from '#db/queries/open-enrolments.ts';
import { lockSequence } from '#db/queries/sequence-plans.ts';
import { setSequenceStatus } from '#db/queries/sequence-status.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { directLimit } from '#server/domain/operation.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';
import { endEnrolmentsIn } from '../enrolments/end-enrolments-in.ts';
import { startOperation } from '../operations/start-operation.ts';

/** Ends a sequence for good: nothing more of it is claimed, nobody enters, and whoever is in it leaves with `sequenceArchived`.
 *  Throws `conflict` when it is archived already. */
export async function archiveSequence(
  db: Db,
  actor: Actor,
  input: { readonly id: string },
): Promise<{ status: 'archived'; operationId: string | null }> {
  const { workspaceId } = actor;
  const { id: sequenceId } = input;
  return db.transaction().execute(async (tx) => {
    const state = await lockSequence(tx, workspaceId, sequenceId);
    if (!state) throw notFound('sequence', sequenceId);
    if (state.status === 'archived')
      throw new DomainError('conflict', `The sequence "${state.name}" is archived already.`, { status: state.status });
    await setSequenceStatus(tx, workspaceId, sequenceId, 'archived');
    const open = await countOpenEnrolments(tx, workspaceId, sequenceId);
    await insertAuditEntry(tx, actor, 'sequence.archived', { kind: 'sequence', id: sequenceId }, { open });
    if (open > directLimit) {
      return { status: 'archived', operationId: await startOperation(tx, actor, { kind: 'archiveSequence', sequenceId }, open) };
    }
    const ids = await listOpenEnrolmentIds(tx, workspaceId, sequenceId, { after: null, limit: directLimit });
    await endEnrolmentsIn(tx, workspaceId, ids, 'sequenceArchived', { kind: actor.kind, id: actorId(actor) });
    return { status: 'archived', operationId: null };
  });
}
