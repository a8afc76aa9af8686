/** Another time for the step that each waits for: one that a member names, or now. */
import type { Tx } from '#db/client.ts';
import { isHeldByPlan } from '#db/queries/enrolment-placement.ts';
import type { EventActor } from '#db/queries/enrolment-events.ts';
import { effectiveWindowOf, stepOf } from '#server/domain/definition/compile.ts';
import { stayingAt } from '#server/domain/placement.ts';
import { moveIntoWindow } from '#server/domain/time/plan.ts';
import type { MoveReason } from '#server/domain/time/reasons.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { ControlAnswer } from './control-answer.ts';
import { placeByHand } from './place-by-hand.ts';

/** `at`: null for now; a time that has passed is now. `force`: also outside of the allowed hours, which is said in the ledger;
 *  otherwise the first allowed instant from there. Who is paused or held goes on first. */
export async function rescheduleEnrolmentsIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  to: { readonly at: Date | null; readonly force: boolean },
  by: EventActor,
): Promise<ControlAnswer> {
  const { answer } = await placeByHand(tx, workspaceId, ids, by, (row, plan, state) => {
    if (row.pausedAt) return 'paused';
    if (row.heldAt && !isHeldByPlan(row.holdReason)) return 'held';
    const step = stepOf(plan, row.stepKey);
    if (!step) return 'unknownStep';
    const plannedAt = to.at && to.at > state.now ? to.at : state.now;
    const moved = moveIntoWindow(plannedAt, effectiveWindowOf(plan, step, state.rules), row.timeZone);
    if (moved === 'neverOpens' && !to.force) return 'neverOpens';
    const isForced = to.force && moved !== null;
    const into = to.force || moved === null || moved === 'neverOpens' ? null : moved;
    const dueAt = into?.dueAt ?? plannedAt;
    const moveReasons: MoveReason[] = ['member', ...(isForced ? (['forced'] as const) : []), ...(into?.reasons ?? [])];
    return {
      placement: { ...stayingAt(row, {}), plannedAt, dueAt, moveReasons },
      anchorAt: row.anchorAt,
      event: {
        kind: 'rescheduled',
        stepKey: row.stepKey,
        stepNumber: row.stepNumber,
        fromAt: row.dueAt,
        toAt: dueAt,
        reasons: moveReasons,
      },
    };
  });
  return answer;
}
