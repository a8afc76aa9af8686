/** Writes down what a walk over the plan passed: steps skipped at planning, and the end where it came to one. */
import type { Tx } from '#db/client.ts';
import { insertEnrolmentEvents, type NewEnrolmentEvent } from '#db/queries/enrolment-events.ts';
import { insertSkippedMessages, type SkippedMessage } from '#db/queries/step-messages.ts';
import type { Placement } from '#server/domain/placement.ts';
import type { ZoneOrigin } from '#server/domain/time/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

export interface PassedSteps {
  readonly enrolmentId: string;
  readonly contactId: string;
  readonly sequenceId: string;
  readonly version: number;
  readonly epoch: number;
  readonly timeZone: string;
  readonly timeZoneOrigin: ZoneOrigin;
  readonly placement: Placement;
}

/** One event per step passed over (and a `skipped` message where it was to send one), one per end or hold. */
export async function recordPassedSteps(tx: Tx, workspaceId: WorkspaceId, rows: readonly PassedSteps[]): Promise<void> {
  const events: NewEnrolmentEvent[] = [];
  const messages: SkippedMessage[] = [];
  for (const row of rows) {
    const { enrolmentId, placement } = row;
    for (const { step, stepNumber, plannedAt, reason } of placement.skipped) {
      events.push({ enrolmentId, kind: 'skipped', stepKey: step.key, stepNumber, fromAt: plannedAt, reasons: [reason] });
      if (step.type !== 'message') continue;
      messages.push({
        ...row,
        stepKey: step.key,
        stepNumber,
        channelAccountId: step.message.channelAccountId,
        plannedAt,
        dueAt: null,
        reason,
        errorText: null,
      });
    }
    const { stepKey, stepNumber } = placement;
    if (placement.exitReason) events.push({ enrolmentId, kind: 'exited', stepKey, stepNumber, reasons: [placement.exitReason] });
    if (placement.holdReason) events.push({ enrolmentId, kind: 'held', stepKey, stepNumber, reasons: [placement.holdReason] });
  }
  await insertSkippedMessages(tx, workspaceId, messages);
  await insertEnrolmentEvents(tx, workspaceId, events);
}
