/** Claims: the batches of messages that workers are sending. One row a batch, gone once all of it is settled; what is left
 *  after its lease belongs to a worker that is gone. */
import { type RawBuilder, sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export interface Claim {
  readonly token: string;
  readonly leaseMs: number;
}

/** The statement that records a claim of the messages whose ids `rows` has; for use as, or under, a common table. */
export function claimOf(workspaceId: WorkspaceId, { token, leaseMs }: Claim, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`insert into message_claims (workspace_id, token, lease_until, message_ids)
    select ${workspaceId}::uuid, ${token}::uuid, andante_now() + ${leaseMs}::int * interval '1 millisecond', array_agg(id)
    from ${rows} having count(*) > 0`;
}

/** A `from` list: every message that is still being sent, as `m`, of all workspaces, by one probe of the primary key each. */
export const messagesUnderWay = sql`message_claims k cross join unnest(k.message_ids) as o(id)
  cross join lateral (
    select w.id from messages w
    where w.workspace_id = k.workspace_id and w.id = o.id and case when w.claim_token = k.token and w.state = 'sending' then true else false end
    offset 0
  ) m`;

/** All of their messages are settled. */
export async function closeClaims(db: Db, workspaceId: WorkspaceId, tokens: readonly string[]): Promise<void> {
  await sql`delete from message_claims where workspace_id = ${workspaceId} and token = any(${[...tokens]}::uuid[])`.execute(db);
}

export interface LostMessage {
  readonly messageId: string;
  readonly origin: string;
  readonly enrolmentId: string | null;
  readonly stepKey: string | null;
  readonly stepNumber: number | null;
  readonly plannedAt: Date | null;
}

/** Ends the claim whose lease ran out first: nobody will settle what it still sends, so that becomes `unknown`. Null when no
 *  lease has run out. The message rows are locked in the order of their ids, as settling does. */
export async function expireClaim(tx: Tx, workspaceId: WorkspaceId, code: string): Promise<LostMessage[] | null> {
  const { rows: claims } = await sql<{ token: string; messageIds: string[] }>`
    with gone as materialized (
      select token from message_claims
      where workspace_id = ${workspaceId} and lease_until < andante_now()
      order by lease_until limit 1 for update skip locked
    )
    delete from message_claims k using gone where k.workspace_id = ${workspaceId} and k.token = gone.token
    returning k.token, k.message_ids`.execute(tx);
  const [claim] = claims;
  if (!claim) return null;
  const { rows } = await sql<LostMessage>`
    with lost as materialized (
      select id from messages
      where workspace_id = ${workspaceId} and id = any(${claim.messageIds}::uuid[]) and claim_token = ${claim.token} and state = 'sending'
      order by id for no key update
    )
    update messages m set state = 'unknown', unknown_at = andante_now(), error_code = ${code}
    from lost where m.workspace_id = ${workspaceId} and m.id = lost.id
    returning m.id as message_id, m.origin, m.enrolment_id, m.step_key, m.step_number, m.planned_at`.execute(tx);
  return rows;
}
