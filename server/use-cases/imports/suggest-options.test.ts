import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench, once } from '#server/api/authorisation/import-bench.ts';
import { importOptionsSchema } from '#server/domain/contact-csv/options.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';
import { storeUpload } from './store-upload.ts';

const database = useTestDatabase();
let bench: ImportBench;
let sequenceId: string;
beforeEach(async () => {
  bench = await makeImportBench(database.db);
  sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
});

const file = 'nome;telefone;e-mail\nAna;123;ana@x.com\nBia;11987654322;bia@x.com\n';
const uploadNamed = async (name: string, content: string) =>
  (await storeUpload(database.db, bench.at.actor, { name, bytes: once(content) })).uploadId;
async function importNamed(name: string, content: string, options: Parameters<ImportBench['importFile']>[1]) {
  const { id } = await bench.api.imports.create({ uploadId: await uploadNamed(name, content), options });
  await bench.api.imports.start({ id });
  await bench.run(id);
  return id;
}
const mended = '\ufeffLinha;Motivo;nome;telefone;e-mail\r\n2;por phoneInvalid;Ana;11987654321;ana@x.com\r\n';

test('mended rows begin with the options of their import, and people come in by them as the others did', async () => {
  const startAt = '2999-01-02T12:00:00.000Z';
  const options = { identity: 'email' as const, blank: 'clear' as const, tags: ['Feira'], sequenceId, startAt, key: '42' };
  const id = await importNamed('feira.csv', file, options);
  const uploadId = await uploadNamed('linhas-recusadas-feira.csv', mended);
  const preview = await bench.api.imports.preview({ uploadId });
  expect(preview).toMatchObject({
    mends: id,
    mapping: [{ to: 'ignore' }, { to: 'ignore' }, { to: 'name' }, { to: 'phone' }, { to: 'email' }],
  });
  const suggested = await bench.api.imports.suggestedOptions({ id });
  expect(suggested).toEqual({ id, fileName: 'feira.csv', options: importOptionsSchema.parse(options), left: [] });
  const again = await bench.importFile(mended, suggested.options);
  expect(again.counts).toMatchObject({ created: 1, enrolled: 1 });
  const rows = await database.db.selectFrom('enrolments').select(['key', 'startedAt']).where('sequenceId', '=', sequenceId).execute();
  expect(rows).toEqual([1, 2].map(() => ({ key: '42', startedAt: new Date(startAt) })));
  const { items } = await bench.api.contacts.list({});
  expect(items.map(({ tags }) => tags)).toEqual([['Feira'], ['Feira']]);
});

test('a start that is past and a sequence that does not run are left out, and named', async () => {
  const id = await importNamed('feira.csv', file, { tags: ['Feira'], sequenceId, startAt: '2026-01-02T12:00:00.000Z', key: '42' });
  const without = { tags: ['Feira'], startAt: null, key: '42' };
  expect(await bench.api.imports.suggestedOptions({ id })).toMatchObject({ options: { ...without, sequenceId }, left: ['start'] });
  await bench.api.sequences.pause({ id: sequenceId });
  expect(await bench.api.imports.suggestedOptions({ id })).toMatchObject({
    options: { ...without, sequenceId: null },
    left: ['sequence', 'start'],
  });
});

test('a list of refused rows is known by its columns, whatever blank ones came after, and by its name among lists with the same ones', async () => {
  const fair = await importNamed('feira.csv', file, {});
  const clinic = await importNamed('Pacientes da clínica.csv', file, {});
  await importNamed('outra.csv', 'nome;telefone\nAna;11987654321\n', {});
  const mendsOf = async (name: string, content: string) =>
    (await bench.api.imports.preview({ uploadId: await uploadNamed(name, content) })).mends;
  expect(await mendsOf('linhas-recusadas-feira (1).csv', mended)).toBe(fair);
  expect(await mendsOf('linhas-recusadas-pacientes da clinica.csv', mended)).toBe(clinic);
  expect(await mendsOf('corrigidas.csv', mended.replace('e-mail', 'e-mail;;'))).toBe(clinic);
  expect(await mendsOf('refused.csv', mended.replace('Linha;Motivo', 'Line;Reason'))).toBe(clinic);
  expect(await mendsOf('linhas-recusadas-feira.csv', mended.replace('e-mail', 'cidade'))).toBeNull();
  expect(await mendsOf('feira.csv', file)).toBeNull();
  // Rows that are refused once more begin as the import that brought them back.
  const second = await importNamed('linhas-recusadas-feira.csv', mended.replace('11987654321', '12'), { tags: ['de novo'] });
  expect(await mendsOf('linhas-recusadas-linhas-recusadas-feira.csv', mended)).toBe(second);
});
