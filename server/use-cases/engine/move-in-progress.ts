/** After a publication: whoever is in progress goes on by the new version. */
import type { Tx } from '#db/client.ts';
import { countOpenEnrolments, listOpenEnrolmentIds } from '#db/queries/open-enrolments.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { directLimit } from '#server/domain/operation.ts';
import { startOperation } from '../operations/start-operation.ts';
import { moveEnrolmentsIn } from './move-enrolments-in.ts';

/** Up to 1,000 people are moved in this transaction, more by an operation, whose id it answers. Call it last: it sets alarms. */
export async function moveInProgress(tx: Tx, actor: Actor, sequenceId: string): Promise<{ operationId: string | null }> {
  const { workspaceId } = actor;
  const open = await countOpenEnrolments(tx, workspaceId, sequenceId);
  if (open > directLimit) return { operationId: await startOperation(tx, actor, { kind: 'moveEnrolments', sequenceId }, open) };
  const ids = await listOpenEnrolmentIds(tx, workspaceId, sequenceId, { after: null, limit: directLimit });
  await moveEnrolmentsIn(tx, workspaceId, sequenceId, ids, { kind: actor.kind, id: actorId(actor) });
  return { operationId: null };
}
