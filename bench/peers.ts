/** What peers do on the same database in the same minutes: jobs that do nothing, per second. */
import { Logger, run, runMigrations } from 'graphile-worker';
import { PgBoss } from 'pg-boss';
import pg from 'pg';
import { perSecond } from './figure.ts';

/** graphile-worker with batched fetching and completing, as its own performance test sets it up. */
export async function graphileJobsPerSecond(connectionString: string, jobs: number): Promise<number> {
  const pool = new pg.Pool({ connectionString, max: 12 });
  // Its connections may still be open when the database is dropped after the run.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  await runMigrations({ pgPool: pool });
  await pool.query(`select graphile_worker.add_jobs(array(
    select row('noop', '{}'::json, null, null, null, null, null, null)::graphile_worker.job_spec from generate_series(1, ${jobs})))`);
  await pool.query('vacuum analyze graphile_worker._private_jobs');
  let done = 0;
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const startedMs = performance.now();
  const runner = await run({
    pgPool: pool,
    taskList: {
      noop: () => {
        done += 1;
        if (done === jobs) finish();
      },
    },
    noHandleSignals: true,
    preset: { worker: { concurrentJobs: 24, localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: new Logger(() => () => undefined),
  });
  await finished;
  for (;;) {
    const { rows } = await pool.query<{ left: number }>('select count(*)::int as left from graphile_worker._private_jobs');
    if (rows[0]?.left === 0) break;
  }
  const rate = perSecond(jobs, performance.now() - startedMs);
  await runner.stop();
  await pool.end();
  return rate;
}

/** pg-boss fetching and completing in batches of 1,000, two at once. */
export async function pgBossJobsPerSecond(connectionString: string, jobs: number): Promise<number> {
  const boss = await new PgBoss({ connectionString, supervise: false, schedule: false }).start();
  boss.on('error', (error) => console.error(error));
  const name = 'bench-noop';
  await boss.createQueue(name);
  for (let sent = 0; sent < jobs; sent += 5_000) {
    await boss.insert(
      name,
      Array.from({ length: Math.min(5_000, jobs - sent) }, () => ({ data: {} })),
    );
  }
  const pool = new pg.Pool({ connectionString, max: 1 });
  await pool.query('vacuum analyze pgboss.job_common');
  let done = 0;
  const startedMs = performance.now();
  const drain = async (): Promise<void> => {
    for (;;) {
      const batch = await boss.fetch(name, { batchSize: 1_000 });
      if (batch.length === 0) return;
      await boss.complete(
        name,
        batch.map((job) => job.id),
      );
      done += batch.length;
    }
  };
  await Promise.all([drain(), drain()]);
  const rate = perSecond(done, performance.now() - startedMs);
  await pool.end();
  await boss.deleteQueue(name);
  await boss.stop({ graceful: false });
  return rate;
}
