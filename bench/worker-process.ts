/** A worker in a process of its own for benchmarks that measure it from outside: started, its memory read, stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { workerMemory } from '#server/cli/processes.ts';
import type { Bench } from './figure.ts';

export interface WorkerProcess {
  /** The most resident memory that it has had so far, in megabytes (10⁶ bytes); null where the system does not tell. */
  peakMegabytes(): Promise<number | null>;
  stop(): Promise<void>;
}

const program = ['--disable-warning=ExperimentalWarning', ...workerMemory, new URL('./sink-worker.ts', import.meta.url).pathname];

/** Resolves when the worker has signed on. `flags`: more options for Node, like `--cpu-prof`. */
export async function startSinkWorker({ db, connectionString }: Bench, flags: readonly string[] = []): Promise<WorkerProcess> {
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    DATABASE_URL: connectionString,
    ANDANTE_SECRET: randomBytes(24).toString('hex'),
    ANDANTE_LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, [...flags, ...program], { stdio: ['ignore', 'inherit', 'inherit'], env });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  await signedOn(db, child);
  return {
    peakMegabytes: () => peakMegabytes(child),
    async stop() {
      child.kill('SIGTERM');
      await exited;
      process.removeListener('exit', killWithUs);
    },
  };
}

async function signedOn(db: Bench['db'], child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The worker ended with ${child.exitCode} before it had signed on.`);
    const { rows } = await sql`select from workers where pid = ${child.pid}`.execute(db);
    if (rows.length > 0) return;
    await pause(50);
  }
}

async function peakMegabytes({ pid }: ChildProcess): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Math.round((Number(kilobytes) * 1_024) / 1_000_000);
}
