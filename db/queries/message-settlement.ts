/** Messages after their provider's answer. Every statement goes by the claim's token, so only the claim that is under way settles. */
import { type RawBuilder, sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

interface OfClaim {
  readonly messageId: string;
  readonly token: string;
}

/** The common table `held`: those of `x` whose claim is still under way, one probe of the primary key each, locked. */
function heldClaims(workspaceId: WorkspaceId, states: readonly string[]): RawBuilder<unknown> {
  return sql`held as materialized (
      select x.* from x cross join lateral (
        select from messages h
        where h.workspace_id = ${workspaceId} and h.id = x.message_id and h.claim_token = x.token and h.state = any(${[...states]}::text[])
        for no key update
      ) claim
    )`;
}

export interface AcceptedMessage extends OfClaim {
  readonly providerId: string | null;
  readonly acceptedAt: Date;
  /** Where the enrolment goes from here; null for messages that belong to no step. */
  readonly step: AcceptedStep | null;
}

export interface AcceptedStep {
  readonly enrolmentId: string;
  readonly epoch: number;
  readonly stepKey: string;
  readonly stepNumber: number;
  readonly plannedAt: Date | null;
  readonly moveReasons: readonly string[];
  readonly nextKey: string | null;
  readonly nextNumber: number;
  readonly nextPlannedAt: Date | null;
  readonly nextDueAt: Date | null;
  readonly nextReasons: readonly string[];
  readonly anchorAt: Date;
  readonly exitReason: string | null;
  readonly holdReason: string | null;
}

export interface AcceptedOutcome {
  readonly messageId: string;
  /** False when its enrolment was stopped or moved since the claim: what follows is decided under lock. */
  readonly advanced: boolean;
}

/** Accepts messages, writes one ledger row a step and moves the enrolments on, all in one statement. Answers the messages
 *  that were still under way (or `unknown`). An enrolment of another epoch than at the claim is left as it is.
 *  The planner is to probe the primary key once a row. So conditions on passing states stand inside `case`, where it does not
 *  take them for rare, and the workspace comes with each row: without statistics yet, its rows would look few enough to read. */
export async function acceptMessages(tx: Tx, workspaceId: WorkspaceId, messages: readonly AcceptedMessage[]): Promise<AcceptedOutcome[]> {
  const { rows } = await sql<{ id: string; isMessage: boolean }>`
    with clock as materialized (select andante_now() as at),
    x as materialized (select ${workspaceId}::uuid as workspace_id, * from ${rowSet('x', messages, {
      message_id: ['uuid', (row) => row.messageId],
      token: ['uuid', (row) => row.token],
      provider_id: ['text', (row) => row.providerId],
      accepted_at: ['timestamptz', (row) => row.acceptedAt],
      enrolment_id: ['uuid', (row) => row.step?.enrolmentId],
      epoch: ['int4', (row) => row.step?.epoch],
      step_key: ['text', (row) => row.step?.stepKey],
      step_number: ['int4', (row) => row.step?.stepNumber],
      planned_at: ['timestamptz', (row) => row.step?.plannedAt],
      move_reasons: ['text', (row) => row.step?.moveReasons.join(',')],
      next_key: ['text', (row) => row.step?.nextKey],
      next_number: ['int4', (row) => row.step?.nextNumber],
      next_planned_at: ['timestamptz', (row) => row.step?.nextPlannedAt],
      next_due_at: ['timestamptz', (row) => row.step?.nextDueAt],
      next_reasons: ['text', (row) => row.step?.nextReasons.join(',')],
      anchor_at: ['timestamptz', (row) => row.step?.anchorAt],
      exit_reason: ['text', (row) => row.step?.exitReason],
      hold_reason: ['text', (row) => row.step?.holdReason],
    })}),
    m as (
      update messages m set state = 'accepted', accepted_at = x.accepted_at, provider_id = x.provider_id, unknown_at = null
      from x where m.workspace_id = x.workspace_id and m.id = x.message_id
        and case when m.claim_token = x.token and m.state in ('sending', 'unknown') then true else false end
      returning m.id
    ),
    e as (
      update enrolments e set waiting_for = 'due', step_key = x.next_key, step_number = x.next_number, planned_at = x.next_planned_at,
        due_at = x.next_due_at, move_reasons = string_to_array(x.next_reasons, ','), anchor_at = x.anchor_at,
        held_at = case when x.hold_reason is not null then andante_now() end, hold_reason = x.hold_reason,
        ended_at = case when x.exit_reason is not null then andante_now() end, exit_reason = x.exit_reason
      from x join m on m.id = x.message_id
      where e.workspace_id = x.workspace_id and e.id = x.enrolment_id and case when e.epoch = x.epoch and e.step_number = x.step_number
        and e.ended_at is null and e.paused_at is null and e.held_at is null and e.waiting_for = 'delivery' then true else false end
      returning e.id
    ),
    v as (
      insert into enrolment_events (workspace_id, enrolment_id, at, kind, step_key, step_number, from_at, to_at, reasons, message_id)
      select ${workspaceId}::uuid, x.enrolment_id, (select at from clock), 'sent', x.step_key, x.step_number, x.planned_at, x.accepted_at,
        string_to_array(x.move_reasons, ','), x.message_id
      from x join m on m.id = x.message_id where x.enrolment_id is not null
    )
    select id, true as is_message from m union all select id, false from e`.execute(tx);
  const advanced = new Set(rows.filter((row) => !row.isMessage).map((row) => row.id));
  const enrolmentOf = new Map(messages.map(({ messageId, step }) => [messageId, step?.enrolmentId ?? '']));
  return rows.filter((row) => row.isMessage).map(({ id }) => ({ messageId: id, advanced: advanced.has(enrolmentOf.get(id) ?? '') }));
}

export interface UnsentMessage extends OfClaim {
  readonly attempt: number;
  readonly code: string;
  readonly text: string;
}

async function writeOutcome(
  tx: Tx,
  workspaceId: WorkspaceId,
  messages: readonly UnsentMessage[],
  outcome: 'failed' | 'unknown',
): Promise<string[]> {
  if (messages.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    with x as materialized (select * from ${rowSet('x', messages, {
      message_id: ['uuid', (row) => row.messageId],
      token: ['uuid', (row) => row.token],
      attempt: ['int4', (row) => row.attempt],
      code: ['text', (row) => row.code],
      text: ['text', (row) => row.text],
    })}),
    ${heldClaims(workspaceId, ['sending'])},
    m as (
      update messages m set state = ${outcome}, error_code = x.code, error_text = x.text,
        failed_at = case when ${outcome} = 'failed' then andante_now() end,
        unknown_at = case when ${outcome} = 'unknown' then andante_now() end
      from held x where m.workspace_id = ${workspaceId} and m.id = x.message_id
      returning m.id
    ),
    a as (
      insert into message_attempts (workspace_id, message_id, attempt, outcome, error_code, error_text)
      select ${workspaceId}::uuid, x.message_id, x.attempt, ${outcome}, x.code, x.text from x join m on m.id = x.message_id
      on conflict do nothing
    )
    select id from m`.execute(tx);
  return rows.map((row) => row.id);
}

/** Answers the messages that were still under way. */
export function failMessages(tx: Tx, workspaceId: WorkspaceId, messages: readonly UnsentMessage[]): Promise<string[]> {
  return writeOutcome(tx, workspaceId, messages, 'failed');
}

/** Nobody knows whether they went out. Answers those that were still under way. */
export function markUnknown(tx: Tx, workspaceId: WorkspaceId, messages: readonly UnsentMessage[]): Promise<string[]> {
  return writeOutcome(tx, workspaceId, messages, 'unknown');
}

export interface RetriedMessage extends UnsentMessage {
  readonly nextAttemptAt: Date;
}

/** Surely not sent: queued again for later. Of their enrolments nothing is due meanwhile, so that no claim comes past them. */
export async function requeueMessages(tx: Tx, workspaceId: WorkspaceId, messages: readonly RetriedMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await sql`
    with x as materialized (select * from ${rowSet('x', messages, {
      message_id: ['uuid', (row) => row.messageId],
      token: ['uuid', (row) => row.token],
      attempt: ['int4', (row) => row.attempt],
      code: ['text', (row) => row.code],
      text: ['text', (row) => row.text],
      next_attempt_at: ['timestamptz', (row) => row.nextAttemptAt],
    })}),
    ${heldClaims(workspaceId, ['sending'])},
    m as (
      update messages m set state = 'queued', next_attempt_at = x.next_attempt_at, error_code = x.code, error_text = x.text
      from held x where m.workspace_id = ${workspaceId} and m.id = x.message_id
      returning m.id, m.enrolment_id, m.step_number
    ),
    e as (
      update enrolments e set due_at = null from m
      where e.workspace_id = ${workspaceId} and e.id = m.enrolment_id and e.step_number = m.step_number and e.waiting_for = 'delivery'
    )
    insert into message_attempts (workspace_id, message_id, attempt, outcome, error_code, error_text)
    select ${workspaceId}::uuid, x.message_id, x.attempt, 'retry', x.code, x.text from x join m on m.id = x.message_id
    on conflict do nothing`.execute(tx);
}

export interface ResolvedMessage {
  readonly enrolmentId: string;
  readonly channelAccountId: string;
  readonly version: number;
  readonly claimedAt: Date;
}

/** A member says that they went out: accepted when they were claimed. */
export async function acceptUnknown(tx: Tx, workspaceId: WorkspaceId, enrolmentIds: readonly string[]): Promise<ResolvedMessage[]> {
  return resolveUnknown(tx, workspaceId, enrolmentIds, sql`state = 'accepted', accepted_at = m.claimed_at, unknown_at = null`);
}

/** A member says that they did not: back in the queue, and the lost claim can settle them no more. */
export async function requeueUnknown(tx: Tx, workspaceId: WorkspaceId, enrolmentIds: readonly string[]): Promise<ResolvedMessage[]> {
  return resolveUnknown(
    tx,
    workspaceId,
    enrolmentIds,
    sql`state = 'queued', next_attempt_at = andante_now(), claim_token = null, unknown_at = null, attempt = 0`,
  );
}

async function resolveUnknown(
  tx: Tx,
  workspaceId: WorkspaceId,
  enrolmentIds: readonly string[],
  change: RawBuilder<unknown>,
): Promise<ResolvedMessage[]> {
  const { rows } = await sql<ResolvedMessage>`
    update messages m set ${change}
    from enrolments e
    where e.workspace_id = ${workspaceId} and e.id = any(${[...enrolmentIds]}::uuid[]) and m.workspace_id = e.workspace_id
      and m.enrolment_id = e.id and m.step_number = e.step_number and m.origin = 'step' and m.state = 'unknown'
    returning m.enrolment_id, m.channel_account_id, m.version, m.claimed_at`.execute(tx);
  return rows;
}
