/** The controls of enrolments, as members and programs ask for them: up to 1,000 at once, more by an operation. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { countTarget, listTargetIds } from '#db/queries/enrolment-lists.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { directLimit, type EnrolmentControl, type EnrolmentTarget } from '#server/domain/operation.ts';
import { now } from '#server/platform/clock.ts';
import { DomainError } from '#server/platform/errors.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { startOperation } from '../operations/start-operation.ts';
import { applyControl } from './apply-control.ts';
import type { RefusedEnrolment } from './control-answer.ts';

export type ControlEnrolmentsAnswer =
  | { readonly accepted: readonly { readonly enrolmentId: string }[]; readonly refused: readonly RefusedEnrolment[] }
  | { readonly operationId: string };

const auditActions = {
  pause: 'enrolments.paused',
  resume: 'enrolments.resumed',
  remove: 'enrolments.removed',
  skipStep: 'enrolments.stepSkipped',
  sendNow: 'enrolments.sentNow',
  resolveUnknown: 'enrolments.unknownResolved',
  moveTo: 'enrolments.movedToStep',
  reschedule: 'enrolments.rescheduled',
} as const satisfies Record<EnrolmentControl['control'], string>;

/** Each in the ledger with who did it. Throws `invalid` for a time that has passed. */
export function controlEnrolments(
  db: Db,
  actor: Actor,
  target: EnrolmentTarget,
  control: EnrolmentControl,
): Promise<ControlEnrolmentsAnswer> {
  const { workspaceId } = actor;
  const action = auditActions[control.control];
  const inOne = async (tx: Tx): Promise<ControlEnrolmentsAnswer> => {
    await refusePast(tx, control);
    const count = await countTarget(tx, workspaceId, target, directLimit + 1);
    if (count > directLimit) {
      const total = 'ids' in target ? new Set(target.ids).size : null;
      const operationId = await startOperation(tx, actor, { kind: 'controlEnrolments', target, control }, total);
      await insertAuditEntry(tx, actor, action, { kind: 'enrolments', id: null }, { operationId, ...control });
      return { operationId };
    }
    const ids = await listTargetIds(tx, workspaceId, target, { after: null, limit: directLimit });
    const { accepted, refused } = await applyControl(tx, workspaceId, ids, control, { kind: actor.kind, id: actorId(actor) });
    if (accepted.length > 0) {
      const subject = { kind: 'enrolments', id: accepted.length === 1 ? (accepted[0] ?? null) : null };
      await insertAuditEntry(tx, actor, action, subject, { accepted: accepted.length, ...control });
    }
    return { accepted: accepted.map((enrolmentId) => ({ enrolmentId })), refused };
  };
  return retryOnConflict(() => db.transaction().execute(inOne));
}

async function refusePast(tx: Tx, control: EnrolmentControl): Promise<void> {
  const at = control.control === 'reschedule' ? control.at : control.control === 'pause' ? control.until : undefined;
  if (at === undefined || new Date(at) > (await now(tx))) return;
  throw new DomainError('invalid', 'That time has passed. Choose one that lies ahead.', {
    field: control.control === 'pause' ? 'until' : 'at',
    reason: 'timePassed',
  });
}
