import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';
import type { ColumnTarget } from '#server/domain/contact-csv/mapping.ts';

const database = useTestDatabase();
let bench: ImportBench;
beforeEach(async () => {
  bench = await makeImportBench(database.db);
});

const file =
  'nome;telefone;plano\nAna;11987654321;ouro\nBia;11987654322;Prata\nCaio;11987654323;"\'=bronze"\nDani;11987654324;PRATA\nEva;11987654325;\n';
const mappingTo = (target: ColumnTarget): ColumnTarget[] => [{ to: 'name' }, { to: 'phone' }, target];
const newChoice = (...options: string[]): ColumnTarget => ({ to: 'newField', label: 'Plano', kind: 'choice', options });
const fields = async () => (await bench.api.contacts.fields({})).items.map(({ label, kind, options }) => ({ label, kind, options }));

test('a choice is made when the import starts, with its options, and not before', async () => {
  const uploadId = await bench.upload(file);
  const mapping = mappingTo(newChoice('Ouro', 'Prata'));
  expect((await bench.api.imports.preview({ uploadId, mapping })).counts).toMatchObject({ created: 4, rejected: 1 });
  await bench.api.imports.dryRun({ uploadId, mapping });
  expect(await fields()).toEqual([]);
  const done = await bench.importFile(file, {}, { mapping });
  expect(done.counts).toMatchObject({ created: 4, rejected: 1, reasons: { fieldInvalid: 1 } });
  expect(await fields()).toEqual([{ label: 'Plano', kind: 'choice', options: ['Ouro', 'Prata'] }]);
  expect((await bench.contacts()).map(({ fields: of }) => of)).toEqual([{ plano: 'Ouro' }, { plano: 'Prata' }, { plano: 'Prata' }, {}]);
  const { items } = await bench.api.imports.rows({ id: done.id, outcome: 'rejected' });
  expect(items).toMatchObject([{ line: 4, column: { name: 'plano', kind: 'choice' } }]);
});

test('a preview says which cells are no options of the choice that a column goes to', async () => {
  const uploadId = await bench.upload(file);
  const others = async (target: ColumnTarget) =>
    (await bench.api.imports.preview({ uploadId, mapping: mappingTo(target) })).columns.map(({ notOptions }) => notOptions);
  expect(await others(newChoice('Ouro'))).toEqual([null, null, { rows: 3, values: ['Prata', '=bronze'] }]);
  const field = await bench.api.contacts.createField({ label: 'Nível', kind: 'choice', options: ['prata', 'ouro'] });
  expect(await others({ to: 'field', key: field.key })).toEqual([null, null, { rows: 1, values: ['=bronze'] }]);
  await bench.api.contacts.updateField({ id: field.id, options: ['prata', 'ouro', '=bronze'] });
  expect(await others({ to: 'field', key: field.key })).toEqual([null, null, null]);
  expect(await others({ to: 'newField', label: 'Plano', kind: 'text' })).toEqual([null, null, null]);
});

test('a choice has options, and no other kind has', async () => {
  const uploadId = await bench.upload(file);
  for (const kind of ['choice', 'text'] as const) {
    const options = kind === 'text' ? { options: ['Ouro'] } : {};
    const mapping = mappingTo({ to: 'newField', label: 'Plano', kind, ...options });
    await expect(bench.api.imports.create({ uploadId, mapping })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  }
});
