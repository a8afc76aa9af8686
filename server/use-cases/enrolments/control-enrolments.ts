/** Pause, resume and remove, as members and programs ask for them: up to 1,000 at once, more by an operation. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import type { EventActor } from '#db/queries/enrolment-events.ts';
import { countTarget, listTargetIds } from '#db/queries/enrolment-lists.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { directLimit, type EnrolmentTarget } from '#server/domain/operation.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { startOperation } from '../operations/start-operation.ts';
import type { ControlAnswer, RefusedEnrolment } from './control-answer.ts';
import { removeEnrolmentsIn } from './end-enrolments-in.ts';
import { pauseEnrolmentsIn } from './pause-enrolments-in.ts';
import { resumeEnrolmentsIn } from './resume-enrolments-in.ts';

export type ControlEnrolmentsAnswer =
  | { readonly accepted: readonly { readonly enrolmentId: string }[]; readonly refused: readonly RefusedEnrolment[] }
  | { readonly operationId: string };

type Apply = (tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], by: EventActor) => Promise<ControlAnswer>;
type Kind = 'pauseEnrolments' | 'resumeEnrolments' | 'removeEnrolments';

export function pauseEnrolments(db: Db, actor: Actor, target: EnrolmentTarget): Promise<ControlEnrolmentsAnswer> {
  return control(db, actor, target, 'pauseEnrolments', 'enrolments.paused', pauseEnrolmentsIn);
}

export function resumeEnrolments(db: Db, actor: Actor, target: EnrolmentTarget): Promise<ControlEnrolmentsAnswer> {
  return control(db, actor, target, 'resumeEnrolments', 'enrolments.resumed', resumeEnrolmentsIn);
}

export function removeEnrolments(db: Db, actor: Actor, target: EnrolmentTarget): Promise<ControlEnrolmentsAnswer> {
  return control(db, actor, target, 'removeEnrolments', 'enrolments.removed', removeEnrolmentsIn);
}

async function control(
  db: Db,
  actor: Actor,
  target: EnrolmentTarget,
  kind: Kind,
  action: string,
  apply: Apply,
): Promise<ControlEnrolmentsAnswer> {
  const { workspaceId } = actor;
  const inOne = async (tx: Tx): Promise<ControlEnrolmentsAnswer> => {
    const count = await countTarget(tx, workspaceId, target, directLimit + 1);
    if (count > directLimit) {
      const operationId = await startOperation(tx, actor, { kind, target }, 'ids' in target ? new Set(target.ids).size : null);
      await insertAuditEntry(tx, actor, action, { kind: 'enrolments', id: null }, { operationId });
      return { operationId };
    }
    const ids = await listTargetIds(tx, workspaceId, target, { after: null, limit: directLimit });
    const { accepted, refused } = await apply(tx, workspaceId, ids, { kind: actor.kind, id: actorId(actor) });
    if (accepted.length > 0) {
      const subject = { kind: 'enrolments', id: accepted.length === 1 ? (accepted[0] ?? null) : null };
      await insertAuditEntry(tx, actor, action, subject, { accepted: accepted.length });
    }
    return { accepted: accepted.map((enrolmentId) => ({ enrolmentId })), refused };
  };
  return retryOnConflict(() => db.transaction().execute(inOne));
}
