/** One control over a set of enrolments, in the caller's transaction. */
import type { Tx } from '#db/client.ts';
import type { EventActor } from '#db/queries/enrolment-events.ts';
import type { EnrolmentControl } from '#server/domain/operation.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { ControlAnswer } from './control-answer.ts';
import { removeEnrolmentsIn } from './end-enrolments-in.ts';
import { moveToStepIn } from './move-to-step-in.ts';
import { pauseEnrolmentsIn } from './pause-enrolments-in.ts';
import { rescheduleEnrolmentsIn } from './reschedule-enrolments-in.ts';
import { resolveUnknownIn } from './resolve-unknown-in.ts';
import { resumeEnrolmentsIn } from './resume-enrolments-in.ts';
import { skipStepsIn } from './skip-steps-in.ts';

/** Sets alarms: call it last. */
export function applyControl(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  control: EnrolmentControl,
  by: EventActor,
): Promise<ControlAnswer> {
  switch (control.control) {
    case 'pause':
      return pauseEnrolmentsIn(tx, workspaceId, ids, by, control.until === undefined ? null : new Date(control.until));
    case 'resume':
      return resumeEnrolmentsIn(tx, workspaceId, ids, by);
    case 'remove':
      return removeEnrolmentsIn(tx, workspaceId, ids, by);
    case 'skipStep':
      return skipStepsIn(tx, workspaceId, ids, by);
    case 'sendNow':
      return rescheduleEnrolmentsIn(tx, workspaceId, ids, { at: null, force: control.force }, by);
    case 'resolveUnknown':
      return resolveUnknownIn(tx, workspaceId, ids, control.as, by);
    case 'moveTo':
      return moveToStepIn(tx, workspaceId, ids, control.stepKey, by);
    case 'reschedule':
      return rescheduleEnrolmentsIn(tx, workspaceId, ids, { at: new Date(control.at), force: false }, by);
  }
}
