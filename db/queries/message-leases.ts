/** Claims whose worker is gone: messages still `sending` after their lease. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';

export interface ExpiredLease {
  readonly messageId: string;
  readonly origin: string;
  readonly enrolmentId: string | null;
  readonly stepKey: string | null;
  readonly stepNumber: number | null;
  readonly plannedAt: Date | null;
}

/** Nobody will settle them any more: they become `unknown`. */
export async function expireLeases(tx: Tx, workspaceId: WorkspaceId, code: string, limit: number): Promise<ExpiredLease[]> {
  const { rows } = await sql<ExpiredLease>`
    with gone as (
      select id from messages
      where workspace_id = ${workspaceId} and state = 'sending' and lease_until < andante_now()
      order by lease_until limit ${limit} for no key update skip locked
    )
    update messages m set state = 'unknown', error_code = ${code}, lease_until = null
    from gone where m.workspace_id = ${workspaceId} and m.id = gone.id
    returning m.id as message_id, m.origin, m.enrolment_id, m.step_key, m.step_number, m.planned_at`.execute(tx);
  return rows;
}
