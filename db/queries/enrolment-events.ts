/** The why-ledger: append-only, ids and codes only. */
import { sql } from 'kysely';
import type { EnrolmentEventKind } from '#server/domain/enrolment-events.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

export interface NewEnrolmentEvent {
  readonly enrolmentId: string;
  readonly kind: EnrolmentEventKind;
  readonly stepKey?: string | null;
  readonly stepNumber?: number | null;
  readonly fromAt?: Date | null;
  readonly toAt?: Date | null;
  readonly reasons?: readonly string[];
  readonly messageId?: string | null;
  readonly details?: Readonly<Record<string, unknown>> | null;
}

export interface EventActor {
  readonly kind: 'user' | 'apiKey' | 'system';
  readonly id: string | null;
}
const system: EventActor = { kind: 'system', id: null };

export async function insertEnrolmentEvents(
  tx: Tx,
  workspaceId: WorkspaceId,
  events: readonly NewEnrolmentEvent[],
  actor: EventActor = system,
): Promise<void> {
  if (events.length === 0) return;
  await sql`
    with clock as materialized (select andante_now() as at)
    insert into enrolment_events (workspace_id, enrolment_id, at, kind, step_key, step_number, from_at, to_at, reasons, message_id, details, actor_kind, actor_id)
    select ${workspaceId}::uuid, x.enrolment_id, (select at from clock), x.kind, x.step_key, x.step_number, x.from_at, x.to_at, string_to_array(x.reasons, ','), x.message_id,
      x.details, ${actor.kind}, ${actor.id}::uuid
    from ${rowSet('x', events, {
      enrolment_id: ['uuid', (row) => row.enrolmentId],
      kind: ['text', (row) => row.kind],
      step_key: ['text', (row) => row.stepKey],
      step_number: ['int4', (row) => row.stepNumber],
      from_at: ['timestamptz', (row) => row.fromAt],
      to_at: ['timestamptz', (row) => row.toAt],
      reasons: ['text', (row) => (row.reasons ?? []).join(',')],
      message_id: ['uuid', (row) => row.messageId],
      details: ['jsonb', (row) => (row.details ? JSON.stringify(row.details) : null)],
    })}`.execute(tx);
}

export interface EnrolmentEventRow {
  readonly at: Date;
  readonly kind: EnrolmentEventKind;
  readonly stepKey: string | null;
  readonly stepNumber: number | null;
  readonly fromAt: Date | null;
  readonly toAt: Date | null;
  readonly reasons: string[];
  readonly messageId: string | null;
  readonly actorKind: 'user' | 'apiKey' | 'system';
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly details: Record<string, unknown> | null;
}

/** Oldest first. */
export async function listEnrolmentEvents(db: Db, workspaceId: WorkspaceId, enrolmentId: string): Promise<EnrolmentEventRow[]> {
  const { rows } = await sql<EnrolmentEventRow>`
    select v.at, v.kind, v.step_key, v.step_number, v.from_at, v.to_at, v.reasons, v.message_id, v.actor_kind, v.actor_id, v.details,
           coalesce(u.name, k.name) as actor_name
    from enrolment_events v
    left join users u on v.actor_kind = 'user' and u.id = v.actor_id
    left join api_keys k on v.actor_kind = 'apiKey' and k.workspace_id = v.workspace_id and k.id = v.actor_id
    where v.workspace_id = ${workspaceId} and v.enrolment_id = ${enrolmentId}
    order by v.id limit 1000`.execute(db);
  return rows;
}
