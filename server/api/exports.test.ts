import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { previewImport } from '#server/use-cases/imports/preview-import.ts';
import { runImport } from '#server/use-cases/imports/run-import.ts';
import { storeUpload } from '#server/use-cases/imports/store-upload.ts';
import type { World } from './authorisation/fixture.ts';
import { makeWorld } from './authorisation/world.ts';
import { type FileWords, sendExport } from './export-file.ts';

const database = useTestDatabase();
const names: Record<string, string> = {
  name: 'Nome',
  phone: 'Telefone',
  email: 'E-mail',
  tags: 'Etiquetas',
  externalId: 'Id externo',
  timeZone: 'Fuso horário',
  locale: 'Idioma',
  owner: 'Responsável',
  notes: 'Notas',
  optedOut: 'Descadastrado de',
  consents: 'Consentimentos',
};
const told: Record<string, string> = { contactId: 'ID do contato', createdAt: 'Contato desde' };
const words: FileWords = {
  column: (column) => names[column] ?? told[column] ?? column,
  code: (_, code) => code,
  yes: 'sim',
  no: 'não',
  result: (column) => column,
  stepType: (type) => type,
  fileName: (kind) => kind,
};
let world: World;
let keys: Record<'editor' | 'viewer', string>;

beforeEach(async () => {
  world = await makeWorld(database.db, `w-${crypto.randomUUID()}`);
  const [editor, viewer] = await Promise.all(
    (['editor', 'viewer'] as const).map(async (role) => (await world.api.apiKeys.create({ name: role, role })).key),
  );
  keys = { editor: editor ?? '', viewer: viewer ?? '' };
});

function fetchFile(url: string, key = keys.editor): Promise<Response> {
  const id = url.split('/')[3] ?? '';
  return sendExport(new Request(`http://localhost:3000${url}`, { headers: { authorization: `Bearer ${key}` } }), id, words, database.db);
}

const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function odd(): Promise<void> {
  await world.api.contacts.createField({ label: 'Cliente' });
  await world.api.contacts.createField({ label: 'Saldo', kind: 'number' });
  const fields = { cliente: '=HYPERLINK("http://mau.example")', saldo: 1.125 };
  await world.api.contacts.create({ name: '=Ana; "a"', phone: '11987654321', tags: ['-vip'], timeZone: 'Europe/Lisbon', fields });
  await world.api.contacts.create({ name: "'+Bia", email: '-bia@exemplo.com', fields: { cliente: 'duas\nlinhas' } });
}

test.each(['excel', 'plain'] as const)('an exported file (%s), imported as it is, changes nobody and makes nobody', async (format) => {
  await odd();
  await world.api.contacts.createField({ label: 'Plano', kind: 'choice', options: ['Ouro', '-Prata; 2'] });
  const ownerId = (await world.api.members.list({})).items[0]?.id ?? '';
  const notes = '-ligar às 8h;\r\n"depois" não';
  const caio = await world.api.contacts.create({ name: 'Caio', email: 'caio@exemplo.com', fields: { plano: '-Prata; 2' }, ownerId, notes });
  const dora = await world.api.contacts.create({ name: 'Dora', phone: '11987654329' });
  await world.api.contacts.setConsent({ id: caio.id, channelKind: 'sandbox', status: 'given', source: 'Contrato 7;\nanexo' });
  await world.api.contacts.setConsent({ id: dora.id, channelKind: 'smtp', status: 'withdrawn', source: '=e-mail' });
  await world.api.contacts.optOut({ id: dora.id, channelKind: 'sandbox' });
  const response = await fetchFile((await world.api.contacts.export({ filter: {}, format })).url);
  expect(response.status).toBe(200);
  const bytes = await bytesOf(response);
  const { uploadId } = await storeUpload(database.db, world.owner, { name: 'contatos.csv', bytes: once(bytes) });
  const preview = await previewImport(database.db, world.owner, { uploadId });
  expect(preview.format).toMatchObject({ delimiter: format === 'excel' ? ';' : ',', hasHeader: true, encoding: 'utf-8' });
  const total = (await world.api.contacts.count({})).count;
  const nothing = { rows: total, unchanged: total, created: 0, updated: 0, rejected: 0 };
  expect(preview.counts).toMatchObject(nothing);
  const { id } = await world.api.imports.create({ uploadId });
  await world.api.imports.start({ id });
  await runImport(database.db, { workspaceId: world.workspaceId, importId: id });
  expect((await world.api.imports.get({ id })).counts).toMatchObject(nothing);
});

test('a file brings its contacts into an empty workspace with all that was written of them', async () => {
  await odd();
  const ownerId = (await world.api.members.list({})).items[0]?.id ?? '';
  const ana = await world.api.contacts.create({ name: 'Caio', email: 'caio@exemplo.com', ownerId, notes: 'Liga às 8h' });
  const at = '2026-01-02T12:00:00.000Z';
  await world.api.contacts.setConsent({ id: ana.id, channelKind: 'sandbox', status: 'given', source: 'Contrato 7', at });
  await world.api.contacts.optOut({ id: ana.id, channelKind: 'smtp' });
  const whole = async () => {
    const { items } = await world.api.contacts.list({});
    const cards = await Promise.all(items.map(({ id }) => world.api.contacts.get({ id })));
    return cards
      .map(({ name, phone, email, notes, fields, tags, timeZone, optOuts, consents, ownerId }) => ({
        name,
        phone,
        email,
        notes,
        fields,
        timeZone,
        tags,
        ownerId,
        optOuts: optOuts.map(({ channelKind }) => channelKind),
        consents: consents.map(({ import: _by, ...consent }) => consent),
      }))
      .toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? ''));
  };
  const before = await whole();
  const bytes = await bytesOf(await fetchFile((await world.api.contacts.export({ filter: {}, format: 'excel' })).url));
  await database.db.deleteFrom('contacts').where('workspaceId', '=', world.workspaceId).execute();
  const { uploadId } = await storeUpload(database.db, world.owner, { name: 'contatos.csv', bytes: once(bytes) });
  const { id } = await world.api.imports.create({ uploadId });
  await world.api.imports.start({ id });
  await runImport(database.db, { workspaceId: world.workspaceId, importId: id });
  expect((await world.api.imports.get({ id })).counts).toMatchObject({ created: before.length, rejected: 0 });
  expect(await whole()).toEqual(before);
});

