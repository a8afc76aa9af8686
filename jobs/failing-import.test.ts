import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeImportBench } from '#server/api/authorisation/import-bench.ts';
import { tallies, until } from './testing/worker-processes.ts';
import { startWorker } from './worker.ts';

const database = useTestDatabase();
const { count } = tallies(database);

test('an import that fails over many sweeps keeps one job, and goes on when the trouble ends', { timeout: 120_000 }, async () => {
  const bench = await makeImportBench(database.db);
  await sql`create function no_room() returns trigger language plpgsql as
    $$ begin raise exception 'disk is full' using errcode = '53100'; end $$`.execute(database.db);
  await sql`create trigger no_room before insert on contacts for each statement execute function no_room()`.execute(database.db);
  const { id } = await bench.api.imports.create({ uploadId: await bench.upload('Telefone\n11987654321\n') });
  await bench.api.imports.start({ id });
  const worker = await startWorker({ connectionString: database.url, testClock: true });
  try {
    let most = 0;
    await until('it has failed three times', async () => {
      most = Math.max(most, await count(sql`pgboss.job where name = 'import.run' and state < 'completed'`));
      return (await count(sql`pgboss.job where name = 'import.run' and retry_count >= 3`)) > 0;
    });
    expect(most).toBe(1);
    expect((await bench.api.imports.get({ id })).status).toBe('running');
    await sql`drop trigger no_room on contacts`.execute(database.db);
    await until('it is done', async () => (await bench.api.imports.get({ id })).status === 'done');
    expect(await bench.contacts()).toHaveLength(1);
  } finally {
    await worker.stop();
  }
});
