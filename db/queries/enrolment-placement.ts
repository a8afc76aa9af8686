/** Puts locked enrolments where a walk over the plan led them: the next step and its due time, a hold, or the end. */
import { sql } from 'kysely';
import type { Placement } from '#server/domain/placement.ts';
import type { ZoneOrigin } from '#server/domain/time/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

export interface PlacedEnrolment {
  readonly id: string;
  readonly version: number;
  readonly planRevision: number;
  readonly timeZone: string;
  readonly timeZoneOrigin: ZoneOrigin;
  readonly anchorAt: Date;
  readonly placement: Placement;
  /** What remains of the wait, for one that is paused or held; null for one that runs. */
  readonly frozenWaitMs: number | null;
}

/** Holds that a plan itself puts on people: placed anew, they are over unless the new place has one too. */
const planHoldReasons = ['neverOpens', 'unknownStep'];

export function isHeldByPlan(holdReason: string | null): boolean {
  return holdReason !== null && planHoldReasons.includes(holdReason);
}

/** `bump`: whether this is a change from outside, after which what is under way must not advance it. */
export async function placeEnrolments(
  tx: Tx,
  workspaceId: WorkspaceId,
  rows: readonly PlacedEnrolment[],
  options: { readonly bump: boolean },
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update enrolments e set version = x.version, plan_revision = x.plan_revision, time_zone = x.time_zone, time_zone_origin = x.time_zone_origin,
      anchor_at = x.anchor_at, waiting_for = 'due', step_key = x.step_key, step_number = x.step_number, planned_at = x.planned_at, due_at = x.due_at,
      move_reasons = string_to_array(x.move_reasons, ','), frozen_wait_ms = x.frozen_wait_ms,
      held_at = case when x.exit_reason is not null then null when x.hold_reason is not null then andante_now()
        when e.hold_reason = any(${planHoldReasons}) then null else e.held_at end,
      held_until = case when x.exit_reason is null and x.hold_reason is null then e.held_until end,
      hold_reason = case when x.exit_reason is null then coalesce(x.hold_reason, case when e.hold_reason = any(${planHoldReasons}) then null else e.hold_reason end) end,
      paused_at = case when x.exit_reason is null then e.paused_at end,
      paused_until = case when x.exit_reason is null then e.paused_until end,
      ended_at = case when x.exit_reason is not null then andante_now() end, exit_reason = x.exit_reason,
      epoch = e.epoch + ${options.bump ? 1 : 0}
    from ${rowSet('x', rows, {
      id: ['uuid', (row) => row.id],
      version: ['int4', (row) => row.version],
      plan_revision: ['int4', (row) => row.planRevision],
      time_zone: ['text', (row) => row.timeZone],
      time_zone_origin: ['text', (row) => row.timeZoneOrigin],
      anchor_at: ['timestamptz', (row) => row.anchorAt],
      step_key: ['text', (row) => row.placement.stepKey],
      step_number: ['int4', (row) => row.placement.stepNumber],
      planned_at: ['timestamptz', (row) => row.placement.plannedAt],
      due_at: ['timestamptz', (row) => row.placement.dueAt],
      move_reasons: ['text', (row) => row.placement.moveReasons.join(',')],
      frozen_wait_ms: ['int8', (row) => row.frozenWaitMs],
      hold_reason: ['text', (row) => row.placement.holdReason],
      exit_reason: ['text', (row) => row.placement.exitReason],
    })}
    where e.workspace_id = ${workspaceId} and e.id = x.id and e.ended_at is null`.execute(tx);
}
