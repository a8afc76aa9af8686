/** Passes over the step that each waits for: the next one counts from this moment. */
import type { Tx } from '#db/client.ts';
import type { EventActor } from '#db/queries/enrolment-events.ts';
import { insertSkippedMessages } from '#db/queries/step-messages.ts';
import { nextStep, stepOf } from '#server/domain/definition/compile.ts';
import { placeFrom } from '#server/domain/placement.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { walkContext } from '../engine/sequence-plan.ts';
import type { ControlAnswer } from './control-answer.ts';
import { type DecideByHand, type HandPlaced, placeByHand } from './place-by-hand.ts';

/** After the last step, the enrolment is complete. A bot that is passed over says no more, and what follows its step comes next. */
export async function skipStepsIn(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], by: EventActor): Promise<ControlAnswer> {
  const decide: DecideByHand = (row, plan, state) => {
    const next = row.stepKey === null ? null : nextStep(plan, row.stepKey);
    return {
      placement: placeFrom(next, row.stepNumber + 1, state.now, walkContext(state, plan, row)),
      anchorAt: state.now,
      event: { kind: 'skipped', stepKey: row.stepKey, stepNumber: row.stepNumber, fromAt: row.dueAt, reasons: ['member'] },
    };
  };
  const { answer, placed } = await placeByHand(tx, workspaceId, ids, by, decide, { endsBots: true });
  await insertSkippedMessages(tx, workspaceId, placed.flatMap(skippedMessage));
  return answer;
}

function skippedMessage({ row, plan }: HandPlaced) {
  const step = stepOf(plan, row.stepKey);
  if (step?.type !== 'message') return [];
  const { channelAccountId } = step.message;
  return [{ ...row, enrolmentId: row.id, stepKey: step.key, channelAccountId, reason: 'member', errorText: null }];
}
