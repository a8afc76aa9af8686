import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';
import { apiAs } from '#server/api/authorisation/world.ts';
import { makeWorkspace } from '../engine/testing.ts';
import type { SaveDraftInput } from './save-draft.ts';

const database = useTestDatabase();
let bench: ImportBench;
let api: ImportBench['api'];

beforeEach(async () => {
  bench = await makeImportBench(database.db);
  ({ api } = bench);
});

const file = 'nome;telefone;plano\nAna;11987654321;Ouro\nBia;11987654322;Prata\n';
const name = { to: 'name' } as const;
const phone = { to: 'phone' } as const;
const plan = { to: 'newField', label: 'Plano', kind: 'choice' } as const;

test('a draft begins as the file was read, and keeps what was chosen and what is not done yet', async () => {
  const uploadId = await bench.upload(file);
  const { id, ...begun } = await api.imports.saveDraft({ uploadId });
  expect(begun).toMatchObject({ status: 'draft', uploadId, format: { delimiter: ';', hasHeader: true, given: [] } });
  expect(begun.mapping).toMatchObject([name, phone, { to: 'newField', label: 'plano', kind: 'text' }]);
  const chosen: SaveDraftInput = {
    uploadId,
    format: { delimiter: ';', encoding: 'windows-1252' },
    mapping: [phone, phone, { ...plan, options: [] }],
    options: { onNew: 'skip', tags: ['Feira'] },
  };
  await api.imports.saveDraft({ id, ...chosen } as Parameters<typeof api.imports.saveDraft>[0]);
  const kept = await api.imports.get({ id });
  expect(kept).toMatchObject({ ...chosen, id, format: { ...chosen.format, given: ['encoding', 'delimiter'] } });
  expect((await api.imports.list()).items).toHaveLength(1);
  const { suggested, mapping } = await api.imports.preview({ uploadId, mapping: [{ to: 'ignore' }, phone, { to: 'ignore' }] });
  expect([suggested, mapping[0]]).toEqual([begun.mapping, { to: 'ignore' }]);
});

test('a draft that is not done is refused at its start, and starts once it is', async () => {
  const uploadId = await bench.upload(file);
  const { id } = await api.imports.saveDraft({ uploadId, mapping: [name, phone, { ...plan, options: [] }] });
  const refused = (problem: string) => ({ cause: { code: 'invalid', details: { problem } } });
  await expect(api.imports.start({ id })).rejects.toMatchObject(refused('mappingNotDone'));
  await api.imports.saveDraft({ id, uploadId, mapping: [name, { to: 'ignore' }, { to: 'ignore' }] });
  await expect(api.imports.start({ id })).rejects.toMatchObject(refused('mappingNoAddress'));
  await api.imports.saveDraft({ id, uploadId, mapping: [name, phone, { to: 'field', key: 'nada' }] });
  await expect(api.imports.start({ id })).rejects.toMatchObject(refused('fieldUnknown'));
  await api.imports.saveDraft({ id, uploadId, mapping: [name, phone, { ...plan, options: ['Ouro', 'Prata'] }] });
  await api.imports.start({ id });
  await bench.run(id);
  expect((await bench.contacts()).map(({ fields }) => fields)).toEqual([{ plano: 'Ouro' }, { plano: 'Prata' }]);
  const conflict = { cause: { code: 'conflict', details: { status: 'done', reason: 'importStarted' } } };
  await expect(api.imports.saveDraft({ id, uploadId })).rejects.toMatchObject(conflict);
});

test('saved again as it is, a draft keeps what it would come to; changed, it is to be counted anew', async () => {
  const uploadId = await bench.upload(file);
  const { id } = await api.imports.dryRun({ uploadId, options: { tags: ['Feira'] } });
  const { mapping } = await api.imports.get({ id });
  const same = await api.imports.saveDraft({ id, uploadId, mapping, options: { tags: ['Feira'] } });
  expect(same.dryRun).toMatchObject({ status: 'done', toCreate: 2 });
  expect((await api.imports.saveDraft({ id, uploadId, mapping })).dryRun).toBeNull();
});

test('nobody elsewhere changes a draft, and it goes with its file after a week', async () => {
  const uploadId = await bench.upload(file);
  const { id, keptUntil } = await api.imports.saveDraft({ uploadId });
  const other = await makeWorkspace(database.db);
  await expect(apiAs(database.db, other.actor).imports.saveDraft({ id, uploadId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const days = (Date.parse(keptUntil ?? '') - (await createdAt(uploadId)).getTime()) / 86_400_000;
  expect(days).toBe(7);
  await bench.upload(file);
  expect(await api.imports.get({ id })).toMatchObject({ status: 'draft' });
  await sql`update uploads set created_at = created_at - interval '8 days' where id = ${uploadId}`.execute(database.db);
  await bench.upload(file);
  await expect(api.imports.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(api.imports.saveDraft({ uploadId })).rejects.toMatchObject({ cause: { details: { problem: 'fileGone' } } });
});

async function createdAt(uploadId: string): Promise<Date> {
  const { createdAt: at } = await database.db
    .selectFrom('uploads')
    .select(sql<Date>`created_at`.as('createdAt'))
    .where('id', '=', uploadId)
    .executeTakeFirstOrThrow();
  return at;
}
