/** Messages that surely did not go out, and may later: queued again with back-off, inside the allowed hours. */
import type { Tx } from '#db/client.ts';
import { requeueMessages } from '#db/queries/message-settlement.ts';
import { type Alarm, setAlarms } from '#jobs/queues/alarms.ts';
import { effectiveWindowOf, stepOf } from '#server/domain/definition/compile.ts';
import { mostAttempts, retryDelayMs } from '#server/domain/retry.ts';
import { firstAllowedInstant } from '#server/domain/time/window.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { OutgoingStep, Settled } from './outgoing.ts';
import { settleRefused, unsent } from './settle-refused.ts';

type Retried = Settled & { result: { code: string; message: string; afterMs: number | null } };

/** After the last attempt a message is refused for good, with what the provider said last. Sets alarms. */
export async function settleRetries(tx: Tx, workspaceId: WorkspaceId, settled: readonly Retried[]): Promise<void> {
  if (settled.length === 0) return;
  const givenUp = settled.filter(({ outgoing }) => outgoing.message.attempt >= mostAttempts);
  await settleRefused(
    tx,
    workspaceId,
    givenUp.map((one) => ({ ...one, result: { ...one.result, bounced: false } })),
  );
  const again = settled.filter(({ outgoing }) => outgoing.message.attempt < mostAttempts);
  const retried = again.map(({ outgoing, result, at }) => {
    const wanted = new Date(at.getTime() + retryDelayMs(outgoing.message.attempt, result.afterMs));
    return { outgoing, row: { ...unsent(outgoing, result), nextAttemptAt: allowedAt(wanted, outgoing.step) } };
  });
  await requeueMessages(
    tx,
    workspaceId,
    retried.map(({ row }) => row),
  );
  const alarms = retried.map(
    ({ outgoing, row }): Alarm => ({
      queue: 'account.deliver',
      workspaceId,
      channelAccountId: outgoing.channelAccountId,
      at: row.nextAttemptAt,
    }),
  );
  await setAlarms(tx, alarms);
}

/** Bots and members answer a person who is there: windows are for steps. */
function allowedAt(wanted: Date, step: OutgoingStep | null): Date {
  const planned = step ? stepOf(step.compiled, step.stepKey) : null;
  if (!step || !planned) return wanted;
  return firstAllowedInstant(wanted, effectiveWindowOf(step.compiled, planned, step.rules), step.timeZone) ?? wanted;
}
