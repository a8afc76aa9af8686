import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedDatabase, findEmbeddedDatabase, startEmbeddedDatabase } from './embedded-database.ts';

let directory = '';
const running: EmbeddedDatabase[] = [];
const settings = ['fsync=off'];

beforeAll(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'andante path with spaces ')), 'postgres');
  running.push(await startEmbeddedDatabase({ directory, settings }));
});

afterAll(async () => {
  for (const server of running) await server.stop();
  await rm(join(directory, '..'), { recursive: true, force: true });
});

test('a running server is found by the folder of its data', async () => {
  const url = findEmbeddedDatabase(directory, 'andante') ?? '';
  expect(await ask(url, 'select 1 as answer')).toBe(1);
});

test('a server that outlived the process that started it is taken over, with its data', async () => {
  await ask(findEmbeddedDatabase(directory, 'andante') ?? '', 'create table kept as select 42 as answer');
  const next = await startEmbeddedDatabase({ directory, settings });
  running.push(next);
  expect(await ask(next.url, 'select answer from kept')).toBe(42);
});

test('the pid file of a killed server is not in the way, even when its number belongs to another program now', async () => {
  const file = join(directory, 'postmaster.pid');
  const noted = await readFile(file, 'utf8');
  await running.at(-1)?.stop();
  await writeFile(file, [process.pid, ...noted.split('\n').slice(1)].join('\n'));
  expect(findEmbeddedDatabase(directory, 'andante')).toBeNull();
  const next = await startEmbeddedDatabase({ directory, settings });
  running.push(next);
  expect(await ask(next.url, 'select answer from kept')).toBe(42);
});

test('text is folded and compared as Unicode, not as bytes of ASCII', async () => {
  expect(await ask(findEmbeddedDatabase(directory, 'andante') ?? '', `select lower('ÁÇÃO') as answer`)).toBe('áção');
});

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return ((await client.query(statement)).rows[0] as { answer: unknown } | undefined)?.answer;
  } finally {
    await client.end();
  }
}
