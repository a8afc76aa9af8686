import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench, peopleFile } from '#server/api/authorisation/import-bench.ts';
import { apiAs } from '#server/api/authorisation/world.ts';
import { makeSequence, makeWorkspace, messageStep } from '../engine/testing.ts';

const database = useTestDatabase();
let at: ImportBench['at'];
let bench: ImportBench;
let api: ImportBench['api'];

beforeEach(async () => {
  bench = await makeImportBench(database.db);
  ({ at, api } = bench);
});

test('10,000 rows with 2% bad ones become contacts with tags, a field and an enrolment, and every bad row is told', async () => {
  const sequenceId = await makeSequence(database.db, at.workspaceId, {
    steps: [messageStep('a', at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  const done = await bench.importFile(peopleFile(10_000), { sequenceId, tags: ['Feira'] });
  expect(done).toMatchObject({ status: 'done', progress: 1, error: null });
  expect(done.counts).toMatchObject({ rows: 10_000, created: 9_800, rejected: 200, enrolled: 9_800, reasons: { phoneInvalid: 200 } });
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from contacts where workspace_id = ${at.workspaceId} and time_zone = 'America/Sao_Paulo' and time_zone_origin = 'phone') as contacts,
      (select count(*) from contacts where workspace_id = ${at.workspaceId} and fields ->> 'cidade' = 'Recife') as in_recife,
      (select count(*) from contact_tags where workspace_id = ${at.workspaceId}) as tagged,
      (select count(*) from enrolments where workspace_id = ${at.workspaceId} and status = 'active' and source = 'csv') as enrolled,
      (select count(*) from import_rows where workspace_id = ${at.workspaceId} and import_id = ${done.id}) as told`.execute(database.db);
  expect(rows[0]).toEqual({ contacts: 9_800, inRecife: 5_000, tagged: 9_800, enrolled: 9_800, told: 10_000 });
  const rejected = await api.imports.rows({ id: done.id, outcome: 'rejected', limit: 2 });
  expect(rejected.items).toMatchObject([
    { line: 51, reason: 'phoneInvalid', cells: ['Pessoa Número 49', '123', 'pessoa49@exemplo.com', 'São Paulo'] },
    { line: 101, reason: 'phoneInvalid' },
  ]);
  const next = await api.imports.rows({ id: done.id, outcome: 'rejected', limit: 2, cursor: rejected.nextCursor });
  expect(next.items.map((row) => row.line)).toEqual([151, 201]);
});

describe('people who are contacts already', () => {
  const file =
    'nome,telefone,email,tags\nAna Souza,11987654321,,vip\n,11987654322,bia@exemplo.com,"novo, lead"\nCaio,11987654323,caio@exemplo.com,';
  beforeEach(async () => {
    await api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@exemplo.com' });
    await api.contacts.create({ name: 'Bia', phone: '11987654322' });
  });

  test('are updated by filled cells; blank ones keep', async () => {
    const done = await bench.importFile(file);
    expect(done.counts).toMatchObject({ created: 1, updated: 2, rejected: 0 });
    expect(await bench.contacts()).toMatchObject([
      { name: 'Ana Souza', email: 'ana@exemplo.com' },
      { name: 'Bia', email: 'bia@exemplo.com' },
      { name: 'Caio' },
    ]);
    expect((await api.contacts.tags({ withCounts: true })).items.map((tag) => `${tag.name} ${tag.contactCount}`)).toEqual([
      'lead 1',
      'novo 1',
      'vip 1',
    ]);
  });

  test('are left alone when the rule says so', async () => {
    const done = await bench.importFile(file, { onExisting: 'skip' });
    expect(done.counts).toMatchObject({ created: 1, skipped: 2, reasons: { existsAlready: 2 } });
    expect(await bench.contacts()).toMatchObject([{ name: 'Ana' }, { name: 'Bia', email: null }, { name: 'Caio' }]);
    expect((await api.contacts.tags({ withCounts: true })).items).toEqual([]);
  });

  test('are the only ones when nobody new is wanted', async () => {
    const done = await bench.importFile(file, { onNew: 'skip' });
    expect(done.counts).toMatchObject({ created: 0, updated: 2, skipped: 1, reasons: { notKnown: 1 } });
  });

  test('are never mixed up: an address of another is refused', async () => {
    const mixed = 'telefone,email\n11987654322,ana@exemplo.com\n11987654399,ANA@exemplo.com';
    expect((await bench.importFile(mixed)).counts).toMatchObject({ rejected: 1, updated: 1, reasons: { matchesTwo: 1 } });
    expect((await bench.importFile(mixed, { identity: 'phone' })).counts).toMatchObject({
      unchanged: 1,
      reasons: { emailTaken: 1 },
    });
    expect((await bench.contacts()).map((row) => row.phone)).toEqual(['+5511987654322', '+5511987654399']);
  });
});

describe('in one file', () => {
  test('the same person twice is merged, however the chunks fall', async () => {
    const file =
      'nome;telefone;email\nAna;11987654321;\nBia;11987654322;bia@x.com\nAna Souza;(11) 8765-4321;ana@x.com\n;11987654321;\nOutra;11987654377;bia@x.com\n';
    for (const chunkRows of [1, 2, 100]) {
      await database.db.deleteFrom('contacts').where('workspaceId', '=', at.workspaceId).execute();
      const done = await bench.importFile(file, {}, {}, chunkRows);
      expect(done.counts).toMatchObject({ rows: 5, created: 2, merged: 2, rejected: 1, ninthDigitAdded: 1, reasons: { differsInFile: 1 } });
      expect(await bench.contacts()).toMatchObject([
        { name: 'Ana Souza', phone: '+5511987654321', email: 'ana@x.com' },
        { name: 'Bia', phone: '+5511987654322' },
      ]);
    }
  });

  test('rows that tell of one person by different addresses are told in their order, however the chunks fall', async () => {
    for (const chunkRows of [1, 2, 100]) {
      await database.db.deleteFrom('contacts').where('workspaceId', '=', at.workspaceId).execute();
      await api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@x.com' });
      const file = 'nome,telefone,email\nAna 1,11987654321,\nAna 2,,ana@x.com\nAna 3,11987654321,\nAna 4,,ana@x.com\nBia,11987654322,\n';
      const done = await bench.importFile(file, {}, {}, chunkRows);
      expect(done.counts).toMatchObject({ rows: 5, created: 1, updated: 1, merged: 3, rejected: 0 });
      expect((await bench.contacts()).map((contact) => contact.name)).toEqual(['Ana 4', 'Bia']);
    }
  });

  test('an address that one contact gives up can be taken by another', async () => {
    await api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@x.com' });
    const file = 'nome,telefone,email\nAna,11987654322,ana@x.com\nBia,11987654321,bia@x.com\n';
    for (const chunkRows of [1, 100]) {
      const done = await bench.importFile(file, {}, {}, chunkRows);
      expect(done.counts.rejected).toBe(0);
      expect(await bench.contacts()).toMatchObject([{ name: 'Bia' }, { name: 'Ana' }]);
    }
  });

  test('encoding, separator, header and columns are found; a new column becomes a field', async () => {
    const latin = Buffer.from('Razão;Celular;Observação\r\nJoão;11987654321;Não ligar às 8h\r\n', 'latin1');
    const uploadId = await bench.upload(latin);
    const preview = await api.imports.preview({ uploadId });
    expect(preview).toMatchObject({
      format: { encoding: 'windows-1252', delimiter: ';', hasHeader: true },
      columns: [{ header: 'Razão', samples: ['João'] }, { header: 'Celular' }, { header: 'Observação', samples: ['Não ligar às 8h'] }],
      // Observations are what a team notes of somebody.
      mapping: [{ to: 'newField', label: 'Razão' }, { to: 'phone' }, { to: 'notes' }],
      rows: [{ line: 2, outcome: 'created', contact: { phone: '+5511987654321' } }],
      counts: { rows: 1, created: 1 },
      complete: true,
    });
    expect(await bench.contacts()).toEqual([]);
    const mapping = [
      { to: 'name' as const },
      { to: 'phone' as const },
      { to: 'newField' as const, label: 'Observação', kind: 'text' as const },
    ];
    await bench.importFile(latin, {}, { mapping });
    expect(await bench.contacts()).toMatchObject([{ name: 'João', fields: { observacao: 'Não ligar às 8h' } }]);
    expect((await api.contacts.fields()).items).toMatchObject([{ key: 'observacao', label: 'Observação' }]);
  });
});

test('a column of choices is read as the choices of its field', async () => {
  await api.contacts.createField({ label: 'Plano', kind: 'choice', options: ['Ouro', 'Prata'] });
  const file = 'nome,telefone,plano\nAna,11987654321,Ouro\nBia,11987654322,prata\nCaio,11987654323,Lata\n';
  const expected = { created: 2, rejected: 1, reasons: { fieldInvalid: 1 } };
  expect((await api.imports.preview({ uploadId: await bench.upload(file) })).counts).toMatchObject(expected);
  expect((await bench.importFile(file)).counts).toMatchObject(expected);
  expect((await bench.contacts()).map(({ fields }) => fields)).toEqual([{ plano: 'Ouro' }, { plano: 'Prata' }]);
});

describe('what cannot be done is said', () => {
  test('a mapping without an address, a second start, a foreign or unpublished sequence', async () => {
    const uploadId = await bench.upload('nome,telefone\nAna,11987654321\n');
    const refused = (problem: string) => ({ cause: { code: 'invalid', details: { problem } } });
    await expect(api.imports.create({ uploadId, mapping: [{ to: 'name' }, { to: 'ignore' }] })).rejects.toMatchObject(
      refused('mappingNoAddress'),
    );
    await expect(api.imports.create({ uploadId, options: { identity: 'email' } })).rejects.toMatchObject(refused('mappingNoAddress'));
    await expect(api.imports.create({ uploadId, mapping: [{ to: 'phone' }, { to: 'field', key: 'nada' }] })).rejects.toMatchObject(
      refused('fieldUnknown'),
    );
    const other = await makeWorkspace(database.db);
    const sequenceId = await makeSequence(database.db, other.workspaceId, {
      steps: [messageStep('a', other.accountId, { kind: 'immediately' })],
    });
    await expect(api.imports.create({ uploadId, options: { sequenceId } })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(apiAs(database.db, other.actor).imports.create({ uploadId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { id } = await api.imports.create({ uploadId });
    await api.imports.start({ id });
    await expect(api.imports.start({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(apiAs(database.db, other.actor).imports.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a canceled import stops, and what was imported stays', async () => {
    const { id } = await api.imports.create({ uploadId: await bench.upload(peopleFile(10)) });
    await api.imports.start({ id });
    expect(await api.imports.cancel({ id })).toMatchObject({ status: 'canceled' });
    await bench.run(id);
    expect(await bench.contacts()).toEqual([]);
    await expect(api.imports.cancel({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('a quotation mark that never closes', async () => {
    const done = await bench.importFile('nome,telefone\nAna,11987654321\n"Bia,11987654322\nCaio,11987654323\n');
    expect(done.counts).toMatchObject({ created: 1, rejected: 1, reasons: { quoteNotClosed: 1 } });
    const endless = await bench.importFile(`nome,telefone\nAna,11987654321\n"${'x,1\n'.repeat(400_000)}`);
    expect(endless).toMatchObject({ status: 'failed', error: 'rowTooLong:3' });
  });

  test('an empty file is not kept', async () => {
    await expect(bench.upload('')).rejects.toMatchObject({ code: 'invalid' });
    expect(await database.db.selectFrom('uploads').select('id').where('workspaceId', '=', at.workspaceId).execute()).toEqual([]);
  });
});

test('a preview says by which imports the same file came in before, until they are undone', async () => {
  const file = 'nome,telefone\nAna,11987654321\nBia,11987654322\n';
  const uploadId = await bench.upload(file);
  expect((await bench.api.imports.preview({ uploadId })).importedBefore).toEqual([]);
  const first = await bench.importFile(file);
  const { importedBefore } = await bench.api.imports.preview({ uploadId });
  const rows = first.counts.rows;
  expect(importedBefore).toEqual([{ id: first.id, fileName: 'contatos.csv', status: 'done', by: null, rows, startedAt: first.startedAt }]);
  expect((await bench.importFile(file)).status).toBe('done');
  const other = await bench.upload(`${file}Zoe,11987650000\n`);
  expect((await bench.api.imports.preview({ uploadId: other })).importedBefore).toEqual([]);
  await bench.api.imports.undo({ id: first.id });
  await bench.run(first.id);
  expect((await bench.api.imports.preview({ uploadId })).importedBefore).toHaveLength(1);
});
