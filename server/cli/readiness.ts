/** Waits until the parts of Andante do their work, on conditions. */
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Env } from '#server/platform/env.ts';

const patienceMs = 60_000;
const pollMs = 100;

/** Throws a sentence when somebody listens there already. */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
  if (code === 'EADDRINUSE') {
    throw new Error(`Port ${port} is taken by another program. Choose another one: ANDANTE_PORT=${port + 1} npm start`);
  }
  if (code === 'EACCES') throw new Error(`This user may not open port ${port}. Choose one above 1023: ANDANTE_PORT=3000 npm start`);
  if (code) throw new Error(`Andante cannot listen on ${host}:${port} (${code}). Check ANDANTE_HOST and ANDANTE_PORT.`);
}

/** Until the web process answers `/api/health`. */
export async function waitUntilAnswering(env: Env, child: ChildProcess): Promise<void> {
  const host = env.ANDANTE_HOST.includes(':') ? `[${env.ANDANTE_HOST}]` : env.ANDANTE_HOST.replace(/^0\.0\.0\.0$/, '127.0.0.1');
  await waitFor('The web process', child, async () => {
    const answer = await fetch(`http://${host}:${env.ANDANTE_PORT}/api/health`, { signal: AbortSignal.timeout(5_000) });
    return answer.ok;
  });
}

/** Until the worker has written that it is there. */
export async function waitUntilWorking(databaseUrl: string, child: ChildProcess): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    await waitFor('The worker process', child, async () => {
      const { rowCount } = await client.query('select from workers where pid = $1 and started_at > statement_timestamp() - $2::interval', [
        child.pid,
        `${patienceMs} ms`,
      ]);
      return (rowCount ?? 0) > 0;
    });
  } finally {
    await client.end();
  }
}

async function waitFor(who: string, child: ChildProcess, isReady: () => Promise<boolean>): Promise<void> {
  const givenUpAt = performance.now() + patienceMs;
  while (performance.now() < givenUpAt) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${who} ended before it was ready; what it said stands above.`);
    if (await isReady().catch(() => false)) return;
    await delay(pollMs);
  }
  throw new Error(`${who} was not ready within ${patienceMs / 1000} seconds. What it said stands above; \`npm run doctor\` may know more.`);
}
