/** The worker: fetches alarms, runs their passes, sweeps, and says that it is alive. Any number may run, anywhere. */
import { hostname } from 'node:os';
import { createDb, createPool } from '#db/client.ts';
import { beatWorker, deleteWorker, insertWorker } from '#db/queries/workers.ts';
import { env } from '#server/platform/env.ts';
import { log } from '#server/platform/log.ts';
import { closeSenders } from '#server/use-cases/channels/sender-pool.ts';
import { createEngine } from '#server/use-cases/engine/engine.ts';
import { sweep } from '#server/use-cases/engine/sweep.ts';
import { handleJobs } from './handlers/handle-jobs.ts';
import { repeat } from './repeat.ts';
import { closeAlarms, workingBoss } from './queues/boss.ts';

export interface Worker {
  /** Fetches nothing more, lets what is under way settle for up to `graceMs`, and closes everything. */
  stop(graceMs?: number): Promise<void>;
}

export interface WorkerOptions {
  readonly connectionString: string;
  readonly testClock: boolean;
}

const heartbeatMs = 5_000;
const sweepMs = 5_000;
/** A test clock jumps, so what has become due is looked for more often. */
const sweepUnderTestClockMs = 500;

export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const pool = createPool(options.connectionString, { max: 12, testClock: options.testClock, applicationName: 'andante-worker' });
  pool.on('error', (error) => log.warn({ err: error }, 'a database connection was lost'));
  const db = createDb(pool);
  const stopping = new AbortController();
  const tokenDb = createDb(
    createPool(options.connectionString, { max: 1, testClock: options.testClock, applicationName: 'andante-tokens' }),
  );
  const engine = createEngine(db, { tokenDb, stopping: stopping.signal });
  const self = { host: hostname(), pid: process.pid };
  const id = await insertWorker(db, self);
  const boss = await workingBoss(options.connectionString, 4).start();
  await handleJobs(boss, engine, stopping.signal);
  const loops = [
    repeat('the heartbeat', heartbeatMs, stopping.signal, () => beatWorker(db, id, self)),
    repeat('the sweep', options.testClock ? sweepUnderTestClockMs : sweepMs, stopping.signal, () => sweep(db)),
  ];
  log.info({ workerId: id, pid: process.pid }, 'worker started');
  return {
    async stop(graceMs = 25_000) {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: graceMs });
      await Promise.race([engine.dispatcher.idle(), new Promise((late) => setTimeout(late, graceMs).unref())]);
      await Promise.all(loops);
      await closeSenders(db);
      await deleteWorker(db, id).catch((error: unknown) => log.warn({ err: error }, 'the worker could not sign off'));
      await closeAlarms();
      await tokenDb.destroy();
      await db.destroy();
      log.info({ workerId: id }, 'worker stopped');
    },
  };
}

async function main(): Promise<void> {
  // Listened for first: a worker that is asked to stop while it starts must not die with messages in its hands.
  const asked = new Promise<void>((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop());
  });
  const worker = await startWorker({ connectionString: env().DATABASE_URL, testClock: env().ANDANTE_CLOCK === 'test' });
  await asked;
  await worker.stop();
  process.exit(0);
}

if (import.meta.main) await main();
