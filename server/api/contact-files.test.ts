import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { ColumnTarget } from '#server/domain/contact-csv/mapping.ts';
import { runImport } from '#server/use-cases/imports/run-import.ts';
import { uploadLimits } from '#server/use-cases/imports/store-upload.ts';
import type { World } from './authorisation/fixture.ts';
import { makeWorld } from './authorisation/world.ts';
import { receiveContactUpload } from './contact-upload.ts';
import { type RejectWords, sendRejectedRows } from './rejected-rows.ts';

const database = useTestDatabase();
const words: RejectWords = {
  line: 'Linha',
  reason: 'Motivo',
  reasonOf: ({ reason, cell, isOptOutLost }) => `por ${reason}${cell ? ` em ${cell.name}` : ''}${isOptOutLost ? '!' : ''}`,
  target: (target) => ({ name: 'Nome completo', phone: 'Telefone' })[target as string] ?? target,
  fileName: (source) => `linhas-recusadas-${source}`,
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

function formOf(content: BlobPart, name = 'contatos.csv'): FormData {
  const form = new FormData();
  form.append('file', new File([content], name));
  return form;
}

async function send(body: BodyInit, headers: Record<string, string> = { authorization: `Bearer ${keys.editor}` }) {
  const request = new Request('http://localhost:3000/api/uploads/contacts', {
    method: 'POST',
    body,
    headers,
    duplex: 'half',
  } as RequestInit);
  const response = await receiveContactUpload(request, database.db);
  return {
    status: response.status,
    answer: (await response.json()) as { uploadId?: string; byteCount?: number; error?: { details: unknown } },
  };
}

const kept = async () =>
  (await database.db.selectFrom('uploads').select('id').where('workspaceId', '=', world.workspaceId).execute()).length;

test('a file of several megabytes arrives whole', async () => {
  const line = 'Ana;11987654321\r\n';
  const content = `nome;telefone\r\n${line.repeat(700_000)}`;
  const { status, answer } = await send(formOf(content));
  expect(status).toBe(200);
  expect(answer.byteCount).toBe(content.length);
  const { bytes } = await database.db
    .selectFrom('uploadChunks')
    .select((eb) => eb.fn.sum<string>(eb.fn('length', ['bytes'])).as('bytes'))
    .where('uploadId', '=', answer.uploadId ?? '')
    .executeTakeFirstOrThrow();
  expect(Number(bytes)).toBe(content.length);
});

test('what is not a file of contacts is refused, and nothing of it is kept', async () => {
  expect((await send(formOf(''))).status).toBe(400);
  expect((await send(formOf(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 'lista.xlsx'))).answer.error?.details).toEqual({ problem: 'notCsv' });
  expect((await send(new FormData())).answer.error?.details).toEqual({ problem: 'noFile' });
  expect((await send('nome,telefone', { authorization: `Bearer ${keys.editor}`, 'content-type': 'text/csv' })).status).toBe(400);
  expect(await kept()).toBe(0);
});

test('a form that breaks off is refused, and nothing of it is kept', async () => {
  const boundary = 'cut';
  const body = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nnome,telefone\nAna,1198`;
  const headers = { authorization: `Bearer ${keys.editor}`, 'content-type': `multipart/form-data; boundary=${boundary}` };
  const { status, answer } = await send(body, headers);
  expect({ status, details: answer.error?.details }).toEqual({ status: 400, details: { problem: 'fileIncomplete' } });
  expect(await kept()).toBe(0);
});

test('a file beyond the limit is refused while it streams', async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(stream) {
      if (sent === 0) {
        stream.enqueue(new TextEncoder().encode('--cut\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'));
      }
      stream.enqueue(new Uint8Array(4_000_000).fill(97));
      sent += 4_000_000;
    },
  });
  const headers = { authorization: `Bearer ${keys.editor}`, 'content-type': 'multipart/form-data; boundary=cut' };
  expect((await send(body, headers)).status).toBe(413);
  expect(sent).toBeLessThan(uploadLimits().bytes * 1.2);
  expect(await kept()).toBe(0);
});

test('only those may send who may import, from our own pages or with a key', async () => {
  expect((await send(formOf('a,b\n'), {})).status).toBe(401);
  expect((await send(formOf('a,b\n'), { authorization: `Bearer ${keys.viewer}` })).status).toBe(403);
  expect((await send(formOf('a,b\n'), { cookie: 'x=1', origin: 'https://elsewhere.example.com' })).status).toBe(403);
});

const rejectedRows = (importId: string, key: string, query = '') =>
  sendRejectedRows(
    new Request(`http://localhost:3000/api/imports/${importId}/rejects.csv${query}`, { headers: { authorization: `Bearer ${key}` } }),
    importId,
    words,
    database.db,
  );

test.each([
  ['semicolons', 'nome;telefone\n=HYPERLINK("x");123\nBia;11987654321\n"Ana; a";5,51E+12\n'],
  ['commas', 'nome,telefone\n"=HYPERLINK(""x"")",123\nBia,11987654321\nAna; a,"5,51E+12"\n'],
])('rejected rows of a file with %s come back for a spreadsheet, with the reason, and without formulas', async (_, file) => {
  const { answer } = await send(formOf(file));
  const { id } = await world.api.imports.create({ uploadId: answer.uploadId ?? '' });
  await world.api.imports.start({ id });
  await runImport(database.db, { workspaceId: world.workspaceId, importId: id });
  const fetchRows = (key: string, importId = id) => rejectedRows(importId, key);
  const response = await fetchRows(keys.viewer);
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="linhas-recusadas-contatos.csv"; filename*=UTF-8''linhas-recusadas-contatos.csv`,
  );
  expect([...new Uint8Array(await response.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = await (await fetchRows(keys.viewer)).text();
  expect(text.replace('\ufeff', '')).toBe(
    'Linha;Motivo;nome;telefone\r\n2;por formula em nome;"\'=HYPERLINK(""x"")";123\r\n4;por phoneExcelDamage em telefone;"Ana; a";5,51E+12\r\n',
  );
  expect((await fetchRows('wrong')).status).toBe(401);
  expect((await fetchRows(keys.viewer, 'nonsense')).status).toBe(404);
  const stranger = await makeWorld(database.db, `w-${crypto.randomUUID()}`);
  const { key } = await stranger.api.apiKeys.create({ name: 'k', role: 'admin' });
  expect((await fetchRows(key)).status).toBe(404);
});

test('rejected rows of a file without a header come back below what the columns became, however many they are', async () => {
  const rows = Array.from({ length: 205 }, (_, n) => `Pessoa ${n};12`);
  const { answer } = await send(formOf(`Ana;11987654321\n${rows.join('\n')}\n`));
  const { id } = await world.api.imports.create({ uploadId: answer.uploadId ?? '', mapping: [{ to: 'name' }, { to: 'phone' }] });
  await world.api.imports.start({ id });
  await runImport(database.db, { workspaceId: world.workspaceId, importId: id });
  const [header, ...lines] = (await (await rejectedRows(id, keys.viewer)).text()).replace('\ufeff', '').trimEnd().split('\r\n');
  expect(header).toBe('Linha;Motivo;Nome completo;Telefone');
  const reason = lines[0]?.split(';')[1] ?? '';
  expect(lines).toEqual(rows.map((row, n) => `${n + 2};${reason};${row}`));
});

test('rejected rows are imported as they come, time and again: columns become what they became, and reasons do not pile up', async () => {
  await world.api.contacts.createField({ label: 'Idade', kind: 'number' });
  const mapping: ColumnTarget[] = [{ to: 'name' }, { to: 'ignore' }, { to: 'phone' }, { to: 'field', key: 'idade' }];
  let { uploadId } = (await send(formOf('Quem;Curso;Celular;Anos\nAna;A;11987654321;x\nBia;B;11987654322;30\n'))).answer;
  for (const round of [1, 2]) {
    const preview = await world.api.imports.preview({ uploadId: uploadId ?? '' });
    if (round === 2) expect(preview.mapping).toEqual([{ to: 'ignore' }, { to: 'ignore' }, ...mapping]);
    const { id } = await world.api.imports.create({ uploadId: uploadId ?? '', mapping: round === 1 ? mapping : preview.mapping });
    await world.api.imports.start({ id });
    await runImport(database.db, { workspaceId: world.workspaceId, importId: id });
    const text = await (await rejectedRows(id, keys.viewer)).text();
    expect(text.replace('\ufeff', '')).toBe('Linha;Motivo;Quem;Curso;Celular;Anos\r\n2;por fieldInvalid em Anos;Ana;A;11987654321;x\r\n');
    uploadId = (await send(formOf(text, 'linhas-recusadas-contatos.csv'))).answer.uploadId;
  }
});

test('rejected rows of a report come back below the names of its columns, and come in without its title', async () => {
  const { answer } = await send(formOf('Relatório de clientes\n\nNome;Celular\nAna;12\nBia;11987654322\n'));
  const { id } = await world.api.imports.create({ uploadId: answer.uploadId ?? '' });
  await world.api.imports.start({ id });
  await runImport(database.db, { workspaceId: world.workspaceId, importId: id });
  const text = await (await rejectedRows(id, keys.viewer)).text();
  expect(text.replace('\ufeff', '')).toBe('Linha;Motivo;Nome;Celular\r\n4;por phoneInvalid em Celular;Ana;12\r\n');
  const mended = await send(formOf(text.replace(';12', ';11987654321'), 'linhas-recusadas-contatos.csv'));
  expect(await world.api.imports.preview({ uploadId: mended.answer.uploadId ?? '' })).toMatchObject({
    mends: id,
    format: { startLine: 1 },
    counts: { rows: 1, created: 1 },
  });
});

test('rows whose opt-out is not on record come by themselves', async () => {
  const { answer } = await send(formOf('nome;telefone;descadastrado\nAna;12;sim\nBia;13;não\n', 'pacientes da clínica.csv'));
  const { id } = await world.api.imports.create({ uploadId: answer.uploadId ?? '' });
  await world.api.imports.start({ id });
  await runImport(database.db, { workspaceId: world.workspaceId, importId: id });
  const response = await rejectedRows(id, keys.viewer, '?optOut=notRecorded');
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="linhas-recusadas-pacientes da clinica.csv"; filename*=UTF-8''linhas-recusadas-pacientes%20da%20cl%C3%ADnica.csv`,
  );
  const [, ...lines] = (await response.text()).trimEnd().split('\r\n');
  expect(lines).toEqual(['2;por phoneInvalid em telefone!;Ana;12;sim']);
});
