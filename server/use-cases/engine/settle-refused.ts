/** Messages that providers refused for good: recorded with the reason, and their enrolments end. */
import type { Tx } from '#db/client.ts';
import { insertEnrolmentEvents } from '#db/queries/enrolment-events.ts';
import { failMessages } from '#db/queries/message-settlement.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { endEnrolmentsIn } from '../enrolments/end-enrolments-in.ts';
import type { Outgoing, Settled } from './outgoing.ts';

type Refused = Settled & { result: { code: string; message: string; bounced: boolean } };

/** A wrong address ends with `bounced`, anything else with `failed`. */
export async function settleRefused(tx: Tx, workspaceId: WorkspaceId, settled: readonly Refused[]): Promise<void> {
  if (settled.length === 0) return;
  const ids = new Set(
    await failMessages(
      tx,
      workspaceId,
      settled.map(({ outgoing, result }) => unsent(outgoing, result)),
    ),
  );
  const failed = settled.filter(({ outgoing }) => ids.has(outgoing.message.id) && outgoing.step !== null);
  await insertEnrolmentEvents(
    tx,
    workspaceId,
    failed.flatMap(({ outgoing, result, at }) => {
      const { step, message } = outgoing;
      if (!step) return [];
      const { enrolmentId, stepKey, stepNumber, plannedAt } = step;
      return [
        {
          enrolmentId,
          kind: 'failed' as const,
          stepKey,
          stepNumber,
          fromAt: plannedAt,
          toAt: at,
          reasons: [result.code],
          messageId: message.id,
        },
      ];
    }),
  );
  for (const reason of ['bounced', 'failed'] as const) {
    const ending = failed
      .filter(({ result }) => result.bounced === (reason === 'bounced'))
      .flatMap(({ outgoing }) => outgoing.step?.enrolmentId ?? []);
    await endEnrolmentsIn(tx, workspaceId, ending, reason, { kind: 'system', id: null });
  }
}

export function unsent(outgoing: Outgoing, result: { code: string; message: string }) {
  const { message, token } = outgoing;
  return { messageId: message.id, token, attempt: message.attempt, code: result.code.replaceAll(',', ' '), text: result.message };
}
