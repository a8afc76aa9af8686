import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench, peopleFile } from '#server/api/authorisation/import-bench.ts';
import { listOpenWork } from '#db/queries/sweep.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';
import { previewUndo } from './preview-undo.ts';

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

test('what cannot be written at the end of an import, for good, ends it too', async () => {
  const mapping = [{ to: 'phone' }, { to: 'email' }, { to: 'optedOut' }] as const;
  const content = 'telefone;email;descadastrado\n123;ana@x.com;sim\n11987654321;ana@x.com;\n';
  const { id } = await bench.api.imports.create({ uploadId: await bench.upload(content), mapping: [...mapping] });
  await bench.api.imports.start({ id });
  await sql`create function no_mark() returns trigger language plpgsql as $$ begin raise exception 'no mark'; end $$`.execute(database.db);
  await sql`create trigger no_mark before update on import_rows for each statement execute function no_mark()`.execute(database.db);
  try {
    expect(await bench.run(id)).toBe(true);
  } finally {
    await sql`drop function no_mark cascade`.execute(database.db);
  }
  expect(await bench.api.imports.get({ id })).toMatchObject({ status: 'failed', error: 'unexpected', counts: { rows: 2, created: 1 } });
});

/** Contacts whose phone is `phone` cannot be deleted, with that SQLSTATE, until so many tries were made. */
async function whileNotDeletable<Answer>(phone: string, code: string, tries: number, work: () => Promise<Answer>): Promise<Answer> {
  await sql`create sequence tries`.execute(database.db);
  await sql`create function keep() returns trigger language plpgsql as ${sql.lit(`
    begin
      if old.phone = '${phone}' and nextval('tries') <= ${tries} then raise exception 'kept' using errcode = '${code}'; end if;
      return old;
    end`)}`.execute(database.db);
  await sql`create trigger keep before delete on contacts for each row execute function keep()`.execute(database.db);
  return work().finally(async () => {
    await sql`drop function keep cascade`.execute(database.db);
    await sql`drop sequence tries`.execute(database.db);
  });
}

const undoOf = async (id: string) => (await bench.api.imports.get({ id })).undo;
/** Of 1,500 rows 1,470 come in; the first one is undone with the second chunk. */
const firstPhone = '+5511960000000';

test('an undo that no second try would mend ends with a word, and its rest can be undone later', async () => {
  const { id } = await bench.importFile(peopleFile(1_500));
  await whileNotDeletable(firstPhone, '23503', 1_000, async () => {
    await bench.api.imports.undo({ id });
    expect(await bench.run(id)).toBe(true);
  });
  expect(await undoOf(id)).toMatchObject({ status: 'failed', deleted: 1_000 });
  expect(await bench.contacts()).toHaveLength(470);
  expect((await listOpenWork(database.db)).filter((work) => work.id === id)).toEqual([]);
  expect(await bench.api.imports.undoPreview({ id })).toMatchObject({ isExact: true, deleted: 470, kept: {} });
  const sample = { wholeRows: 100, stretches: 4, rowsPerStretch: 200 };
  expect(await previewUndo(database.db, bench.at.actor, id, sample)).toMatchObject({ isExact: false, deleted: 470, kept: {} });
  await bench.api.imports.undo({ id });
  await bench.run(id);
  expect(await undoOf(id)).toMatchObject({ status: 'done', deleted: 1_470, kept: {} });
  expect(await bench.contacts()).toEqual([]);
  await expect(bench.api.imports.undo({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('an undo that somebody stood in the way of for a moment goes on', async () => {
  const { id } = await bench.importFile(peopleFile(1_500));
  await bench.api.imports.undo({ id });
  await whileNotDeletable(firstPhone, '23505', 3, () => bench.run(id));
  expect(await undoOf(id)).toMatchObject({ status: 'done', deleted: 1_470 });
});

test('an undo whose database is away for a moment is tried again', async () => {
  const { id } = await bench.importFile(peopleFile(100));
  await bench.api.imports.undo({ id });
  await expect(whileNotDeletable(firstPhone, '53100', 1, () => bench.run(id))).rejects.toThrow('kept');
  expect(await undoOf(id)).toMatchObject({ status: 'running' });
  await bench.run(id);
  expect(await undoOf(id)).toMatchObject({ status: 'done', deleted: 98 });
});
