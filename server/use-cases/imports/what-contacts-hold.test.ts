/** What contacts have already is no reason to refuse a row that says it: a list that was written by us is read by us. */
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';

const database = useTestDatabase();
let bench: ImportBench;
beforeEach(async () => {
  bench = await makeImportBench(database.db);
});

const tagsFrom = (from: number, count: number) => Array.from({ length: count }, (_, n) => `Curso ${from + n}`).join(', ');

test('a contact may have more tags than a row may bring anew', async () => {
  const fileOf = (tags: string) => `nome;telefone;tags\nAna;11987654321;"${tags}"\n`;
  for (const from of [0, 40]) expect((await bench.importFile(fileOf(tagsFrom(from, 40)))).accounted.refused).toBe(0);
  const again = await bench.importFile(fileOf(tagsFrom(0, 80).toUpperCase()));
  expect(again.accounted).toMatchObject({ total: 1, unchanged: 1 });
  const { items } = await bench.api.contacts.list({});
  expect(items[0]?.tags).toHaveLength(80);
  expect((await bench.importFile(fileOf(`${tagsFrom(0, 80)}, ${tagsFrom(100, 50)}`))).accounted.refused).toBe(0);
  const many = await bench.importFile(fileOf(tagsFrom(200, 51)));
  expect(many.accounted).toMatchObject({ refused: 1, refusedBy: [{ reason: 'tooManyTags', count: 1 }] });
});

test('an option that was taken away stays with the contacts who hold it, and is given to nobody', async () => {
  const field = await bench.api.contacts.createField({ label: 'Plano', kind: 'choice', options: ['Ouro', 'Prata'] });
  await bench.importFile('nome;telefone;Plano\nAna;11987654321;Prata\nBia;11987654322;Ouro\n');
  await bench.api.contacts.updateField({ id: field.id, options: ['Ouro'] });
  const rows = [
    'Ana Souza;11987654321;Prata;',
    'Bia;11987654322;Prata;sim',
    'Caio;11987654323;Prata;',
    'Ana Souza;11987654321;;',
    'Ana Souza;11987654321;Bronze;',
  ];
  const file = `nome;telefone;Plano;descadastrado\n${rows.join('\n')}\n`;
  const uploadId = await bench.upload(file);
  const expected = { total: 5, updated: 1, merged: 1, refused: 3, refusedBy: [{ reason: 'fieldInvalid', count: 3 }] };
  const preview = await bench.api.imports.preview({ uploadId });
  expect(preview.rows.map(({ outcome, column }) => [outcome, column?.value ?? null])).toEqual([
    ['updated', null],
    ['rejected', 'Prata'],
    ['rejected', 'Prata'],
    ['merged', null],
    ['rejected', 'Bronze'],
  ]);
  const { dryRun } = await bench.api.imports.dryRun({ uploadId });
  expect(dryRun).toMatchObject({ toUpdate: 1, merged: 1, refuse: 3, optOutRows: 1, optOutsNotRecorded: 0 });
  const done = await bench.importFile(file);
  expect(done.accounted).toMatchObject(expected);
  // Whoever opts out in a row that is refused for it refuses all the same.
  expect(done.optOuts).toEqual({ rows: 1, recorded: 1, notRecorded: 0 });
  const { items } = await bench.api.imports.rows({ id: done.id, outcome: 'rejected' });
  expect(items.map(({ line, column }) => [line, column?.name, column?.value])).toEqual([
    [3, 'Plano', 'Prata'],
    [4, 'Plano', 'Prata'],
    [6, 'Plano', 'Bronze'],
  ]);
  expect(await bench.contacts()).toMatchObject([
    { name: 'Ana Souza', fields: { plano: 'Prata' } },
    { name: 'Bia', fields: { plano: 'Ouro' } },
  ]);
  const cleared = await bench.importFile('nome;telefone;Plano\nAna Souza;11987654321;Prata\n', { blank: 'clear' });
  expect(cleared.accounted).toMatchObject({ unchanged: 1 });
});

test('whoever opts out in a row that is refused for it is not enrolled by a row below', async () => {
  await bench.api.contacts.createField({ label: 'Plano', kind: 'choice', options: ['Ouro'] });
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'immediately' })],
  });
  const file = 'nome;telefone;Plano;descadastrado\nAna;11987654321;Prata;sim\nAna;11987654321;Ouro;\n';
  const done = await bench.importFile(file, { sequenceId }, {}, 1);
  expect(done.accounted).toMatchObject({ created: 1, refused: 1 });
  expect(done.counts).toMatchObject({ enrolled: 0, notEnrolled: { optedOut: 1 } });
  expect(done.optOuts).toEqual({ rows: 1, recorded: 1, notRecorded: 0 });
});
