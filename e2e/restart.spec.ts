/** `npm start` of an installation of its own: what was there before Ctrl-C, and before a kill, is there after. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findEmbeddedDatabase, freePort } from '#server/cli/embedded-database.ts';
import { keptSecret } from '#server/cli/data-folder.ts';
import { expect, test } from './fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'andante with spaces '));
let running: ChildProcess | undefined;

test.afterAll(async () => {
  if (running) await ended(running, 'SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

test('data stays through Ctrl-C and through a kill, and nothing is left running', async () => {
  const port = await freePort();
  const first = await started(port);
  expect(first.output).toContain('workspace "clinica" made');
  await ask(`update workspaces set name = 'Clínica com data'`);

  expect(await ended(first.child, 'SIGINT')).toBe(0);
  expect(findEmbeddedDatabase(join(folder, 'postgres'), 'unused')).toBeNull();

  const second = await started(port);
  expect(second.output).toContain('Schema is up to date');
  expect(await ask('select name from workspaces')).toBe('Clínica com data');

  await ended(second.child, 'SIGKILL');
  await expect.poll(() => isAnswering(port), { timeout: 30_000 }).toBe(false);

  const third = await started(port);
  expect(await ask('select name from workspaces')).toBe('Clínica com data');
  expect(await ended(third.child, 'SIGTERM')).toBe(0);
  expect(findEmbeddedDatabase(join(folder, 'postgres'), 'unused')).toBeNull();
});

test('a taken port is said with what to do', async () => {
  const { child, output } = await launch(Number(process.env['ANDANTE_PORT']));
  expect(child.exitCode).toBe(1);
  expect(output()).toMatch(/Port \d+ is taken by another program\. Choose another one/);
});

async function started(port: number): Promise<{ child: ChildProcess; output: string }> {
  const { child, output } = await launch(port);
  if (child.exitCode !== null) throw new Error(output());
  running = child;
  return { child, output: output() };
}

/** Until it says that it is open, or ends. */
async function launch(port: number): Promise<{ child: ChildProcess; output: () => string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/cli/start.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      NODE_ENV: 'production',
      ANDANTE_DATA: folder,
      ANDANTE_PORT: String(port),
      ANDANTE_URL: '',
      ANDANTE_OWNER_EMAIL: 'dona@clinica.example',
      ANDANTE_OWNER_PASSWORD: 'passo-a-passo-2026',
      ANDANTE_WORKSPACE: 'Clinica',
    },
  });
  let text = '';
  await new Promise<void>((resolve) => {
    const collect = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      if (text.includes('Open  http')) resolve();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('close', () => resolve());
  });
  return { child, output: () => text };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return code;
}

async function isAnswering(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/api/health`).then(
    () => true,
    () => false,
  );
}

async function ask(statement: string): Promise<unknown> {
  const found = findEmbeddedDatabase(join(folder, 'postgres'), keptSecret(folder, 'database-password')) ?? '';
  const client = new pg.Client({ connectionString: found.replace(/\/postgres$/, '/andante') });
  await client.connect();
  try {
    return (await client.query<{ name: string }>(statement)).rows[0]?.name;
  } finally {
    await client.end();
  }
}
