import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createDb, createPool } from '#db/client.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';
import { runImport } from './run-import.ts';
import { makeImportBench } from '#server/api/authorisation/import-bench.ts';

const database = useTestDatabase();
const rows = 6_000;
const chunkRows = 200;

/** Every 40th row is bad, every 30th repeats the person of the row before. */
function lineOf(n: number): string {
  const person = n % 30 === 29 ? n - 1 : n;
  return n % 40 === 39 ? `Ruim ${n};123` : `Pessoa ${person};(11) 9${60_000_000 + person}`;
}

test('an import that is killed five times accounts for every row once, and enrols everybody once', async () => {
  const bench = await makeImportBench(database.db);
  const { workspaceId } = bench.at;
  const sequenceId = await makeSequence(database.db, workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  const content = `nome;telefone\n${Array.from({ length: rows }, (_, n) => lineOf(n)).join('\n')}\n`;
  const { id } = await bench.api.imports.create({ uploadId: await bench.upload(content), options: { sequenceId, tags: ['Feira'] } });
  await bench.api.imports.start({ id });

  let kills = 0;
  for (; kills < 5; kills += 1) {
    const { counts } = await bench.api.imports.get({ id });
    const applicationName = `killed-${kills}`;
    const pool = createPool(database.url, { applicationName, testClock: true });
    const dying = runImport(createDb(pool), { workspaceId, importId: id }, { chunkRows }).then(
      () => 'ended',
      () => 'died',
    );
    // Not at the same point twice: after some chunks, in the midst of whatever it does then.
    await expect.poll(async () => (await bench.api.imports.get({ id })).counts.rows, { interval: 5 }).toBeGreaterThan(counts.rows + 300);
    await new Promise((resolve) => setTimeout(resolve, kills * 3));
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${applicationName}`.execute(database.db);
    expect(await dying).toBe('died');
    await pool.end();
    expect((await bench.api.imports.get({ id })).status).toBe('running');
  }
  await bench.run(id, chunkRows);

  const done = await bench.api.imports.get({ id });
  expect(done.status).toBe('done');
  const { total, created, updated, unchanged, merged, skipped, refused, refusedBy } = done.accounted;
  expect({ total, sum: created + updated + unchanged + merged + skipped + refused }).toEqual({ total: rows, sum: rows });
  expect({ updated, unchanged, skipped }).toEqual({ updated: 0, unchanged: 0, skipped: 0 });
  expect(refusedBy).toEqual([{ reason: 'phoneInvalid', count: rows / 40 }]);
  expect(done.counts.enrolled).toBe(created);
  const { rows: facts } = await sql<Record<string, number>>`
    select (select count(*) from contacts where workspace_id = ${workspaceId}) as contacts,
      (select count(*) from enrolments where workspace_id = ${workspaceId}) as enrolments,
      (select count(distinct contact_id) from enrolments where workspace_id = ${workspaceId}) as enrolled,
      (select count(*) from contact_tags where workspace_id = ${workspaceId}) as tagged,
      (select count(*) from import_rows where import_id = ${id}) as told`.execute(database.db);
  expect(facts[0]).toEqual({ contacts: created, enrolments: created, enrolled: created, tagged: created, told: rows });
});
