/** Stops of enrolments and their ends, in sets and under lock. Each bumps the epoch, so that what is under way knows. */
import { sql } from 'kysely';
import type { MoveReason } from '#server/domain/time/reasons.ts';
import type { ZoneOrigin } from '#server/domain/time/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

export interface LockedEnrolment {
  readonly id: string;
  readonly sequenceId: string;
  readonly contactId: string;
  readonly version: number;
  readonly planRevision: number;
  readonly status: 'active' | 'paused' | 'held' | 'ended';
  readonly waitingFor: 'due' | 'delivery' | 'bot' | 'unknown';
  readonly stepKey: string | null;
  readonly stepNumber: number;
  readonly dueAt: Date | null;
  readonly plannedAt: Date | null;
  readonly moveReasons: readonly MoveReason[];
  readonly anchorAt: Date;
  readonly startedAt: Date;
  readonly pausedAt: Date | null;
  readonly pausedUntil: Date | null;
  readonly heldAt: Date | null;
  readonly holdReason: string | null;
  readonly frozenWaitMs: number | null;
  readonly timeZone: string;
  readonly timeZoneOrigin: ZoneOrigin;
  readonly epoch: number;
  readonly fields: Record<string, unknown>;
  readonly contactTimeZone: string | null;
  readonly contactTimeZoneOrigin: 'set' | 'phone' | null;
}

/** The rows, locked in the order of their ids, with their contacts' fields. Ids of other workspaces are missing. Locked before
 *  they are joined: one that was waited for may belong to another contact by then, and would fall out of the join. */
export async function lockEnrolments(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<LockedEnrolment[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<LockedEnrolment>`
    with e as materialized (
      select * from enrolments where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[]) order by id for no key update
    )
    select e.id, e.sequence_id, e.contact_id, e.version, e.plan_revision, e.status, e.waiting_for, e.step_key, e.step_number, e.due_at,
           e.planned_at, e.move_reasons, e.anchor_at, e.started_at, e.paused_at, e.paused_until, e.held_at, e.hold_reason, e.frozen_wait_ms, e.time_zone, e.time_zone_origin, e.epoch, c.fields,
           c.time_zone as contact_time_zone, c.time_zone_origin as contact_time_zone_origin
    from e join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id order by e.id`.execute(tx);
  return rows;
}

/** What remains of a wait, for rows that are stopped; kept where another stop has frozen it already. */
const frozenWait = sql`case
        when frozen_wait_ms is not null then frozen_wait_ms
        when waiting_for = 'due' and due_at is not null then greatest(0, extract(epoch from due_at - andante_now()) * 1000)::bigint
      end`;

/** Pauses rows that are locked, or gives their pause another end. What remains of a wait is frozen; what is under way
 *  settles first. */
export async function markPaused(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], until: Date | null): Promise<void> {
  await sql`
    update enrolments set paused_at = coalesce(paused_at, andante_now()), paused_until = ${until}::timestamptz, epoch = epoch + 1,
      frozen_wait_ms = ${frozenWait}
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(tx);
}

/** Holds locked rows that nothing else holds, or gives a hold of the same reason another end. */
export async function markHeld(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  hold: { readonly reason: string; readonly until: Date | null },
): Promise<void> {
  await sql`
    update enrolments set held_at = coalesce(held_at, andante_now()), held_until = ${hold.until}::timestamptz, hold_reason = ${hold.reason},
      epoch = epoch + 1, frozen_wait_ms = ${frozenWait}
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(tx);
}

export interface ResumedEnrolment {
  readonly id: string;
  /** Null while something else still stops it, or while it waits for a delivery or a bot. */
  readonly plannedAt: Date | null;
  readonly dueAt: Date | null;
  readonly moveReasons: readonly string[];
  readonly anchorAt: Date;
}

/** Ends the pause or the hold of locked rows, with the due times that were computed from their frozen waits. */
export async function markResumed(
  tx: Tx,
  workspaceId: WorkspaceId,
  stop: 'pause' | 'hold',
  rows: readonly ResumedEnrolment[],
): Promise<void> {
  if (rows.length === 0) return;
  const ends = stop === 'pause' ? sql`paused_at = null, paused_until = null` : sql`held_at = null, held_until = null, hold_reason = null`;
  await sql`
    update enrolments e set ${ends}, epoch = e.epoch + 1,
      frozen_wait_ms = case when x.due_at is null then e.frozen_wait_ms end,
      due_at = coalesce(x.due_at, e.due_at), planned_at = coalesce(x.planned_at, e.planned_at), anchor_at = x.anchor_at,
      move_reasons = case when x.due_at is null then e.move_reasons else string_to_array(x.move_reasons, ',') end
    from ${rowSet('x', rows, {
      id: ['uuid', (row) => row.id],
      due_at: ['timestamptz', (row) => row.dueAt],
      planned_at: ['timestamptz', (row) => row.plannedAt],
      anchor_at: ['timestamptz', (row) => row.anchorAt],
      move_reasons: ['text', (row) => row.moveReasons.join(',')],
    })}
    where e.workspace_id = ${workspaceId} and e.id = x.id`.execute(tx);
}

/** Ends locked rows that have not ended: nothing is due any more, queued retries of their steps are canceled.
 *  A message under way settles by its token and advances nothing. */
export async function markEnded(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], exitReason: string): Promise<void> {
  await sql`
    with ended as (
      update enrolments set ended_at = andante_now(), exit_reason = ${exitReason}, epoch = epoch + 1,
        due_at = null, planned_at = null, frozen_wait_ms = null, paused_at = null, paused_until = null, held_at = null, held_until = null, hold_reason = null
      where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[]) and ended_at is null
      returning id
    )
    update messages m set state = 'canceled', reason = ${exitReason}, next_attempt_at = null
    from ended where m.workspace_id = ${workspaceId} and m.enrolment_id = ended.id and m.origin = 'step' and m.next_attempt_at is not null`.execute(
    tx,
  );
}

/** Enrolments whose hold for `reason` is over by its time, by their ids; locked against other workers. */
export async function lockEndedHolds(tx: Tx, workspaceId: WorkspaceId, reason: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from enrolments where workspace_id = ${workspaceId} and held_until <= andante_now() and held_at is not null and ended_at is null
      and hold_reason = ${reason}
    order by id limit ${limit} for no key update skip locked`.execute(tx);
  return rows.map((row) => row.id);
}

/** Enrolments whose pause is over, by their ids; locked against other workers. */
export async function lockEndedPauses(tx: Tx, workspaceId: WorkspaceId, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from enrolments where workspace_id = ${workspaceId} and paused_until <= andante_now() and paused_at is not null and ended_at is null
    order by id limit ${limit} for no key update skip locked`.execute(tx);
  return rows.map((row) => row.id);
}
