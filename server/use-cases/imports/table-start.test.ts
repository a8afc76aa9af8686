/** Reports begin with a title, a date and a blank line; whatever reads the file begins below them. */
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';
import { runImport } from './run-import.ts';

const database = useTestDatabase();
let bench: ImportBench;
beforeEach(async () => {
  bench = await makeImportBench(database.db);
});

const titles = 'Relatório de clientes;;;\r\nEmitido em 26/11/2026;;;\r\n\r\n';
const header = 'Nome;Telefone;E-mail;Descadastrado\r\n';
const people = [
  'Ana;(11) 98765-4321;ana@x.com;',
  'Bia;123;bia@x.com;sim',
  'Caio;(11) 98765-4323;;',
  'Dudu;(11) 98765-4324;;',
  ';;ana@x.com;sim',
  'Total: 4 clientes;;;',
];
const table = `${header}${people.join('\r\n')}\r\n`;
const report = `${titles}${table}`;

test('the preview, the count beforehand and the run begin below, and name lines as the spreadsheet does', async () => {
  const uploadId = await bench.upload(report);
  const preview = await bench.api.imports.preview({ uploadId });
  expect(preview).toMatchObject({
    format: { startLine: 4, hasHeader: true },
    mapping: [{ to: 'name' }, { to: 'phone' }, { to: 'email' }, { to: 'optedOut' }],
    counts: { rows: 6, created: 3, merged: 1, rejected: 2 },
  });
  expect(preview.top.slice(0, 3).map(({ line, cells }) => [line, cells[0]])).toEqual([
    [1, 'Relatório de clientes'],
    [2, 'Emitido em 26/11/2026'],
    [4, 'Nome'],
  ]);
  expect(preview.rows[0]).toMatchObject({ line: 5, cells: ['Ana', '(11) 98765-4321', 'ana@x.com', ''] });
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'immediately' })],
  });
  const { id, dryRun } = await bench.api.imports.dryRun({ uploadId, options: { sequenceId } });
  // Ana opts out in a later row: both readings of the file begin at one place.
  expect(dryRun).toMatchObject({ rows: 6, toCreate: 3, merged: 1, refuse: 2, toEnrol: 2, optedOut: 1, optOutRows: 2 });
  await bench.api.imports.start({ id });
  await bench.run(id, 2);
  const done = await bench.api.imports.get({ id });
  expect(done).toMatchObject({
    status: 'done',
    format: { startLine: 4, header: ['Nome', 'Telefone', 'E-mail', 'Descadastrado'], given: [] },
  });
  expect(done.accounted).toMatchObject({ total: 6, created: 3, merged: 1, refused: 2 });
  expect(done.counts).toMatchObject({ enrolled: 2, notEnrolled: { optedOut: 1 } });
  const { items } = await bench.api.imports.rows({ id, outcome: 'rejected' });
  expect(items.map(({ line, reason }) => [line, reason])).toEqual([
    [6, 'phoneInvalid'],
    [10, 'noAddress'],
  ]);
});

test('an import that stopped in the middle goes on where it was, and is undone as a whole', async () => {
  const { id } = await bench.api.imports.create({ uploadId: await bench.upload(report) });
  await bench.api.imports.start({ id });
  const job = { workspaceId: bench.at.workspaceId, importId: id };
  const stopping = new AbortController();
  // Asked to stop while its first chunk is being written.
  const first = runImport(database.db, job, { chunkRows: 1, signal: stopping.signal });
  await expect.poll(async () => (await bench.api.imports.get({ id })).counts.rows, { interval: 1 }).toBeGreaterThan(0);
  stopping.abort();
  await first;
  await bench.run(id, 2);
  const done = await bench.api.imports.get({ id });
  expect(done.accounted).toMatchObject({ total: 6, created: 3, merged: 1, refused: 2 });
  expect((await bench.contacts()).map(({ name }) => name)).toEqual(['Ana', 'Caio', 'Dudu']);
  await bench.api.imports.undo({ id });
  await bench.run(id);
  // Ana opted out by it, and is kept.
  expect((await bench.contacts()).map(({ name }) => name)).toEqual(['Ana']);
});

test('where a table begins can be said: further up, further down, and where nothing told', async () => {
  const uploadId = await bench.upload(report);
  const whole = await bench.api.imports.preview({ uploadId, format: { startLine: 1 } });
  expect(whole).toMatchObject({ format: { startLine: 1 }, mapping: [{ to: 'newField' }, {}, {}, {}] });
  expect(whole.counts.rows).toBe(8);
  const below = await bench.api.imports.preview({ uploadId, format: { startLine: 7 } });
  expect(below).toMatchObject({
    format: { startLine: 7, hasHeader: false },
    rows: [{ line: 7, cells: ['Caio', '(11) 98765-4323', '', ''] }, {}, {}, {}],
  });

  const plain = await bench.upload(`Lista dos telefones\r\n\r\n11987654321\r\n11987654322\r\n`);
  expect((await bench.api.imports.preview({ uploadId: plain })).format.startLine).toBe(1);
  // A blank line leads on to the row below it.
  const { id, format } = await bench.api.imports.create({ uploadId: plain, format: { startLine: 2 } });
  expect(format).toMatchObject({ startLine: 3, hasHeader: false, header: null, given: ['startLine'] });
  await bench.api.imports.start({ id });
  await bench.run(id);
  expect((await bench.api.imports.get({ id })).accounted).toMatchObject({ total: 2, created: 2 });
  await expect(bench.api.imports.preview({ uploadId: plain, format: { startLine: 5 } })).rejects.toThrow('line 5');
});

test('a list without such lines is read from its first row', async () => {
  const done = await bench.importFile(table);
  expect(done.format.startLine).toBe(1);
  expect(done.accounted).toMatchObject({ total: 6, created: 3 });
});

test('a draft of before tables could begin further down goes on from the first line', async () => {
  const options = { identity: 'phone' as const };
  const mapping = [{ to: 'phone' as const }, { to: 'ignore' as const }, { to: 'ignore' as const }, { to: 'ignore' as const }];
  const { id } = await bench.api.imports.create({ uploadId: await bench.upload(report), mapping, options, format: { hasHeader: false } });
  await sql`update imports set format = format - 'startLine' where id = ${id}`.execute(database.db);
  expect((await bench.api.imports.get({ id })).format).toMatchObject({ startLine: 1, given: ['hasHeader', 'startLine'] });
  await bench.api.imports.start({ id });
  await bench.run(id);
  expect((await bench.api.imports.get({ id })).accounted).toMatchObject({ total: 9, refused: 9 });
});
