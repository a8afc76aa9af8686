import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';

const database = useTestDatabase();
let bench: ImportBench;
beforeEach(async () => {
  bench = await makeImportBench(database.db);
});

const sequence = () =>
  makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });

async function addMember(email: string): Promise<string> {
  const { workspaceId } = bench.at;
  const user = await database.db
    .insertInto('users')
    .values({ name: 'Rita', email, passwordHash: 'none' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const values = { workspaceId, userId: user.id, role: 'editor' };
  return (await database.db.insertInto('members').values(values).returning('id').executeTakeFirstOrThrow()).id;
}

const whole = async (name: string) => {
  const found = (await bench.contacts()).find((contact) => contact.name === name);
  return bench.api.contacts.get({ id: found?.id ?? '' });
};
const refusedKinds = async (name: string) => (await whole(name)).optOuts.map(({ channelKind }) => channelKind);
async function undo(id: string) {
  await bench.api.imports.undo({ id });
  await bench.run(id);
  return (await bench.api.imports.get({ id })).undo;
}

describe('owners and notes', () => {
  test('come from a file, are cleared by it when the rule says so, and go back when it is undone', async () => {
    const rita = await addMember(`rita-${crypto.randomUUID()}@equipe.com`);
    const email = (await bench.api.members.list({})).items.find(({ id }) => id === rita)?.email ?? '';
    await bench.api.contacts.create({ name: 'Bia', phone: '11987654322', notes: 'Antiga', ownerId: rita });
    const file = `nome,telefone,responsável,notas\nAna,11987654321,${email.toUpperCase()},"Ligar às 8h;\nnunca antes"\nBia,11987654322,,\nCaio,11987654323,ninguem@equipe.com,\n`;
    const done = await bench.importFile(file, { blank: 'clear' });
    expect(done.counts).toMatchObject({ created: 1, updated: 1, rejected: 1, reasons: { ownerUnknown: 1 } });
    expect(await whole('Ana')).toMatchObject({ ownerId: rita, notes: 'Ligar às 8h;\nnunca antes' });
    expect(await whole('Bia')).toMatchObject({ ownerId: null, notes: null });
    expect(await undo(done.id)).toMatchObject({ deleted: 1, restored: 1, kept: {} });
    expect(await whole('Bia')).toMatchObject({ ownerId: rita, notes: 'Antiga' });
  });

  test('an owner who is no member any more does not come back by an undo', async () => {
    const rita = await addMember(`rita-${crypto.randomUUID()}@equipe.com`);
    await bench.api.contacts.create({ name: 'Bia', phone: '11987654322', ownerId: rita });
    const done = await bench.importFile('nome,telefone,notas,owner\nBia,11987654322,Nova,\n', { blank: 'clear' });
    await database.db.deleteFrom('members').where('id', '=', rita).execute();
    expect(await undo(done.id)).toMatchObject({ restored: 1 });
    expect(await whole('Bia')).toMatchObject({ ownerId: null, notes: null });
  });

  test('a column called so that holds no addresses of members is not taken for it', async () => {
    const uploadId = await bench.upload('aluno,telefone,responsável,descadastrado\nAna,11987654321,Maria Souza,Conversou com João\n');
    const { mapping } = await bench.api.imports.preview({ uploadId });
    expect(mapping).toMatchObject([{ to: 'name' }, { to: 'phone' }, { to: 'newField' }, { to: 'newField' }]);
  });
});

describe('a row of somebody who opted out', () => {
  const file = 'nome;telefone;descadastrado\nAna;11987654321;Sim\nBia;11987654322;não\nCaio;11987654323;\nDani;11987654324;smtp\n';

  test('is imported, refuses all channels, and is never enrolled: as the dry run and the preview say', async () => {
    const sequenceId = await sequence();
    await bench.api.contacts.create({ name: 'Caio', phone: '11987654323' });
    const again = `${file}Eva;11987654325;x\n`;
    await bench.api.contacts.create({ name: 'Eva', phone: '11987654325' });
    const uploadId = await bench.upload(again);
    const expected = { created: 3, updated: 1, unchanged: 1, enrolled: 3, notEnrolled: { optedOut: 2 } };
    expect(await bench.api.imports.preview({ uploadId, options: { sequenceId } })).toMatchObject({ counts: expected, optedOut: 3 });
    const draft = await bench.api.imports.dryRun({ uploadId, options: { sequenceId } });
    expect(draft.dryRun).toMatchObject({ toCreate: 3, toEnrol: 3, optedOut: 3, notEnrolled: { optedOut: 2 } });
    await bench.api.imports.start({ id: draft.id });
    await bench.run(draft.id);
    expect((await bench.api.imports.get({ id: draft.id })).counts).toMatchObject(expected);
    const kinds = await Promise.all(['Ana', 'Bia', 'Caio', 'Dani', 'Eva'].map(refusedKinds));
    expect(kinds).toEqual([['sandbox', 'smtp'], [], [], ['smtp'], ['sandbox', 'smtp']]);
    const audited = await database.db.selectFrom('auditLog').select('details').where('action', '=', 'contact.optedOut').execute();
    expect(audited.filter(({ details }) => (details as { importId?: string }).importId === draft.id)).toHaveLength(5);
    // The same rows again say nothing new.
    expect((await bench.importFile(again)).counts).toMatchObject({ unchanged: 5 });
  });

  test('ends the enrolments of a contact that is there, also where contacts are left as they are', async () => {
    const sequenceId = await sequence();
    const ana = await bench.api.contacts.create({ name: 'Ana', phone: '11987654321' });
    await bench.api.enrolments.enrol({ sequenceId, contactIds: [ana.id] });
    const { counts } = await bench.importFile('nome;telefone;opt-out\nAna Souza;11987654321;yes\n', { onExisting: 'skip' });
    expect(counts).toMatchObject({ skipped: 1 });
    expect(await refusedKinds('Ana')).toEqual(['sandbox', 'smtp']);
    const ended = await database.db.selectFrom('enrolments').select('exitReason').where('contactId', '=', ana.id).execute();
    expect(ended).toEqual([{ exitReason: 'optedOut' }]);
  });

  test('is refused when its word is none', async () => {
    const mapping = [{ to: 'name' as const }, { to: 'phone' as const }, { to: 'optedOut' as const }];
    const done = await bench.importFile('nome;telefone;saiu\nAna;11987654321;talvez\n', {}, { mapping });
    expect(done.counts).toMatchObject({ rejected: 1, reasons: { optOutInvalid: 1 } });
  });

  test('stays refused when the import is undone', async () => {
    await bench.api.contacts.create({ name: 'Ana', phone: '11987654321' });
    const done = await bench.importFile(file);
    expect(await undo(done.id)).toMatchObject({ deleted: 2, kept: { optedOut: 2 } });
    expect([await refusedKinds('Ana'), await refusedKinds('Dani')]).toEqual([['sandbox', 'smtp'], ['smtp']]);
  });
});

describe('consents', () => {
  const fileOf = (consent: string) => `nome;telefone;consentimentos\nAna;11987654321;${consent}\n`;
  const consents = async () => (await whole('Ana')).consents;

  test('are recorded with source and date, and only newer ones take the place of others', async () => {
    const first = await bench.importFile(fileOf('"sandbox given 2026-01-02T12:00:00Z Feira; de SP"'));
    expect(first.counts).toMatchObject({ created: 1 });
    const feira = { channelKind: 'sandbox', status: 'given', source: 'Feira; de SP', at: '2026-01-02T12:00:00.000Z' };
    expect(await consents()).toMatchObject([feira]);
    expect((await bench.importFile(fileOf('sandbox given 2025-01-02 Antigo'))).counts).toMatchObject({ unchanged: 1 });
    expect(await consents()).toMatchObject([feira]);
    expect((await bench.importFile(fileOf('sandbox given 2026-02-02 Site'))).counts).toMatchObject({ updated: 1 });
    expect(await consents()).toMatchObject([{ source: 'Site' }]);
    expect((await bench.importFile(fileOf('sandbox given 2999-01-01 Depois'))).counts).toMatchObject({ reasons: { consentInvalid: 1 } });
    const long = fileOf(`sandbox given 2026-01-02 ${'x'.repeat(201)}`);
    expect((await bench.importFile(long)).counts).toMatchObject({ reasons: { consentInvalid: 1 } });
  });

  test('that were given lift no refusal, and those that were withdrawn are one', async () => {
    const ana = await bench.api.contacts.create({ name: 'Ana', phone: '11987654321' });
    await bench.api.contacts.optOut({ id: ana.id, channelKind: 'sandbox' });
    const given = await bench.importFile(fileOf('sandbox given 2026-01-02 Site'));
    expect(given.counts).toMatchObject({ unchanged: 1 });
    expect([await refusedKinds('Ana'), await consents()]).toEqual([['sandbox'], []]);
    await bench.importFile(fileOf('smtp withdrawn 2026-01-02 E-mail'));
    expect([await refusedKinds('Ana'), await consents()]).toMatchObject([['sandbox', 'smtp'], [{ status: 'withdrawn' }]]);
  });

  test('are not recorded of a contact that is left as it is, but what it refuses by them is', async () => {
    await bench.api.contacts.create({ name: 'Ana', phone: '11987654321' });
    const given = await bench.importFile(fileOf('sandbox given 2026-01-02 Site'), { onExisting: 'skip' });
    expect(given.counts).toMatchObject({ skipped: 1 });
    await bench.importFile(fileOf('smtp withdrawn 2026-01-02 Carta'), { onExisting: 'skip' });
    expect([await refusedKinds('Ana'), await consents()]).toEqual([['smtp'], []]);
  });

  test('that were withdrawn before the contact opted in again refuse nothing anew: an exported file changes nobody', async () => {
    const ana = await bench.api.contacts.create({ name: 'Ana', phone: '11987654321' });
    const withdrawn = { id: ana.id, channelKind: 'smtp', status: 'withdrawn', source: 'E-mail', at: '2026-01-02T00:00:00Z' } as const;
    await bench.api.contacts.setConsent(withdrawn);
    await bench.api.contacts.optIn({ id: ana.id, channelKind: 'smtp' });
    const file = fileOf('smtp withdrawn 2026-01-02T00:00:00.000Z E-mail');
    expect((await bench.importFile(file)).counts).toMatchObject({ unchanged: 1 });
    expect(await refusedKinds('Ana')).toEqual([]);
    await bench.importFile(fileOf('smtp withdrawn 2026-02-02 Carta'));
    expect(await refusedKinds('Ana')).toEqual(['smtp']);
  });

  test('that an import brought go with the contact that it made, unless they are others by then', async () => {
    const both = `${fileOf('sandbox given 2026-01-02 Site')}Bia;11987654322;sandbox given 2026-01-02 Site\n`;
    const done = await bench.importFile(both);
    const [ana] = await bench.contacts();
    await bench.api.contacts.setConsent({ id: ana?.id ?? '', channelKind: 'sandbox', status: 'given', source: 'Contrato' });
    expect(await undo(done.id)).toMatchObject({ deleted: 1, kept: { consentSet: 1 } });
  });
});
