/** Messages that providers took: recorded, and their enrolments go on, the next wait counted from acceptance. */
import type { Tx } from '#db/client.ts';
import { lockEnrolments } from '#db/queries/enrolment-controls.ts';
import { releaseUnknownHolds } from '#db/queries/enrolment-holds.ts';
import { type AcceptedMessage, acceptMessages } from '#db/queries/message-settlement.ts';
import { type Alarm, setAlarms } from '#jobs/queues/alarms.ts';
import { nextStep } from '#server/domain/definition/compile.ts';
import { type Placement, placeFrom } from '#server/domain/placement.ts';
import { anchorAfter } from '#server/domain/time/plan.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { leaveSteps } from './leave-steps.ts';
import type { Outgoing, OutgoingStep, Settled } from './outgoing.ts';
import { recordPassedSteps } from './record-passed-steps.ts';
import { walkContext } from './sequence-plan.ts';

interface Onward {
  readonly outgoing: Outgoing;
  readonly step: OutgoingStep;
  readonly anchorAt: Date;
  readonly placement: Placement;
}

/** Sets alarms: call it last. */
export async function settleAccepted(
  tx: Tx,
  workspaceId: WorkspaceId,
  settled: readonly (Settled & { result: { providerId: string | null } })[],
): Promise<void> {
  if (settled.length === 0) return;
  const onward = new Map<string, Onward>();
  const messages = settled.map(({ outgoing, result, at }): AcceptedMessage => {
    const { message, token, step } = outgoing;
    const accepted = { messageId: message.id, token, providerId: result.providerId, acceptedAt: at };
    if (!step) return { ...accepted, step: null };
    const anchorAt = anchorAfter(step.dueAt, at);
    const context = walkContext(step, step.compiled, step);
    const placement = placeFrom(nextStep(step.compiled, step.stepKey), step.stepNumber + 1, anchorAt, context);
    onward.set(message.id, { outgoing, step, anchorAt, placement });
    return { ...accepted, step: { ...step, anchorAt, ...nextOf(placement) } };
  });
  const outcomes = await acceptMessages(tx, workspaceId, messages);
  const advanced: Onward[] = [];
  const stopped: Onward[] = [];
  for (const outcome of outcomes) {
    const one = onward.get(outcome.messageId);
    if (one) (outcome.advanced ? advanced : stopped).push(one);
  }
  await recordPassedSteps(
    tx,
    workspaceId,
    advanced.map(({ outgoing, step, placement }) => ({ ...step, contactId: outgoing.contactId, placement })),
  );
  await goOnUnderLock(tx, workspaceId, stopped);
  await setAlarms(tx, alarmsOf(workspaceId, advanced));
}

function nextOf(placement: Placement) {
  return {
    nextKey: placement.stepKey,
    nextNumber: placement.stepNumber,
    nextPlannedAt: placement.plannedAt,
    nextDueAt: placement.dueAt,
    nextReasons: placement.moveReasons,
    exitReason: placement.exitReason,
    holdReason: placement.holdReason,
  };
}

/** Stopped or moved since the claim. Ended, or at another step: it does not advance. Paused or held: the step is done and
 *  the wait that follows is frozen. Held because the answer was uncertain: that hold is over. */
async function goOnUnderLock(tx: Tx, workspaceId: WorkspaceId, stopped: readonly Onward[]): Promise<void> {
  if (stopped.length === 0) return;
  const byEnrolment = new Map(stopped.map((one) => [one.step.enrolmentId, one]));
  const ids = [...byEnrolment.keys()];
  await lockEnrolments(tx, workspaceId, ids);
  await releaseUnknownHolds(tx, workspaceId, ids);
  const departures = (await lockEnrolments(tx, workspaceId, ids)).flatMap((row) => {
    const one = byEnrolment.get(row.id);
    const isThere = row.waitingFor === 'delivery' || row.waitingFor === 'unknown';
    if (!one || row.status === 'ended' || !isThere || row.stepNumber !== one.step.stepNumber) return [];
    return [{ row, stepKey: one.step.stepKey, version: one.step.version, outcome: null, anchorAt: one.anchorAt }];
  });
  await leaveSteps(tx, workspaceId, departures);
}

function alarmsOf(workspaceId: WorkspaceId, advanced: readonly Onward[]): Alarm[] {
  const dues = new Map<string, Alarm>();
  for (const { step, placement } of advanced) {
    if (!placement.dueAt) continue;
    const { sequenceId } = step;
    const key = `${sequenceId}:${placement.dueAt.getTime()}`;
    if (!dues.has(key)) dues.set(key, { queue: 'sequence.advance', workspaceId, sequenceId, at: placement.dueAt });
  }
  return [...dues.values()];
}
