/** Takes people to another step of the version that they are in: it waits from this moment on. */
import type { Tx } from '#db/client.ts';
import type { EventActor } from '#db/queries/enrolment-events.ts';
import { stepOf } from '#server/domain/definition/compile.ts';
import { placeFrom } from '#server/domain/placement.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { walkContext } from '../engine/sequence-plan.ts';
import type { ControlAnswer } from './control-answer.ts';
import { type DecideByHand, placeByHand } from './place-by-hand.ts';

/** A step that was sent before is entered again under a new number, and sent again. Refused where the version has no such step. */
export async function moveToStepIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  stepKey: string,
  by: EventActor,
): Promise<ControlAnswer> {
  const decide: DecideByHand = (row, plan, state) => {
    const step = stepOf(plan, stepKey);
    if (!step) return 'unknownStep';
    const placement = placeFrom(step, row.stepNumber + 1, state.now, walkContext(state, plan, row));
    return {
      placement,
      anchorAt: state.now,
      event: {
        kind: 'stepChanged',
        stepKey,
        stepNumber: row.stepNumber + 1,
        fromAt: row.dueAt,
        toAt: placement.dueAt,
        reasons: ['member', ...placement.moveReasons],
        details: { fromStepKey: row.stepKey },
      },
    };
  };
  const { answer } = await placeByHand(tx, workspaceId, ids, by, decide, { endsBots: true });
  return answer;
}
