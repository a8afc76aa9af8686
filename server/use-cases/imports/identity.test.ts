import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';
import { controlEnrolments } from '../enrolments/control-enrolments.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';

const database = useTestDatabase();
let bench: ImportBench;
beforeEach(async () => {
  bench = await makeImportBench(database.db);
});

const sequence = (more: object = {}) =>
  makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
    reentry: { policy: 'afterExit', coolDownDays: 0 },
    ...more,
  });
const enrolments = () =>
  database.db
    .selectFrom('enrolments')
    .select(['key', 'status', 'startedAt'])
    .where('workspaceId', '=', bench.at.workspaceId)
    .orderBy('key')
    .execute();

async function undone(id: string) {
  await bench.api.imports.undo({ id });
  await bench.run(id);
  return bench.api.imports.get({ id });
}

describe('an external id', () => {
  test('is taken by contacts through the API, and one contact has it', async () => {
    const ana = await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', externalId: 'C-1' });
    expect(ana.externalId).toBe('C-1');
    const twice = bench.api.contacts.create({ name: 'Bia', phone: '11987654322', externalId: 'C-1' });
    await expect(twice).rejects.toMatchObject({ cause: { details: { field: 'externalId', contactId: ana.id } } });
    expect((await bench.api.contacts.list({ externalId: 'C-1' })).items).toMatchObject([{ id: ana.id }]);
    expect(await bench.api.contacts.update({ id: ana.id, externalId: null })).toMatchObject({ externalId: null });
  });

  test('tells who a row is: also one without an address, who is made by it too, and one with a new phone', async () => {
    await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', externalId: 'C-1' });
    await bench.api.contacts.create({ name: 'Bia', phone: '11987654322', externalId: 'C-2' });
    const file = 'id externo,nome,telefone\nC-1,Ana Souza,\nC-2,Bia,11987654399\nC-3,Caio,\nC-4,Dani,11987654321\n,Eva,11987654355\n';
    const done = await bench.importFile(file, { identity: 'externalId' });
    expect(done.counts).toMatchObject({ created: 1, updated: 2, rejected: 2, reasons: { phoneTaken: 1, noExternalId: 1 } });
    expect(await bench.contacts()).toMatchObject([
      { name: 'Ana Souza', phone: '+5511987654321' },
      { name: 'Bia', phone: '+5511987654399' },
      { name: 'Caio', phone: null, email: null, externalId: 'C-3' },
    ]);
    const again = await bench.importFile(file, { identity: 'externalId' });
    expect(again.counts).toMatchObject({ created: 0, unchanged: 3 });
  });

  test('alone tells who is there, and makes nobody unless people are told by it', async () => {
    const file = 'id externo,nome,telefone\nC-3,Caio Prado,\nC-4,Dani,\n,Eva,\n';
    await bench.importFile('id externo,nome\nC-3,Caio\n', { identity: 'externalId' });
    const done = await bench.importFile(file);
    expect(done.counts).toMatchObject({ updated: 1, rejected: 2, reasons: { onlyExternalId: 1, noAddress: 1 } });
    expect(await bench.contacts()).toMatchObject([{ name: 'Caio Prado', externalId: 'C-3' }]);
    const { undo } = await undone(done.id);
    expect(undo).toMatchObject({ restored: 1, kept: {} });
  });
});

test('blank cells clear when the rule says so, and never the last address', async () => {
  await bench.importFile('nome,telefone,email,cidade\nAna,11987654321,ana@x.com,Recife\n');
  const blank = 'nome,telefone,email,cidade\n,11987654321,,\n';
  expect((await bench.importFile(blank)).counts).toMatchObject({ unchanged: 1 });
  expect((await bench.importFile(blank, { blank: 'clear' })).counts).toMatchObject({ updated: 1 });
  expect(await bench.contacts()).toMatchObject([{ name: null, phone: '+5511987654321', email: null, fields: {} }]);
});

test('cells that a short row does not have clear nothing', async () => {
  await bench.importFile('nome,telefone,cidade,bairro\nAna,11987654321,Recife,Sul\n');
  await bench.importFile('nome,telefone,cidade,bairro\nAna,11987654321,\n', { blank: 'clear' });
  expect(await bench.contacts()).toMatchObject([{ name: 'Ana', fields: { bairro: 'Sul' } }]);
  expect((await bench.contacts())[0]?.fields).not.toHaveProperty('cidade');
});

test('what columns became is remembered by their names', async () => {
  const file = 'quem,contato principal,obs\nAna,11987654321,oi\n';
  const mapping = [{ to: 'name' as const }, { to: 'phone' as const }, { to: 'ignore' as const }];
  await bench.importFile(file, {}, { mapping });
  const preview = await bench.api.imports.preview({ uploadId: await bench.upload('obs;Quem;idade\nx;Bia;30\n') });
  expect(preview.mapping).toMatchObject([{ to: 'ignore' }, { to: 'name' }, { to: 'newField', label: 'idade' }]);
  expect(preview.columns.map((column) => column.confidence)).toEqual(['remembered', 'remembered', 'none']);
});

