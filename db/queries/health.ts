/** How the system is doing: workers that were seen lately, and how late the oldest due step is. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

const seenWithinSeconds = 20;

export interface WorkerRow {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly startedAt: Date;
  readonly seenAt: Date;
}

/** Workers whose heartbeat is fresh. Heartbeats follow real time, also under the test clock. */
export async function listLiveWorkers(db: Db): Promise<WorkerRow[]> {
  const { rows } = await sql<WorkerRow>`
    select id, host, pid, started_at, seen_at from workers
    where seen_at > statement_timestamp() - ${seenWithinSeconds} * interval '1 second' order by started_at`.execute(db);
  return rows;
}

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

export interface QueueDepth {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
}

export async function listQueueDepths(db: Db): Promise<QueueDepth[]> {
  const { rows } = await sql<QueueDepth>`
    select q.name,
      count(*) filter (where j.state in ('created', 'retry'))::int as waiting,
      count(*) filter (where j.state = 'active')::int as active,
      count(*) filter (where j.state = 'failed')::int as failed
    from pgboss.queue q left join pgboss.job j on j.name = q.name
    where q.name not like '\\_\\_%'
    group by q.name order by q.name`.execute(db);
  return rows;
}
