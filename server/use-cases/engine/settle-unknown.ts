/** Messages of which nobody knows whether they went out: they are never sent again blindly, and their enrolments wait. */
import type { Tx } from '#db/client.ts';
import { insertEnrolmentEvents } from '#db/queries/enrolment-events.ts';
import { holdForUnknown } from '#db/queries/enrolment-holds.ts';
import { markUnknown } from '#db/queries/message-settlement.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Settled } from './outgoing.ts';
import { unsent } from './settle-refused.ts';

type Uncertain = Settled & { result: { code: string; message: string } };

export interface UncertainMessage {
  readonly messageId: string;
  readonly enrolmentId: string;
  readonly stepKey: string;
  readonly stepNumber: number;
  readonly plannedAt: Date | null;
  readonly code: string;
}

export async function settleUnknown(tx: Tx, workspaceId: WorkspaceId, settled: readonly Uncertain[]): Promise<void> {
  if (settled.length === 0) return;
  const ids = new Set(
    await markUnknown(
      tx,
      workspaceId,
      settled.map(({ outgoing, result }) => unsent(outgoing, result)),
    ),
  );
  const uncertain = settled.flatMap(({ outgoing, result }): UncertainMessage[] => {
    const { message, step } = outgoing;
    return step && ids.has(message.id) ? [{ ...step, messageId: message.id, code: unsent(outgoing, result).code }] : [];
  });
  await holdUncertain(tx, workspaceId, uncertain);
}

/** Holds the enrolments of messages that were just marked `unknown`, and writes why. */
export async function holdUncertain(tx: Tx, workspaceId: WorkspaceId, messages: readonly UncertainMessage[]): Promise<void> {
  await holdForUnknown(tx, workspaceId, messages);
  await insertEnrolmentEvents(
    tx,
    workspaceId,
    messages.map(({ enrolmentId, stepKey, stepNumber, plannedAt, messageId, code }) => ({
      enrolmentId,
      kind: 'unknown' as const,
      stepKey,
      stepNumber,
      fromAt: plannedAt,
      reasons: [code],
      messageId,
    })),
  );
}
