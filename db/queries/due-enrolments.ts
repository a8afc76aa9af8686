/** The engine's hottest read: what is due in one sequence, with its contacts, each row held for this transaction alone. */
import { sql } from 'kysely';
import type { ZoneOrigin } from '#server/domain/time/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

export interface DueEnrolment {
  readonly id: string;
  readonly contactId: string;
  readonly version: number;
  readonly planRevision: number;
  readonly stepKey: string;
  readonly stepNumber: number;
  readonly dueAt: Date;
  readonly plannedAt: Date | null;
  readonly moveReasons: string[];
  readonly anchorAt: Date;
  readonly startedAt: Date;
  readonly timeZone: string;
  readonly timeZoneOrigin: ZoneOrigin;
  readonly epoch: number;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly locale: string | null;
  readonly fields: Record<string, unknown>;
  /** Whether a person of the team has a conversation of the contact. */
  readonly isTakenOver: boolean;
  /** The kinds of channels that the contact refused. */
  readonly optedOutOf: string[];
}

export interface StepOfVersion {
  readonly version: number;
  readonly stepKey: string;
}

/** One probe per row for who took over: an `exists` would be answered by reading all conversations once a batch.
 *  In due order, at most `limit`, leaving out what other workers hold and the steps that must wait. */
export async function claimDueEnrolments(
  tx: Tx,
  workspaceId: WorkspaceId,
  of: { readonly sequenceId: string; readonly now: Date; readonly limit: number; readonly waiting: readonly StepOfVersion[] },
): Promise<DueEnrolment[]> {
  const exceptWaiting =
    of.waiting.length === 0
      ? sql``
      : sql`and (e.version, e.step_key) not in (select w.version, w.step_key from ${rowSet('w', of.waiting, {
          version: ['int4', (row) => row.version],
          step_key: ['text', (row) => row.stepKey],
        })})`;
  const { rows } = await sql<DueEnrolment>`
    select e.id, e.contact_id, e.version, e.plan_revision, e.step_key, e.step_number, e.due_at, e.planned_at, e.move_reasons, e.anchor_at,
      e.started_at, e.time_zone, e.time_zone_origin, e.epoch, c.name, c.phone, c.email, c.locale, c.fields,
      coalesce((select true from conversations t
        where t.workspace_id = e.workspace_id and t.contact_id = e.contact_id and t.owner_user_id is not null limit 1), false) as is_taken_over,
      array(select o.channel_kind from opt_outs o where o.workspace_id = e.workspace_id and o.contact_id = e.contact_id) as opted_out_of
    from enrolments e join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id
    where e.workspace_id = ${workspaceId} and e.sequence_id = ${of.sequenceId} and e.ended_at is null and e.paused_at is null
      and e.held_at is null and e.waiting_for = 'due' and e.due_at <= ${of.now} ${exceptWaiting}
    order by e.due_at limit ${of.limit} for no key update of e skip locked`.execute(tx);
  return rows;
}

/** When the next step of a sequence is due; null when nobody waits. */
export async function findNextDueAt(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<Date | null> {
  const { rows } = await sql<{ dueAt: Date }>`
    select e.due_at from enrolments e
    where e.workspace_id = ${workspaceId} and e.sequence_id = ${sequenceId} and e.ended_at is null and e.paused_at is null
      and e.held_at is null and e.waiting_for = 'due' and e.due_at is not null
    order by e.due_at limit 1`.execute(db);
  return rows[0]?.dueAt ?? null;
}

/** Their messages are under way: they wait for the answer of the provider, soon. No index holds what changes here. */
export async function markUnderWay(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update enrolments set waiting_for = 'delivery' where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
}

/** They wait for a person's answer, maybe for long: nothing is due, so that no claim comes past them. */
export async function markWithBot(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update enrolments set waiting_for = 'bot', due_at = null
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(tx);
}

export interface RescheduledEnrolment {
  readonly id: string;
  readonly plannedAt: Date;
  readonly dueAt: Date;
  readonly moveReasons: readonly string[];
  readonly planRevision: number;
}

export async function rescheduleEnrolments(tx: Tx, workspaceId: WorkspaceId, rows: readonly RescheduledEnrolment[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update enrolments e set planned_at = x.planned_at, due_at = x.due_at, move_reasons = string_to_array(x.move_reasons, ','), plan_revision = x.plan_revision
    from ${rowSet('x', rows, {
      id: ['uuid', (row) => row.id],
      planned_at: ['timestamptz', (row) => row.plannedAt],
      due_at: ['timestamptz', (row) => row.dueAt],
      move_reasons: ['text', (row) => row.moveReasons.join(',')],
      plan_revision: ['int4', (row) => row.planRevision],
    })}
    where e.workspace_id = ${workspaceId} and e.id = x.id`.execute(tx);
}
