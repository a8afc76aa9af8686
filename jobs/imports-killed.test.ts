import type { ChildProcess } from 'node:child_process';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench, peopleFile } from '#server/api/authorisation/import-bench.ts';
import { tallies, until, useWorkerProcesses } from './testing/worker-processes.ts';

const database = useTestDatabase();
const processes = useWorkerProcesses(database);
const { count } = tallies(database);
const people = 20_000;

/** Kills the only worker at once, with whatever it has in its hands. */
async function kill(worker: ChildProcess): Promise<void> {
  const dead = new Promise((done) => worker.once('exit', done));
  worker.kill('SIGKILL');
  await dead;
}

async function drafted(bench: ImportBench, content: string): Promise<string> {
  return (await bench.api.imports.create({ uploadId: await bench.upload(content) })).id;
}

test('with every worker killed, an import under way, one in the queue and an undo go on with the next worker', {
  timeout: 240_000,
}, async () => {
  const bench = await makeImportBench(database.db);
  const found = (id: string) => bench.api.imports.get({ id });
  const large = await drafted(bench, peopleFile(people));
  const small = await drafted(bench, 'Telefone\n11987654321\n');

  let worker = processes.start();
  await bench.api.imports.start({ id: large });
  await until('it has begun', async () => (await found(large)).counts.rows > 0);
  await bench.api.imports.start({ id: small });
  await kill(worker);
  expect([(await found(large)).status, (await found(small)).status]).toEqual(['running', 'queued']);
  worker = processes.start();
  await until('both are done', async () => (await found(large)).status === 'done' && (await found(small)).status === 'done');
  const { accounted } = await found(large);
  expect(accounted).toMatchObject({ total: people, created: people - people / 50, refused: people / 50 });
  expect(await count(sql`contacts`)).toBe(people - people / 50 + 1);

  await bench.api.imports.undo({ id: large });
  await until('the first are gone', async () => ((await found(large)).undo?.deleted ?? 0) > 0);
  await kill(worker);
  expect((await found(large)).undo?.status).toBe('running');
  processes.start();
  await until('it is undone', async () => (await found(large)).undo?.status === 'done');
  expect((await found(large)).undo).toMatchObject({ deleted: people - people / 50, kept: {} });
  expect(await count(sql`contacts`)).toBe(1);
});
