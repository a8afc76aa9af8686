/** Writes down what a claim decided besides sending: moves to a later hour, steps passed over, bots begun, ends, holds. */
import type { Tx } from '#db/client.ts';
import { type DueEnrolment, rescheduleEnrolments } from '#db/queries/due-enrolments.ts';
import { insertEnrolmentEvents, type NewEnrolmentEvent } from '#db/queries/enrolment-events.ts';
import { placeEnrolments, type PlacedEnrolment } from '#db/queries/enrolment-placement.ts';
import { insertSkippedMessages } from '#db/queries/step-messages.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import { nextStep } from '#server/domain/definition/compile.ts';
import { type Placement, placeFrom, stayingAt } from '#server/domain/placement.ts';
import { anchorAfter } from '#server/domain/time/plan.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { recordPassedSteps } from './record-passed-steps.ts';
import type { UndoneStep } from './render-steps.ts';
import { walkContext } from './sequence-plan.ts';
import { startBots } from './start-bots.ts';
import type { RuledSequence } from './workspace-rules.ts';

interface Placed {
  readonly one: UndoneStep;
  readonly to: PlacedEnrolment;
}

/** Sets the alarms of what follows: call it last. */
export async function applyDecisions(
  tx: Tx,
  workspaceId: WorkspaceId,
  state: RuledSequence,
  decided: readonly UndoneStep[],
): Promise<void> {
  if (decided.length === 0) return;
  const moved = decided.flatMap(({ row, decision }) => (decision.kind === 'reschedule' ? [{ row, decision }] : []));
  await rescheduleEnrolments(
    tx,
    workspaceId,
    moved.map(({ row, decision }) => ({ ...decision, id: row.id, moveReasons: decision.reasons, planRevision: state.planRevision })),
  );
  const bots = await startBots(tx, workspaceId, decided, state.now);
  const skipped = [...decided.filter(({ decision }) => decision.kind === 'skip'), ...bots.refused];
  const placed: Placed[] = [
    ...skipped.map((one) => placedAt(one, state, following(one, null, state))),
    ...bots.ended.map(({ one, outcome }) => placedAt(one, state, following(one, outcome, state))),
    ...decided.flatMap((one) => {
      if (one.decision.kind === 'exit') return [placedAt(one, state, stayingAt(one.row, { exitReason: one.decision.reason }))];
      return one.decision.kind === 'hold' ? [placedAt(one, state, stayingAt(one.row, { holdReason: one.decision.reason }))] : [];
    }),
  ];
  await insertSkippedMessages(tx, workspaceId, skippedMessages(skipped, state.id));
  await placeEnrolments(
    tx,
    workspaceId,
    placed.map(({ to }) => to),
    { bump: false },
  );
  await insertEnrolmentEvents(tx, workspaceId, [
    ...moved.map(({ row, decision }) => eventOf(row, { kind: 'rescheduled', toAt: decision.dueAt, reasons: decision.reasons })),
    ...skipped.map((one) => eventOf(one.row, { kind: 'skipped', reasons: one.decision.kind === 'skip' ? [one.decision.reason] : [] })),
    ...[...bots.started, ...bots.ended.map(({ one }) => one)].map(({ row }) =>
      eventOf(row, { kind: 'botStarted', toAt: state.now, reasons: row.moveReasons }),
    ),
    ...bots.ended.map(({ one, outcome }) => eventOf(one.row, { kind: 'botEnded', toAt: state.now, reasons: [outcome] })),
  ]);
  await recordPassedSteps(
    tx,
    workspaceId,
    placed.map(({ one, to }) => ({ ...one.row, enrolmentId: one.row.id, sequenceId: state.id, placement: to.placement })),
  );
  const dues = [...moved.map(({ decision }) => decision.dueAt), ...placed.map(({ to }) => to.placement.dueAt)];
  await setAlarms(
    tx,
    dues.flatMap((at) => (at ? [{ queue: 'sequence.advance' as const, workspaceId, sequenceId: state.id, at }] : [])),
  );
}

/** What comes after a step that is done now; the moment of the decision is the anchor. */
function following({ row, compiled }: UndoneStep, outcome: string | null, state: RuledSequence): Placement {
  const anchorAt = anchorAfter(row.dueAt, state.now);
  return placeFrom(nextStep(compiled, row.stepKey, outcome), row.stepNumber + 1, anchorAt, walkContext(state, compiled, row));
}

function placedAt(one: UndoneStep, state: RuledSequence, placement: Placement): Placed {
  const stays = placement.stepNumber === one.row.stepNumber;
  const anchorAt = stays ? one.row.anchorAt : anchorAfter(one.row.dueAt, state.now);
  return {
    one,
    to: {
      ...one.row,
      anchorAt,
      planRevision: state.planRevision,
      placement,
      frozenWaitMs: placement.holdReason === 'humanTakeover' ? 0 : null,
    },
  };
}

function eventOf(row: DueEnrolment, more: Omit<NewEnrolmentEvent, 'enrolmentId'>): NewEnrolmentEvent {
  return { enrolmentId: row.id, stepKey: row.stepKey, stepNumber: row.stepNumber, fromAt: row.plannedAt ?? row.dueAt, ...more };
}

function skippedMessages(skipped: readonly UndoneStep[], sequenceId: string) {
  return skipped.flatMap(({ row, decision, errorText }) => {
    if (decision.kind !== 'skip' || decision.step.type !== 'message') return [];
    const { channelAccountId } = decision.step.message;
    const { reason } = decision;
    return [{ ...row, enrolmentId: row.id, sequenceId, channelAccountId, reason, errorText: errorText ?? null }];
  });
}
