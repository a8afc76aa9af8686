/** Holds what a claim decided against the frequency cap of the workspace: who got enough waits for room. */
import type { Tx } from '#db/client.ts';
import { contactUsage } from '#db/queries/frequency.ts';
import type { Decision } from '#server/domain/advance.ts';
import { effectiveWindowOf } from '#server/domain/definition/compile.ts';
import { waitForRoom } from '#server/domain/frequency-cap.ts';
import { moveIntoWindow } from '#server/domain/time/plan.ts';
import { ceilToMinute } from '#server/domain/time/wall-clock.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { DecidedEnrolment } from './claim-batch.ts';
import type { RuledSequence } from './workspace-rules.ts';

/** In due order: what comes first gets the room that is left. Without a cap it costs nothing. */
export async function withinFrequency(
  tx: Tx,
  workspaceId: WorkspaceId,
  state: RuledSequence,
  decided: readonly DecidedEnrolment[],
): Promise<DecidedEnrolment[]> {
  const { frequencyCap: cap } = state;
  if (!cap) return [...decided];
  const contactIds = [...new Set(decided.filter(speaks).map(({ row }) => row.contactId))].sort();
  if (contactIds.length === 0) return [...decided];
  const usage = await contactUsage(tx, workspaceId, { cap, sequenceId: state.id, priority: state.priority, now: state.now, contactIds });
  const granted = new Map<string, number>();
  return decided.map((one) => {
    const { contactId } = one.row;
    const ofContact = usage.get(contactId);
    if (!speaks(one) || !ofContact) return one;
    const before = granted.get(contactId) ?? 0;
    const roomAt = waitForRoom(cap, ofContact, before, state.now);
    if (roomAt) return { ...one, decision: postponed(one, roomAt, state) };
    granted.set(contactId, before + 1);
    return one;
  });
}

function speaks({ decision }: DecidedEnrolment): boolean {
  return decision.kind === 'send' || decision.kind === 'startBot';
}

function postponed({ row, compiled, decision }: DecidedEnrolment, roomAt: Date, state: RuledSequence): Decision {
  if (decision.kind !== 'send' && decision.kind !== 'startBot') return decision;
  const at = new Date(ceilToMinute(roomAt.getTime()));
  const moved = moveIntoWindow(at, effectiveWindowOf(compiled, decision.step, state.rules), row.timeZone);
  if (moved === 'neverOpens') return { kind: 'hold', reason: 'neverOpens' };
  const reasons = ['frequencyCap' as const, ...(moved?.reasons ?? [])];
  return { kind: 'reschedule', plannedAt: row.plannedAt ?? row.dueAt, dueAt: moved?.dueAt ?? at, reasons };
}
