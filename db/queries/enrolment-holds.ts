/** Holds that the engine itself puts on enrolments: a delivery of which nobody knows the outcome. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

export const unknownHoldReason = 'unknownDelivery';
const unknownHoldHours = 24;

export interface UncertainStep {
  readonly enrolmentId: string;
  readonly stepNumber: number;
}

/** Holds them for a day, unless they have left that step or ended. */
export async function holdForUnknown(tx: Tx, workspaceId: WorkspaceId, steps: readonly UncertainStep[]): Promise<void> {
  if (steps.length === 0) return;
  await sql`
    update enrolments e set waiting_for = 'unknown', held_at = andante_now(), held_until = andante_now() + ${unknownHoldHours} * interval '1 hour',
      hold_reason = ${unknownHoldReason}
    from ${rowSet('x', steps, { enrolment_id: ['uuid', (row) => row.enrolmentId], step_number: ['int4', (row) => row.stepNumber] })}
    where e.workspace_id = ${workspaceId} and e.id = x.enrolment_id and e.step_number = x.step_number and e.ended_at is null
      and e.waiting_for = 'delivery'`.execute(tx);
}

/** Ends such holds: the outcome is known now, or taken as known. */
export async function releaseUnknownHolds(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<void> {
  await sql`
    update enrolments set held_at = null, held_until = null, hold_reason = null
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[]) and waiting_for = 'unknown' and hold_reason = ${unknownHoldReason}`.execute(
    tx,
  );
}

export interface OverdueHold {
  readonly enrolmentId: string;
  readonly claimedAt: Date;
  readonly version: number;
}

/** Enrolments whose hold for an unknown delivery is over, locked, with when that message was claimed. */
export async function lockOverdueUnknownHolds(tx: Tx, workspaceId: WorkspaceId, limit: number): Promise<OverdueHold[]> {
  const { rows } = await sql<OverdueHold>`
    select e.id as enrolment_id, m.claimed_at, m.version
    from enrolments e
    join messages m on m.workspace_id = e.workspace_id and m.enrolment_id = e.id and m.step_number = e.step_number and m.origin = 'step'
    where e.workspace_id = ${workspaceId} and e.hold_reason = ${unknownHoldReason} and e.held_until <= andante_now() and e.ended_at is null
      and e.paused_at is null
    order by e.id limit ${limit} for no key update of e skip locked`.execute(tx);
  return rows;
}

/** Their message is to be sent again: they wait for its delivery. */
export async function waitForDelivery(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<void> {
  await sql`update enrolments set waiting_for = 'delivery' where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
}
