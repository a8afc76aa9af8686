/** Web and worker as processes of their own, apart from the terminal's signals: whoever started them decides when they stop. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Env } from '#server/platform/env.ts';

export type ProcessName = 'web' | 'worker';

/** Starts one; its log lines go to our stdout. It also stops when this process is gone. */
export function startProcess(name: ProcessName, env: Env): ChildProcess {
  const own = ['--disable-warning=ExperimentalWarning', '--import', './server/cli/exit-with-parent.js'];
  return spawn(process.execPath, [...own, ...programOf(name, env)], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
}

function programOf(name: ProcessName, env: Env): string[] {
  if (name === 'worker') return ['jobs/worker.ts'];
  return ['node_modules/next/dist/bin/next', 'start', '-p', String(env.ANDANTE_PORT), '-H', env.ANDANTE_HOST];
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
