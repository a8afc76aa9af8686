/** Messages of steps: born claimed, or born skipped. One per enrolment and step number, by constraint. */
import { sql } from 'kysely';
import type { ZoneOrigin } from '#server/domain/time/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';
import { type Claim, claimOf } from './message-claims.ts';

interface StepMessage {
  readonly enrolmentId: string;
  readonly contactId: string;
  readonly sequenceId: string;
  readonly version: number;
  readonly epoch: number;
  readonly stepKey: string;
  readonly stepNumber: number;
  readonly channelAccountId: string;
  /** What its wait asked for, and where windows moved that to. */
  readonly plannedAt: Date | null;
  readonly dueAt: Date | null;
  readonly timeZone: string;
  readonly timeZoneOrigin: ZoneOrigin;
}

export interface SkippedMessage extends StepMessage {
  readonly reason: string;
  /** What a person should know beside the reason, like the variables that were missing. */
  readonly errorText: string | null;
}

const columnsOfStep = {
  enrolment_id: ['uuid', (row: StepMessage) => row.enrolmentId],
  contact_id: ['uuid', (row: StepMessage) => row.contactId],
  sequence_id: ['uuid', (row: StepMessage) => row.sequenceId],
  version: ['int4', (row: StepMessage) => row.version],
  epoch: ['int4', (row: StepMessage) => row.epoch],
  step_key: ['text', (row: StepMessage) => row.stepKey],
  step_number: ['int4', (row: StepMessage) => row.stepNumber],
  channel_account_id: ['uuid', (row: StepMessage) => row.channelAccountId],
  planned_at: ['timestamptz', (row: StepMessage) => row.plannedAt],
  due_at: ['timestamptz', (row: StepMessage) => row.dueAt],
  time_zone: ['text', (row: StepMessage) => row.timeZone],
  time_zone_origin: ['text', (row: StepMessage) => row.timeZoneOrigin],
} as const;

export async function insertSkippedMessages(tx: Tx, workspaceId: WorkspaceId, messages: readonly SkippedMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await sql`
    insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, reason, error_text, body, enrolment_id,
      enrolment_epoch, sequence_id, version, step_key, step_number, planned_at, due_at, time_zone, time_zone_origin)
    select ${workspaceId}::uuid, 'out', 'step', x.contact_id, x.channel_account_id, 'skipped', x.reason, x.error_text, '', x.enrolment_id,
      x.epoch, x.sequence_id, x.version, x.step_key, x.step_number, x.planned_at, x.due_at, x.time_zone, x.time_zone_origin
    from ${rowSet('x', messages, { ...columnsOfStep, reason: ['text', (row) => row.reason], error_text: ['text', (row) => row.errorText] })}
    on conflict (workspace_id, enrolment_id, step_number) where origin = 'step' do nothing`.execute(tx);
}

export interface ClaimedMessage extends StepMessage {
  readonly address: string;
  readonly subject: string | null;
  readonly body: string;
  readonly html: string | null;
}

/** Inserts messages that are born `sending` under the claim `token`, and answers their ids by enrolment. A step that already has its
 *  message is left out: it must not be sent. */
export async function insertClaimedMessages(
  tx: Tx,
  workspaceId: WorkspaceId,
  claim: Claim,
  messages: readonly ClaimedMessage[],
): Promise<ReadonlyMap<string, string>> {
  if (messages.length === 0) return new Map();
  const { rows } = await sql<{ id: string; enrolmentId: string }>`
    with clock as materialized (select andante_now() as at),
    born as (
    insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, address, subject, body, html, enrolment_id,
      enrolment_epoch, sequence_id, version, step_key, step_number, planned_at, due_at, time_zone, time_zone_origin, claim_token, attempt,
      claimed_at, created_at)
    select ${workspaceId}::uuid, 'out', 'step', x.contact_id, x.channel_account_id, 'sending', x.address, x.subject, x.body, x.html, x.enrolment_id,
      x.epoch, x.sequence_id, x.version, x.step_key, x.step_number, x.planned_at, x.due_at, x.time_zone, x.time_zone_origin, ${claim.token}::uuid, 1,
      (select at from clock), (select at from clock)
    from ${rowSet('x', messages, {
      ...columnsOfStep,
      address: ['text', (row) => row.address],
      subject: ['text', (row) => row.subject],
      body: ['text', (row) => row.body],
      html: ['text', (row) => row.html],
    })}
    on conflict (workspace_id, enrolment_id, step_number) where origin = 'step' do nothing
    returning id, enrolment_id
    ),
    claimed as (${claimOf(workspaceId, claim, sql`born`)})
    select id, enrolment_id from born`.execute(tx);
  return new Map(rows.map((row) => [row.enrolmentId, row.id]));
}
