/** Worker processes: their heartbeats and clocks, in real time also under the test clock. */
import { sql } from 'kysely';
import type { Db } from '../client.ts';

export interface WorkerSelf {
  readonly host: string;
  readonly pid: number;
}

export interface WorkerRow extends WorkerSelf {
  readonly id: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  /** How far the worker's own clock runs ahead of the database's; negative when it is behind. */
  readonly clockAheadMs: number;
}

/** A worker that was not seen for so long counts as gone. */
export const workerGoneSeconds = 30;
/** A slower answer of the database says too little about the clocks. */
const slowAnswerMs = 500;

export async function insertWorker(db: Db, worker: WorkerSelf): Promise<string> {
  await sql`delete from workers where seen_at < statement_timestamp() - interval '1 day'`.execute(db);
  const { id } = await db.insertInto('workers').values(worker).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Says that a worker is alive and what its clock says; makes its row again where it was cleared away. */
export async function beatWorker(db: Db, id: string, worker: WorkerSelf): Promise<void> {
  const aheadMs = await measureClock(db);
  await sql`
    insert into workers (id, host, pid, clock_ahead_ms) values (${id}, ${worker.host}, ${worker.pid}, coalesce(${aheadMs}::int, 0))
    on conflict (id) do update
      set seen_at = statement_timestamp(), clock_ahead_ms = coalesce(${aheadMs}::int, workers.clock_ahead_ms)`.execute(db);
}

export async function deleteWorker(db: Db, id: string): Promise<void> {
  await db.deleteFrom('workers').where('id', '=', id).execute();
}

/** Workers whose heartbeat is fresh. */
export async function listLiveWorkers(db: Db): Promise<WorkerRow[]> {
  const { rows } = await sql<WorkerRow>`
    select id, host, pid, started_at, seen_at, clock_ahead_ms from workers
    where seen_at > statement_timestamp() - ${workerGoneSeconds} * interval '1 second' order by started_at`.execute(db);
  return rows;
}

/** Milliseconds that this process's clock is ahead of the database's, right to half the time of the answer; null when that was long. */
async function measureClock(db: Db): Promise<number | null> {
  const asked = Date.now();
  const { rows } = await sql<{ ms: number }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`.execute(db);
  const answered = Date.now();
  if (!rows[0] || answered - asked > slowAnswerMs) return null;
  const aheadMs = Math.round((asked + answered) / 2 - rows[0].ms);
  const mostOfAnInteger = 2_147_483_647;
  return Math.max(-mostOfAnInteger, Math.min(mostOfAnInteger, aheadMs));
}
