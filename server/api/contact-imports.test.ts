import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench } from './authorisation/import-bench.ts';

const database = useTestDatabase();
let bench: ImportBench;
beforeEach(async () => {
  bench = await makeImportBench(database.db);
});

const idOf = async (name: string) => (await bench.contacts()).find((contact) => contact.name === name)?.id ?? '';
const timeline = async (contactId: string) =>
  (await bench.api.contacts.timeline({ contactId })).items.map(({ kind, import: by }) => ({
    kind,
    deed: by?.deed ?? null,
    id: by?.id ?? null,
  }));

test('the history of a contact names the import that made it, and those that changed it since', async () => {
  const first = await bench.importFile('nome,telefone\nAna,11987654321\n');
  const second = await bench.importFile('nome,telefone,cidade\nAna,11987654321,Recife\n');
  await bench.importFile('nome,telefone\nAna,11987654321\n');
  expect(await timeline(await idOf('Ana'))).toEqual([
    { kind: 'import', deed: 'changed', id: second.id },
    { kind: 'created', deed: 'made', id: first.id },
  ]);
  const page = await bench.api.contacts.timeline({ contactId: await idOf('Ana'), limit: 1 });
  expect(page.items).toMatchObject([{ import: { fileName: 'contatos.csv', isUndone: false } }]);
  const rest = await bench.api.contacts.timeline({ contactId: await idOf('Ana'), limit: 1, cursor: page.nextCursor });
  expect(rest).toMatchObject({ items: [{ kind: 'created' }], nextCursor: null });
});

test('opt-outs and consents name the import that they came from, until somebody records them anew', async () => {
  const bia = await bench.api.contacts.create({ name: 'Bia', phone: '11987654322', email: 'bia@x.com' });
  const file = 'email,fone,descadastrado,consentimento\nbia@x.com,1,smtp,\nana@x.com,,,sandbox given 2026-01-02 Site\n';
  const done = await bench.importFile(file, {}, { mapping: [{ to: 'email' }, { to: 'phone' }, { to: 'optedOut' }, { to: 'consents' }] });
  expect(await timeline(bia.id)).toEqual([
    { kind: 'import', deed: 'answered', id: done.id },
    { kind: 'created', deed: null, id: null },
  ]);
  const by = { id: done.id, fileName: 'contatos.csv' };
  expect((await bench.api.contacts.get({ id: bia.id })).optOuts).toMatchObject([{ channelKind: 'smtp', import: by }]);
  const ana = (await bench.contacts()).find(({ email }) => email === 'ana@x.com')?.id ?? '';
  expect((await bench.api.contacts.get({ id: ana })).consents).toMatchObject([{ channelKind: 'sandbox', import: by }]);
  expect((await bench.api.contacts.timeline({ contactId: ana })).items).toMatchObject([{ import: { consents: ['sandbox'], optOuts: [] } }]);
  await bench.api.contacts.setConsent({ id: ana, channelKind: 'sandbox', status: 'given', source: 'Contrato' });
  expect((await bench.api.contacts.get({ id: ana })).consents).toMatchObject([{ source: 'Contrato', import: null }]);
});

test('the history says that an import was undone', async () => {
  await bench.api.contacts.create({ name: 'Ana', phone: '11987654321' });
  const { id } = await bench.importFile('nome,telefone,cidade\nAna,11987654321,Recife\n');
  await bench.api.imports.undo({ id });
  await bench.run(id);
  const { items } = await bench.api.contacts.timeline({ contactId: await idOf('Ana') });
  expect(items[0]?.import).toMatchObject({ id, deed: 'changed', isUndone: true });
});
