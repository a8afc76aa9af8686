/** How sending is doing: how late the oldest due step is, which channels fail, what became of messages is not known. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

/** Age in seconds of the oldest step that is due and not claimed; 0 when nothing waits. One index probe per running
 *  sequence; paused ones do not count. Null as workspace: over all of them. */
export async function oldestOverdueSeconds(db: Db, workspaceId: WorkspaceId | null): Promise<number> {
  const where = workspaceId === null ? sql`` : sql`and s.workspace_id = ${workspaceId}`;
  const { rows } = await sql<{ seconds: number | null }>`
    select max(extract(epoch from andante_now() - d.due_at))::float8 as seconds
    from sequences s
    cross join lateral (
      select e.due_at from enrolments e
      where e.workspace_id = s.workspace_id and e.sequence_id = s.id
        and e.ended_at is null and e.paused_at is null and e.held_at is null and e.waiting_for = 'due'
      order by e.due_at limit 1
    ) d
    where s.status = 'running' ${where} and d.due_at < andante_now()`.execute(db);
  return Math.max(0, Math.round(rows[0]?.seconds ?? 0));
}

/** Channel accounts of the workspace that fail at present. */
export async function listFailingChannels(db: Db, workspaceId: WorkspaceId): Promise<{ readonly name: string }[]> {
  return await db
    .selectFrom('channelAccounts')
    .select('name')
    .where('workspaceId', '=', workspaceId)
    .where('status', '=', 'failing')
    .where('deletedAt', 'is', null)
    .orderBy('name')
    .execute();
}

/** Messages of the last 24 hours of which nobody knows whether they went out. */
export async function countUnknownMessages(db: Db, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from messages
    where workspace_id = ${workspaceId} and unknown_at > andante_now() - interval '1 day'`.execute(db);
  return rows[0]?.count ?? 0;
}
