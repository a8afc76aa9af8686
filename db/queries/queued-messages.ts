/** Messages that wait in an account's queue: retries of steps, and what bots and members say. */
import { type RawBuilder, sql } from 'kysely';
import type { ZoneOrigin } from '#server/domain/time/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { type Claim, claimOf } from './message-claims.ts';

export interface QueuedMessage {
  readonly id: string;
  readonly origin: 'step' | 'bot' | 'member' | 'test';
  readonly contactId: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly subject: string | null;
  readonly body: string;
  readonly html: string | null;
  readonly options: string[] | null;
  readonly attempt: number;
}

/** A step's message with its enrolment, as both stand now. */
export interface QueuedStepMessage extends QueuedMessage {
  readonly enrolmentId: string;
  /** When the message was born: an enrolment of another epoch goes on by what it is now, decided under lock. */
  readonly epoch: number;
  readonly sequenceId: string;
  readonly version: number;
  readonly stepKey: string;
  readonly stepNumber: number;
  readonly plannedAt: Date | null;
  readonly dueAt: Date;
  readonly moveReasons: string[];
  readonly startedAt: Date;
  readonly timeZone: string;
  readonly timeZoneOrigin: ZoneOrigin;
  readonly fields: Record<string, unknown>;
}

interface OfAccount {
  readonly channelAccountId: string;
  readonly now: Date;
  readonly limit: number;
}

const columns = sql`m.id, m.origin, m.contact_id, m.address, c.phone, c.email, m.subject, m.body, m.html, m.options, m.attempt`;

function isDue(workspaceId: WorkspaceId, of: OfAccount): RawBuilder<unknown> {
  return sql`m.workspace_id = ${workspaceId} and m.channel_account_id = ${of.channelAccountId} and m.next_attempt_at <= ${of.now}`;
}

/** Retries whose enrolment still waits for them in a running sequence; message, enrolment and sequence are held. */
export async function claimQueuedSteps(tx: Tx, workspaceId: WorkspaceId, of: OfAccount): Promise<QueuedStepMessage[]> {
  const { rows } = await sql<QueuedStepMessage>`
    select ${columns}, e.id as enrolment_id, m.enrolment_epoch as epoch, e.sequence_id, m.version, m.step_key, m.step_number, m.planned_at,
      coalesce(m.due_at, e.due_at, m.planned_at, m.claimed_at) as due_at, e.move_reasons, e.started_at, e.time_zone, e.time_zone_origin, c.fields
    from messages m
    join enrolments e on e.workspace_id = m.workspace_id and e.id = m.enrolment_id
    join sequences s on s.workspace_id = e.workspace_id and s.id = e.sequence_id
    join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
    where ${isDue(workspaceId, of)} and m.origin = 'step' and s.status = 'running' and e.ended_at is null and e.paused_at is null
      and e.held_at is null and e.waiting_for = 'delivery' and e.step_number = m.step_number
    order by m.next_attempt_at limit ${of.limit}
    for share of s skip locked for no key update of e, m skip locked`.execute(tx);
  return rows;
}

/** What bots and members say. Of a bot session, a message goes only when the one before it has gone. */
export async function claimQueuedTalk(tx: Tx, workspaceId: WorkspaceId, of: OfAccount): Promise<QueuedMessage[]> {
  const { rows } = await sql<QueuedMessage>`
    select ${columns}
    from messages m join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
    where ${isDue(workspaceId, of)} and m.origin <> 'step' and not exists (
      select from messages p where p.workspace_id = m.workspace_id and p.bot_session_id = m.bot_session_id and p.origin = 'bot'
        and (p.bot_turn, p.bot_n) < (m.bot_turn, m.bot_n) and p.state in ('queued', 'sending')
    )
    order by m.next_attempt_at, m.bot_turn, m.bot_n, m.id limit ${of.limit} for no key update of m skip locked`.execute(tx);
  return rows;
}

/** They are under way now, under `token`. */
export async function markSending(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], claim: Claim): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with going as (
      update messages set state = 'sending', claim_token = ${claim.token}::uuid, attempt = attempt + 1, claimed_at = andante_now(),
        next_attempt_at = null
      where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[]) and state = 'queued'
      returning id
    )
    ${claimOf(workspaceId, claim, sql`going`)}`.execute(tx);
}

export async function setMessageAddresses(tx: Tx, workspaceId: WorkspaceId, addresses: ReadonlyMap<string, string>): Promise<void> {
  if (addresses.size === 0) return;
  await sql`
    update messages m set address = x.address
    from unnest(${[...addresses.keys()]}::uuid[], ${[...addresses.values()]}::text[]) as x(id, address)
    where m.workspace_id = ${workspaceId} and m.id = x.id`.execute(tx);
}

export async function postponeMessage(tx: Tx, workspaceId: WorkspaceId, id: string, until: Date): Promise<void> {
  await sql`update messages set next_attempt_at = ${until} where workspace_id = ${workspaceId} and id = ${id} and state = 'queued'`.execute(
    tx,
  );
}

/** Ends queued messages that will not be sent. */
export async function skipQueuedMessages(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], reason: string): Promise<void> {
  if (ids.length === 0) return;
  await sql`update messages set state = 'skipped', reason = ${reason}, next_attempt_at = null
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[]) and state = 'queued'`.execute(tx);
}

/** Cancels due retries whose enrolment ended while they were on their way back into the queue. */
export async function cancelOrphanedRetries(tx: Tx, workspaceId: WorkspaceId, channelAccountId: string): Promise<void> {
  await sql`
    update messages m set state = 'canceled', reason = e.exit_reason, next_attempt_at = null
    from enrolments e
    where m.workspace_id = ${workspaceId} and m.channel_account_id = ${channelAccountId} and m.origin = 'step'
      and m.next_attempt_at <= andante_now()
      and e.workspace_id = m.workspace_id and e.id = m.enrolment_id and e.ended_at is not null`.execute(tx);
}

/** When the next queued message of an account may go; null when none waits. */
export async function findNextAttemptAt(db: Db, workspaceId: WorkspaceId, channelAccountId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`
    select next_attempt_at as at from messages
    where workspace_id = ${workspaceId} and channel_account_id = ${channelAccountId} and next_attempt_at is not null
    order by next_attempt_at limit 1`.execute(db);
  return rows[0]?.at ?? null;
}
