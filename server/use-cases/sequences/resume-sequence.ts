import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { countTarget, listTargetIds } from '#db/queries/enrolment-lists.ts';
import { findNextDueAt } from '#db/queries/due-enrolments.ts';
import { lockSequence } from '#db/queries/sequence-plans.ts';
import { isUnderOperation, setSequenceStatus } from '#db/queries/sequence-status.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { directLimit } from '#server/domain/operation.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { shiftEnrolmentsIn } from '../engine/shift-enrolments-in.ts';
import { startOperation } from '../operations/start-operation.ts';

export interface ResumeSequenceInput {
  readonly id: string;
  /** People who wait: everyone later by the pause, overdue steps sent at the sender's rate, or overdue steps passed over. */
  readonly overdue: 'shift' | 'send' | 'skip';
}

/** Lets a paused sequence go on. With many people waiting a worker moves them first: the sequence runs when it is done.
 *  Throws `conflict` when it is not paused, or is being resumed already. */
export async function resumeSequence(
  db: Db,
  actor: Actor,
  input: ResumeSequenceInput,
): Promise<{ status: 'running' } | { status: 'paused'; operationId: string }> {
  const { workspaceId } = actor;
  const { id: sequenceId, overdue } = input;
  return db.transaction().execute(async (tx) => {
    const state = await lockSequence(tx, workspaceId, sequenceId);
    if (!state) throw notFound('sequence', sequenceId);
    if (state.status !== 'paused' || (await isUnderOperation(tx, workspaceId, sequenceId, 'resumeSequence'))) {
      throw new DomainError('conflict', `The sequence "${state.name}" is not paused, or is being resumed already.`, {
        status: state.status,
      });
    }
    const pausedAt = (state.pausedAt ?? state.now).toISOString();
    const pause = { sequenceId, overdue, pausedAt, resumedAt: state.now.toISOString() };
    const subject = { kind: 'sequence', id: sequenceId };
    const waiting = { filter: { sequenceId, status: 'active' as const } };
    const count = overdue === 'send' ? 0 : await countTarget(tx, workspaceId, waiting, directLimit + 1);
    if (count > directLimit) {
      const operationId = await startOperation(tx, actor, { kind: 'resumeSequence', ...pause }, null);
      await insertAuditEntry(tx, actor, 'sequence.resumed', subject, { overdue, operationId });
      return { status: 'paused', operationId };
    }
    const ids = count === 0 ? [] : await listTargetIds(tx, workspaceId, waiting, { after: null, limit: directLimit });
    await shiftEnrolmentsIn(tx, workspaceId, pause, ids, { kind: actor.kind, id: actorId(actor) });
    await insertAuditEntry(tx, actor, 'sequence.resumed', subject, { overdue });
    await runSequenceAgain(tx, workspaceId, sequenceId);
    return { status: 'running' };
  });
}

/** The last act of a resumption. Sets the alarm: call it last. */
export async function runSequenceAgain(tx: Tx, workspaceId: WorkspaceId, sequenceId: string): Promise<void> {
  await setSequenceStatus(tx, workspaceId, sequenceId, 'running');
  const at = await findNextDueAt(tx, workspaceId, sequenceId);
  if (at) await setAlarms(tx, [{ queue: 'sequence.advance', workspaceId, sequenceId, at }]);
}
