/** How the job queue is doing: depths, waits, failures, and what pg-boss itself warned of. In real time, as pg-boss counts. */
import { sql } from 'kysely';
import type { Db } from '../client.ts';

export interface QueueDepth {
  readonly name: string;
  /** Jobs that could be fetched now. */
  readonly ready: number;
  /** Jobs whose time is still to come. */
  readonly delayed: number;
  readonly active: number;
  /** Jobs that ran out of tries and are still kept. */
  readonly failed: number;
  readonly failedLastHour: number;
  /** How long the oldest ready job has waited; 0 when none does. */
  readonly oldestReadySeconds: number;
}

/** Every queue of ours. Reads what is not finished, through the index that pg-boss counts with itself. */
export async function listQueueDepths(db: Db): Promise<QueueDepth[]> {
  const { rows } = await sql<QueueDepth>`
    select q.name,
      count(*) filter (where j.state in ('created', 'retry') and j.start_after <= statement_timestamp())::int as ready,
      count(*) filter (where j.state in ('created', 'retry') and j.start_after > statement_timestamp())::int as delayed,
      count(*) filter (where j.state = 'active')::int as active,
      count(*) filter (where j.state = 'failed')::int as failed,
      (select count(*) from pgboss.job f where f.name = q.name and f.state = 'failed'
        and f.completed_on > statement_timestamp() - interval '1 hour')::int as failed_last_hour,
      coalesce(greatest(0, extract(epoch from statement_timestamp()
        - min(j.start_after) filter (where j.state in ('created', 'retry')))), 0)::int as oldest_ready_seconds
    from pgboss.queue q
    left join pgboss.job j on j.name = q.name and j.state in ('created', 'retry', 'active', 'failed')
    where q.name not like '\\_\\_%'
    group by q.name order by q.name`.execute(db);
  return rows;
}

export interface QueueReport {
  /** As pg-boss names it: `slow_query`, `queue_backlog`, `xmin_horizon` and others. */
  readonly type: string;
  readonly count: number;
}

/** What pg-boss warned of in the last hour, by type. */
export async function listQueueReports(db: Db): Promise<QueueReport[]> {
  const { rows } = await sql<QueueReport>`
    select type, count(*)::int as count from pgboss.warning
    where created_on > statement_timestamp() - interval '1 hour' group by type order by type`.execute(db);
  return rows;
}