test('contacts with an external id alone come back by it, and those with nothing to be told by are named as such', async () => {
  await world.api.contacts.create({ name: 'Ana', phone: '11987654321' });
  await world.api.contacts.create({ name: 'Bia', externalId: 'C-2' });
  await world.api.contacts.create({ name: 'Caio' });
  const whole = async () =>
    (await world.api.contacts.list({ search: '' })).items.map(({ name, externalId }) => [name, externalId]).toSorted();
  const bytes = await bytesOf(await fetchFile((await world.api.contacts.export({ filter: {}, format: 'excel' })).url));
  const again = async (identity: 'either' | 'externalId') => {
    const { uploadId } = await storeUpload(database.db, world.owner, { name: 'contatos.csv', bytes: once(bytes) });
    const { id } = await world.api.imports.create({ uploadId, options: { identity } });
    await world.api.imports.start({ id });
    await runImport(database.db, { workspaceId: world.workspaceId, importId: id });
    return (await world.api.imports.get({ id })).counts;
  };
  const before = await whole();
  const known = before.length - 1;
  expect(await again('either')).toMatchObject({ unchanged: known, rejected: 1, reasons: { noAddress: 1 } });
  await database.db.deleteFrom('contacts').where('workspaceId', '=', world.workspaceId).execute();
  expect(await again('either')).toMatchObject({ created: known - 1, rejected: 2, reasons: { onlyExternalId: 1, noAddress: 1 } });
  expect(await again('externalId')).toMatchObject({ created: 1 });
  expect(await whole()).toEqual(before.filter(([name]) => name !== 'Caio'));
});

test('a file for spreadsheets has a mark and semicolons, and no cell that is a formula', async () => {
  await odd();
  const bytes = await bytesOf(await fetchFile((await world.api.contacts.export({ filter: { search: 'ana' } })).url));
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = new TextDecoder().decode(bytes);
  expect(text.split('\r\n')[0]).toBe(
    'Nome;Telefone;E-mail;Id externo;Etiquetas;Fuso horário;Idioma;Responsável;Notas;Descadastrado de;Consentimentos;Satisfação;field:cliente;Saldo;ID do contato;Contato desde',
  );
  expect(text).toContain(`"'=Ana; ""a""";'+5511987654321;;;'-vip;Europe/Lisbon;;;;;;;"'=HYPERLINK(""http://mau.example"")";1,125;`);
});

test('only those chosen are in the file, and only for a day', async () => {
  const { url } = await world.api.contacts.export({ contactIds: [world.contactId, crypto.randomUUID()], format: 'plain' });
  const text = await (await fetchFile(url)).text();
  expect(text.trimEnd().split('\r\n')).toHaveLength(2);
  expect(text).toContain(world.contactId);
  await sql`update exports set created_at = andante_now() - interval '25 hours'`.execute(database.db);
  expect((await fetchFile(url)).status).toBe(404);
});

test('a file goes to nobody who could not have asked for it', async () => {
  const { url } = await world.api.contacts.export({ filter: {} });
  expect((await fetchFile(url, keys.viewer)).status).toBe(403);
  expect((await fetchFile(url, 'and_none')).status).toBe(401);
  const foreign = await makeWorld(database.db, `f-${crypto.randomUUID()}`);
  const { key } = await foreign.api.apiKeys.create({ name: 'k', role: 'admin' });
  expect((await fetchFile(url, key)).status).toBe(404);
});

test('the people and the results of a sequence are files too', async () => {
  await world.api.sequences.publish({ id: world.sequenceId });
  await world.api.enrolments.enrol({ sequenceId: world.sequenceId, contactIds: [world.contactId] });
  const people = await (
    await fetchFile((await world.api.enrolments.export({ filter: { sequenceId: world.sequenceId }, format: 'plain' })).url)
  ).text();
  expect(people.trimEnd().split('\r\n')).toHaveLength(2);
  expect(people).toContain(`,${world.contactId},`);
  const results = await (await fetchFile((await world.api.sequences.exportResults({ id: world.sequenceId })).url, keys.viewer)).text();
  const { steps } = await world.api.sequences.results({ id: world.sequenceId });
  expect(results.trimEnd().split('\r\n')).toHaveLength(steps.length + 1);
});

test('that somebody took contacts out is in the audit log, without what was searched for', async () => {
  await world.api.contacts.export({ filter: { search: 'ana@exemplo.com' } });
  const { items } = await world.api.audit.list({});
  expect(items[0]).toMatchObject({ action: 'contacts.exported', details: { filteredBy: ['search'], format: 'excel' } });
});

test('a file of many pages holds everybody once', async () => {
  await sql`insert into contacts (workspace_id, name, email)
    select ${world.workspaceId}, 'Pessoa ' || n, 'p' || n || '@exemplo.com' from generate_series(1, 5000) n`.execute(database.db);
  const text = await (await fetchFile((await world.api.contacts.export({ filter: { search: 'pessoa' } })).url)).text();
  const emails = text.match(/;p\d+@exemplo\.com;/g) ?? [];
  expect(new Set(emails).size).toBe(5_000);
  expect(emails).toHaveLength(5_000);
});
