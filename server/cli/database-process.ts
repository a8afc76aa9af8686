/** The embedded server as a process, known by the `postmaster.pid` in its data directory. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

/** The server that runs over `directory` at this moment, or null. */
export function runningServer(directory: string): RunningServer | null {
  const file = join(directory, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid = '', , , port = ''] = readFileSync(file, 'utf8').split('\n');
  return isServerOver(Number(pid), directory) ? { pid: Number(pid), port: Number(port) } : null;
}

/** Stops a server that outlived the process that started it, and removes the pid file of one that is gone: its number
 *  may belong to another program by now, which would keep PostgreSQL from starting. */
export async function stopOrphan(directory: string): Promise<void> {
  const running = runningServer(directory);
  if (running) {
    process.kill(running.pid, 'SIGINT');
    for (let waited = 0; waited < 20_000 && commandOf(running.pid); waited += 50) await delay(50);
    if (commandOf(running.pid)) {
      throw new Error(`Another database server (process ${running.pid}) uses ${directory} and does not stop. End it and start again.`);
    }
  }
  rmSync(join(directory, 'postmaster.pid'), { force: true });
}

function isServerOver(pid: number, directory: string): boolean {
  const command = pid > 0 ? commandOf(pid) : '';
  return command.includes('postgres') && command.includes(directory);
}

/** The command line of a live process, or '' when there is none. */
export function commandOf(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}