describe('enrolling from a file', () => {
  const file = 'nome,telefone\nAna,11987654321\nBia,11987654322\n';

  test('starts when it was told to', async () => {
    await bench.importFile(file, { sequenceId: await sequence(), startAt: '2030-01-02T12:00:00Z' });
    expect((await enrolments()).map(({ startedAt }) => startedAt.toISOString())).toEqual(Array(2).fill('2030-01-02T12:00:00.000Z'));
  });

  test('gives every row a run of its own where a column holds the keys', async () => {
    const invoices = 'telefone,chave de inscrição\n11987654321,F-1\n11987654321,F-2\n11987654322,F-3\n11987654321,F-2\n';
    for (const expected of [
      { created: 2, merged: 2, enrolled: 3 },
      { created: 2, merged: 2, enrolled: 3 },
    ]) {
      const { id, counts } = await bench.importFile(invoices, { sequenceId: await sequence() });
      expect(counts).toMatchObject(expected);
      await bench.api.imports.undo({ id });
      await bench.run(id);
    }
    expect(await bench.contacts()).toEqual([]);
  });

  test('happens once per file, even to those whose enrolment has ended', async () => {
    const sequenceId = await sequence();
    expect((await bench.importFile(file, { sequenceId })).counts).toMatchObject({ created: 2, enrolled: 2 });
    await controlEnrolments(database.db, bench.at.actor, { filter: { sequenceId } }, { control: 'remove' });
    const again = await bench.importFile(file, { sequenceId });
    expect(again.counts).toMatchObject({ created: 0, unchanged: 2, enrolled: 0, notEnrolled: { alreadyImported: 2 } });
    expect((await enrolments()).map(({ status }) => status)).toEqual(['ended', 'ended']);
    // Another file, and another key, are another sending.
    expect((await bench.importFile(`${file}Caio,11987654323\n`, { sequenceId })).counts).toMatchObject({ created: 1, enrolled: 3 });
    expect((await bench.importFile(file, { sequenceId, key: 'segunda vez' })).counts).toMatchObject({ enrolled: 2 });
  });
});

test('a draft that was canceled is not remembered', async () => {
  const uploadId = await bench.upload('quem,contato principal\nAna,11987654321\n');
  const { id } = await bench.api.imports.create({ uploadId, mapping: [{ to: 'ignore' }, { to: 'phone' }] });
  await bench.api.imports.cancel({ id });
  expect((await bench.api.imports.preview({ uploadId })).columns.map((column) => column.confidence)).toEqual(['none', 'values']);
});

test('a row with another external id than the contact of its phone is refused, and changes nobody', async () => {
  await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', externalId: 'C-1' });
  await bench.api.contacts.create({ name: 'Bia', phone: '11987654322' });
  const file = 'id externo,nome,telefone\nC-9,Eva,11987654321\nC-2,Bia,11987654322\n';
  const expected = { updated: 1, rejected: 1, reasons: { externalIdDiffers: 1 } };
  expect((await bench.api.imports.preview({ uploadId: await bench.upload(file) })).counts).toMatchObject(expected);
  expect((await bench.importFile(file)).counts).toMatchObject(expected);
  expect(await bench.contacts()).toMatchObject([
    { name: 'Ana', externalId: 'C-1' },
    { name: 'Bia', externalId: 'C-2' },
  ]);
});

