import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';

const database = useTestDatabase();
let bench: ImportBench;
beforeEach(async () => {
  bench = await makeImportBench(database.db);
});

/** An import that was started before its start was held against the calendar. */
async function unwritable(): Promise<string> {
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'immediately' })],
  });
  const { id } = await bench.api.imports.create({ uploadId: await bench.upload('Telefone\n11987654321\n'), options: { sequenceId } });
  await sql`update imports set options = options || '{"startAt":"0000-01-01T00:00:00Z"}' where id = ${id}`.execute(database.db);
  await bench.api.imports.start({ id });
  return id;
}

test('what no second try would mend ends the import, with nothing half-made', async () => {
  const id = await unwritable();
  expect(await bench.run(id)).toBe(true);
  expect(await bench.api.imports.get({ id })).toMatchObject({ status: 'failed', error: 'unexpected', counts: { rows: 0 } });
  expect(await bench.contacts()).toEqual([]);
});

test('a database that is away for a moment does not end it', async () => {
  const { id } = await bench.api.imports.create({ uploadId: await bench.upload('Telefone\n11987654321\n') });
  await bench.api.imports.start({ id });
  await sql`create or replace function no_room() returns trigger language plpgsql as
    $$ begin raise exception 'disk is full' using errcode = '53100'; end $$`.execute(database.db);
  await sql`create trigger no_room before insert on contacts for each statement execute function no_room()`.execute(database.db);
  try {
    await expect(bench.run(id)).rejects.toThrow('disk is full');
    expect(await bench.api.imports.get({ id })).toMatchObject({ status: 'running', error: null });
  } finally {
    await sql`drop trigger no_room on contacts`.execute(database.db);
  }
  await bench.run(id);
  expect(await bench.api.imports.get({ id })).toMatchObject({ status: 'done', counts: { created: 1 } });
});
