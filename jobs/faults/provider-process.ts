/** Starts the provider, gives it orders, and reads its log. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { flagsOfChildren } from './crew.ts';
import type { LoggedMessage, Order, Report, Trouble } from './trouble.ts';

export interface Provider {
  readonly port: number;
  /** Resolves when the order is in force. `from`: for the account with this sender's address alone. */
  order(trouble: Trouble, from?: string): Promise<void>;
  /** Resolves at the next report of that kind. */
  next(kind: 'taken' | 'answered'): Promise<void>;
  logged(): Promise<LoggedMessage[]>;
  stop(): Promise<void>;
}

export async function startProvider(seed: number): Promise<Provider> {
  const folder = await mkdtemp(join(tmpdir(), 'andante-faults-'));
  const file = join(folder, 'provider.jsonl');
  await writeFile(file, '');
  const program = fileURLToPath(new URL('./provider.ts', import.meta.url));
  const child = spawn(process.execPath, [...flagsOfChildren, program, file, String(seed)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const next = <Kind extends Report['kind']>(kind: Kind): Promise<Extract<Report, { kind: Kind }>> =>
    new Promise((found, failed) => {
      const collapsed = (code: number | null): void => failed(new Error(`The provider ended with ${code} before it said "${kind}".`));
      const listener = (report: Report): void => {
        if (report.kind !== kind) return;
        child.off('message', listener).off('exit', collapsed);
        found(report as Extract<Report, { kind: Kind }>);
      };
      child.on('message', listener).on('exit', collapsed);
    });
  const { port } = await next('listening');
  return {
    port,
    async order(trouble, from) {
      const inForce = next('ordered');
      child.send({ trouble, from: from ?? null } satisfies Order);
      await inForce;
    },
    async next(kind) {
      await next(kind);
    },
    async logged() {
      const lines = (await readFile(file, 'utf8')).split('\n');
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LoggedMessage);
    },
    async stop() {
      const gone = once(child.removeAllListeners('exit'), 'exit');
      child.kill('SIGKILL');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