describe('a dry run', () => {
  test('counts what will happen, and then that happens', async () => {
    const sequenceId = await sequence();
    const active = await bench.api.contacts.create({ name: 'Ana', phone: '11987654321' });
    await bench.api.enrolments.enrol({ sequenceId, contactIds: [active.id] });
    const refused = await bench.api.contacts.create({ name: 'Bia', phone: '11987654322' });
    await bench.api.contacts.optOut({ id: refused.id, channelKind: 'sandbox' });
    const file = 'nome,telefone\nAna,11987654321\nBia Souza,11987654322\nCaio,11987654323\nCaio,11987654323\nDani,123\n';
    const draft = await bench.api.imports.dryRun({ uploadId: await bench.upload(file), options: { sequenceId } });
    expect(draft.dryRun).toMatchObject({
      status: 'done',
      rows: 5,
      toCreate: 1,
      toUpdate: 1,
      unchanged: 1,
      merged: 1,
      refuse: 1,
      refuseBy: [{ reason: 'phoneInvalid', count: 1 }],
      toEnrol: 1,
      alreadyEnrolled: 1,
      optedOut: 1,
      notEnrolled: { alreadyActive: 1, optedOut: 1 },
    });
    expect(await bench.contacts()).toHaveLength(2);
    await bench.api.imports.start({ id: draft.id });
    await bench.run(draft.id);
    const { counts } = await bench.api.imports.get({ id: draft.id });
    expect(counts).toMatchObject({ created: 1, updated: 1, unchanged: 1, merged: 1, rejected: 1, enrolled: 1 });
  });

  test('counts what new columns bring, and what does not fit them', async () => {
    await bench.importFile('nome,telefone\nAna,11987654321\nBia,11987654322\n');
    const file = 'nome,telefone,bairro,Nº de filhos\nAna,11987654321,Centro,2\nBia,11987654322,Sul,muitos\nCaio,11987654323,Sul,\n';
    const mapping = [
      { to: 'name' as const },
      { to: 'phone' as const },
      { to: 'newField' as const, label: 'Bairro', kind: 'text' as const },
      { to: 'newField' as const, label: 'Nº de filhos', kind: 'number' as const },
    ];
    const uploadId = await bench.upload(file);
    const expected = { created: 1, updated: 1, unchanged: 0, rejected: 1, reasons: { fieldInvalid: 1 } };
    expect((await bench.api.imports.preview({ uploadId, mapping })).counts).toMatchObject(expected);
    const draft = await bench.api.imports.dryRun({ uploadId, mapping });
    expect(draft.dryRun).toMatchObject({ toCreate: 1, toUpdate: 1, unchanged: 0, refuse: 1 });
    await bench.api.imports.start({ id: draft.id });
    await bench.run(draft.id);
    expect((await bench.api.imports.get({ id: draft.id })).counts).toMatchObject(expected);
    expect((await bench.contacts()).map(({ fields }) => fields)).toEqual([{ bairro: 'Centro', nDeFilhos: 2 }, {}, { bairro: 'Sul' }]);
  });

  test('reads a new column as the field that has its name by then', async () => {
    const mapping = [{ to: 'phone' as const }, { to: 'newField' as const, label: 'idade', kind: 'text' as const }];
    await bench.api.contacts.createField({ label: 'Idade', kind: 'number' });
    const draft = await bench.api.imports.dryRun({ uploadId: await bench.upload('telefone,idade\n11987654321,muitos\n'), mapping });
    expect(draft.dryRun).toMatchObject({ toCreate: 0, refuseBy: [{ reason: 'fieldInvalid', count: 1 }] });
  });

  test('ends with a word when its sequence was archived before the worker counts', async () => {
    const sequenceId = await sequence();
    const lines = Array.from({ length: 40_000 }, (_, n) => `Pessoa Número ${n},+55119${60_000_000 + n}`);
    const uploadId = await bench.upload(`nome,telefone\n${lines.join('\n')}\n`);
    const draft = await bench.api.imports.dryRun({ uploadId, options: { sequenceId } });
    expect(draft.dryRun).toMatchObject({ status: 'running' });
    await bench.api.sequences.archive({ id: sequenceId });
    expect(await bench.run(draft.id)).toBe(true);
    expect((await bench.api.imports.get({ id: draft.id })).dryRun).toMatchObject({ status: 'failed', error: 'sequenceClosed' });
  });

  test('counts somebody who is in the file far apart once', async () => {
    const sequenceId = await sequence();
    const refused = await bench.api.contacts.create({ name: 'Bia', phone: '11987654322' });
    await bench.api.contacts.optOut({ id: refused.id, channelKind: 'sandbox' });
    const known = await bench.api.contacts.create({ name: 'Ana', phone: '11987654321' });
    await bench.api.enrolments.enrol({ sequenceId, contactIds: [known.id], key: 'F-1' });
    const both = '11987654321,F-1\n11987654322,F-2\n11987654323,F-3\n';
    const others = Array.from({ length: 12_000 }, (_, n) => `+55119${60_000_000 + n},\n`).join('');
    const uploadId = await bench.upload(`telefone,chave de inscrição\n${both}${others}${both}${others}${both}`);
    const { dryRun } = await bench.api.imports.dryRun({ uploadId, options: { sequenceId } });
    expect(dryRun).toMatchObject({ status: 'done', rows: 24_009, toCreate: 12_001, toEnrol: 12_001, optedOut: 1, alreadyEnrolled: 1 });
    expect(dryRun).toMatchObject({ unchanged: 2, merged: 12_006 });
    expect(dryRun?.notEnrolled).toEqual({ alreadyActive: 1, optedOut: 1 });
  });

  test('of a large file runs in a worker over all of it, and a change of the rules begins it anew', async () => {
    const lines = Array.from(
      { length: 30_000 },
      (_, n) => `Pessoa Número ${n},+55119${60_000_000 + (n % 20_000)},p${n % 20_000}@exemplo.com`,
    );
    const uploadId = await bench.upload(`nome,telefone,email\n${lines.join('\n')}\n`);
    const first = await bench.api.imports.dryRun({ uploadId });
    expect(first.dryRun).toMatchObject({ status: 'running', rows: 0 });
    await bench.run(first.id);
    expect((await bench.api.imports.get({ id: first.id })).dryRun).toMatchObject({ status: 'done', toCreate: 20_000, merged: 10_000 });
    const second = await bench.api.imports.dryRun({ id: first.id, uploadId, options: { onNew: 'skip' } });
    expect(second).toMatchObject({ id: first.id, dryRun: { status: 'running' } });
    await bench.run(first.id);
    expect((await bench.api.imports.get({ id: first.id })).dryRun).toMatchObject({ status: 'done', toCreate: 0, skip: 30_000 });
    expect(await bench.contacts()).toEqual([]);
  });
});
