/** Runs some of Andante's processes in the foreground until Ctrl-C, on a database that is there or is started for them. */
import type { ChildProcess } from 'node:child_process';
import type { Env } from '#server/platform/env.ts';
import { prepareEnvironment } from './environment.ts';
import { runCommand } from './failure.ts';
import { openDatabase } from './open-database.ts';
import { type ProcessName, startProcess, stopProcess } from './processes.ts';

export interface Foreground {
  readonly nodeEnv: 'production' | 'development';
  readonly processes: readonly ProcessName[];
  /** What to do once the database is open and before the processes start. */
  prepare?(env: Env): Promise<void>;
}

/** Ends when one of the processes ends or a signal comes; everything that was started is stopped then. */
export async function runInForeground(options: Foreground): Promise<void> {
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  await runCommand(async () => {
    const env = prepareEnvironment(options.nodeEnv);
    const database = await openDatabase();
    const running: ChildProcess[] = [];
    try {
      await options.prepare?.(env);
      running.push(...options.processes.map((name) => startProcess(name, env)));
      const code = await Promise.race([signalled.then(() => 0), ...running.map(endOf)]);
      process.exitCode = code;
    } finally {
      await Promise.all(running.map((child) => stopProcess(child)));
      await database.stop();
    }
  });
  process.exit();
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}
