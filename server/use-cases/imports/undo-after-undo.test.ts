/** An import is undone after later ones were: who was touched by nobody else goes, and nobody else does. */
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { noUndo } from '#db/queries/imports.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';

const database = useTestDatabase();
let bench: ImportBench;
beforeEach(async () => {
  bench = await makeImportBench(database.db);
});

/** Undoes it, and sees that it was foretold. */
async function undo(id: string) {
  const { isExact, ...foretold } = await bench.api.imports.undoPreview({ id });
  await bench.api.imports.undo({ id });
  await bench.run(id);
  const done = (await bench.api.imports.get({ id })).undo;
  expect({ ...foretold, isExact }).toEqual({ isExact: true, ...noUndo, ...done, status: undefined });
  return done;
}

const idOf = async (phone: string) => (await bench.contacts()).find((contact) => contact.phone === `+55${phone}`)?.id ?? '';

test('contacts that a later import changed, enrolled and tagged go once that one was undone', async () => {
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  const first = await bench.importFile('nome,telefone\nAna,11987654321\nBia,11987654322\n');
  const later = await bench.importFile(
    'nome,telefone,email,cidade,tags\nAna S.,11987654321,ana@x.com,Recife,vip\nBia,11987654322,,,vip\n',
    { sequenceId, tags: ['Feira'] },
  );
  expect(later.counts).toMatchObject({ updated: 1, unchanged: 1, enrolled: 2 });
  expect(await undo(later.id)).toMatchObject({ restored: expect.any(Number), enrolmentsEnded: 2, kept: {} });
  expect(await undo(first.id)).toMatchObject({ deleted: 2, kept: {} });
  expect(await bench.contacts()).toEqual([]);
});

test('contacts that a hand touched stay: before the later import, between it and its undo, or after', async () => {
  const phones = ['11987654321', '11987654322', '11987654323', '11987654324', '11987654325'] as const;
  const [before, between, backAgain, after, nobody] = phones;
  const first = await bench.importFile(`nome,telefone\n${phones.map((phone, n) => `Pessoa ${n},${phone}`).join('\n')}\n`);
  const rename = async (phone: string, name: string) => bench.api.contacts.update({ id: await idOf(phone), name });
  await rename(before, 'Ana');
  const later = await bench.importFile(`telefone,cidade\n${phones.map((phone) => `${phone},Recife`).join('\n')}\n`);
  await rename(between, 'Bia');
  await rename(backAgain, 'Caio');
  await rename(backAgain, 'Pessoa 2');
  await undo(later.id);
  await rename(after, 'Dani');
  const goes = await idOf(nobody);
  expect(await undo(first.id)).toMatchObject({ deleted: 1, kept: { changedSince: 4 } });
  const left = await bench.contacts();
  expect(left.map(({ name }) => name)).toEqual(['Ana', 'Bia', 'Pessoa 2', 'Dani']);
  expect(left.map(({ id }) => id)).not.toContain(goes);
});

test.each([
  ['the last one first', (ids: readonly string[]) => ids.toReversed()],
  ['the first one first', (ids: readonly string[]) => ids],
])('several later imports may have been undone, %s, and one of them in many chunks', async (_, inOrder) => {
  const first = await bench.importFile('nome,telefone\nAna,11987654321\n');
  const second = await bench.importFile('telefone,cidade\n11987654321,Recife\n');
  const others = Array.from({ length: 1_200 }, (_row, n) => `119${60_000_000 + n},Recife,`);
  const file = `telefone,cidade,email\n11987654321,Olinda,\n${others.join('\n')}\n11987654321,Natal,ana@x.com\n`;
  const third = await bench.importFile(file, {}, {}, 500);
  for (const id of inOrder([second.id, third.id])) await undo(id);
  expect(await undo(first.id)).toMatchObject({ deleted: 1, kept: {} });
  expect(await bench.contacts()).toEqual([]);
});

test('a contact stays that a later import changed which was not undone', async () => {
  const first = await bench.importFile('nome,telefone\nAna,11987654321\n');
  const second = await bench.importFile('telefone,cidade\n11987654321,Recife\n');
  await bench.importFile('telefone,bairro\n11987654321,Boa Vista\n');
  await undo(second.id);
  expect(await undo(first.id)).toMatchObject({ deleted: 0, kept: { changedSince: 1 } });
});

test('a contact stays that went through a sequence before the later import, which had brought it there, was undone', async () => {
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  const file = 'nome,telefone\nAna,11987654321\nBia,11987654322\n';
  const first = await bench.importFile(file);
  const later = await bench.importFile(`${file}\n`, { sequenceId });
  expect(later.counts).toMatchObject({ unchanged: 2, enrolled: 2 });
  await bench.api.contacts.removeFromSequence({ contactIds: [await idOf('11987654321')], sequenceId });
  expect(await undo(later.id)).toMatchObject({ enrolmentsEnded: 1, kept: {} });
  expect(await undo(first.id)).toMatchObject({ deleted: 1, kept: { enrolledSince: 1 } });
  expect(await bench.contacts()).toMatchObject([{ name: 'Ana' }]);
});

test('a contact stays that somebody was merged into, or for whom a consent came along', async () => {
  const first = await bench.importFile('nome,telefone\nAna,11987654321\nBia,11987654322\n');
  const later = await bench.importFile(
    'telefone,cidade,consentimento\n11987654321,Recife,\n11987654322,Recife,sandbox given 2026-01-02 Site\n',
    {},
    { mapping: [{ to: 'phone' }, { to: 'newField', label: 'Cidade', kind: 'text' }, { to: 'consents' }] },
  );
  const other = await bench.api.contacts.create({ name: 'Ana S.' });
  await bench.api.contacts.merge({ keepId: await idOf('11987654321'), mergeIds: [other.id] });
  await undo(later.id);
  expect(await undo(first.id)).toMatchObject({ deleted: 0, kept: { changedSince: 1, consentSet: 1 } });
});
