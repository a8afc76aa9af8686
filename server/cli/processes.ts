/** Web and worker as processes of their own, apart from the terminal's signals: whoever started them decides when they stop. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Env } from '#server/platform/env.ts';

export type ProcessName = 'web' | 'worker' | 'dev' | 'watchedWorker';

/** Keeps a worker below 300 MB under full load: young objects are looked through often, and the heap grows in small steps
 *  because it may not grow far. */
export const workerMemory = ['--max-semi-space-size=16', '--max-old-space-size=512'];

/** Both start processes of their own, which would inherit a preload and then lose the channel they are spoken to on. */
const withoutPreload: readonly ProcessName[] = ['dev', 'watchedWorker'];

/** Starts one; its log lines go to our stdout. Web and worker also stop when this process is gone. */
export function startProcess(name: ProcessName, env: Env): ChildProcess {
  const preload = withoutPreload.includes(name) ? [] : ['--import', './server/cli/exit-with-parent.js'];
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...preload, ...programOf(name, env)], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
}

function programOf(name: ProcessName, env: Env): string[] {
  const address = ['-p', String(env.ANDANTE_PORT), '-H', env.ANDANTE_HOST];
  switch (name) {
    case 'web':
      return ['node_modules/next/dist/bin/next', 'start', ...address];
    case 'dev':
      return ['node_modules/next/dist/bin/next', 'dev', ...address];
    case 'worker':
      return [...workerMemory, 'jobs/worker.ts'];
    case 'watchedWorker':
      return [...workerMemory, '--watch', '--watch-preserve-output', 'jobs/worker.ts'];
  }
}

/** Asks it to stop and waits; one that does not within `graceMs` is killed. */
export async function stopProcess(child: ChildProcess, graceMs = 40_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const harder = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone;
  clearTimeout(harder);
}
