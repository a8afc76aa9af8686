/** The state of a sequence's one row, which every claim shares: changing it waits for claims, and stops those that follow. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export async function setSequenceStatus(
  tx: Tx,
  workspaceId: WorkspaceId,
  sequenceId: string,
  status: 'running' | 'paused' | 'archived',
): Promise<void> {
  await sql`
    update sequences set status = ${status}, updated_at = andante_now(), paused_at = case when ${status} = 'paused' then andante_now() end
    where workspace_id = ${workspaceId} and id = ${sequenceId}`.execute(tx);
}

/** Whether an operation of that kind over the sequence has not ended yet. */
export async function isUnderOperation(db: Db, workspaceId: WorkspaceId, sequenceId: string, kind: string): Promise<boolean> {
  const { rows } = await sql`
    select from operations where workspace_id = ${workspaceId} and kind = ${kind} and status in ('queued', 'running')
      and payload ->> 'sequenceId' = ${sequenceId} limit 1`.execute(db);
  return rows.length > 0;
}
