import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';
import { storeUpload } from './store-upload.ts';
import { type ImportBench, makeImportBench, once } from '#server/api/authorisation/import-bench.ts';
import { importOptionsSchema } from '#server/domain/contact-csv/options.ts';
import type { CsvRow } from '#server/domain/contact-csv/row-reader.ts';
import { readChunks } from './read-chunks.ts';
import { rowFacts } from './read-import.ts';

const database = useTestDatabase();
let bench: ImportBench;
beforeEach(async () => {
  bench = await makeImportBench(database.db);
});

const table = 'Nome;Celular;Condição\r\nJoão da Conceição;(11) 98765-4321;Não ligar às 8h\r\n';
const joao = { name: 'João da Conceição', phone: '+5511987654321' };
const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

test.each<[string, Uint8Array | string]>([
  ['UTF-8', table],
  ['UTF-8 with its mark', `\ufeff${table}`],
  ['Windows-1252', Buffer.from(table, 'latin1')],
  ['UTF-16 LE with its mark', utf16(table, false)],
  ['UTF-16 BE with its mark', utf16(table, true)],
  ['tabs', table.replaceAll(';', '\t')],
  ['commas', table.replaceAll(';', ',')],
  ['apostrophes', table.replace(/[^;\r\n]+/g, "'$&'")],
  ['old line ends', table.replaceAll('\r\n', '\r')],
  ['gzip', gzipSync(table)],
  ['gzip of Windows-1252', gzipSync(Buffer.from(table, 'latin1'))],
  ['gzip of UTF-16', gzipSync(utf16(table, false))],
])('a file in %s is read as it was meant', async (_, content) => {
  const done = await bench.importFile(content);
  expect(done.accounted).toMatchObject({ total: 1, created: 1, refused: 0 });
  expect(await bench.contacts()).toMatchObject([{ ...joao, fields: { condicao: 'Não ligar às 8h' } }]);
});

test('what was detected can be overridden', async () => {
  const uploadId = await bench.upload(Buffer.from('Ana|Conceição;11987654321\n', 'latin1'));
  const preview = await bench.api.imports.preview({ uploadId, format: { delimiter: ';', hasHeader: false, encoding: 'macintosh' } });
  expect(preview.format).toEqual({ delimiter: ';', hasHeader: false, encoding: 'macintosh', quote: '"', startLine: 1 });
  expect(preview.rows[0]?.cells[0]).not.toContain('ç');
});

test('of a file without a header every row counts: in the dry run, in the import, and where somebody refuses', async () => {
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  const content = 'Ana;11987654321;sim\nAna;11987654321;não\nBia;11987654322;sim\n';
  const mapping = [{ to: 'name' as const }, { to: 'phone' as const }, { to: 'acceptsMessages' as const }];
  const format = { hasHeader: false };
  const uploadId = await bench.upload(content);
  const { dryRun } = await bench.api.imports.dryRun({ uploadId, format, mapping, options: { sequenceId } });
  expect(dryRun).toMatchObject({ rows: 3, toCreate: 2, toEnrol: 1, optOutRows: 1, optedOut: 1 });
  const done = await bench.importFile(content, { sequenceId }, { format, mapping }, 1);
  expect(done).toMatchObject({ status: 'done', counts: { rows: 3, created: 2, merged: 1, enrolled: 1, optOutsRecorded: 1 } });
  expect(await bench.contacts()).toMatchObject([{ name: 'Ana' }, { name: 'Bia' }]);
});

test('quoting can be overridden, and the run reads by it', async () => {
  const uploadId = await bench.upload("nome;telefone\n'Ana;11987654321\nBia';11987654322\n");
  const read = await bench.api.imports.preview({ uploadId });
  expect(read).toMatchObject({ format: { quote: '"' }, counts: { created: 2 } });
  const format = { quote: "'" as const };
  expect(await bench.api.imports.preview({ uploadId, format })).toMatchObject({
    format,
    rows: [{ cells: ['Ana;11987654321\nBia', '11987654322'] }],
  });
  const { id } = await bench.api.imports.create({ uploadId, format });
  await bench.api.imports.start({ id });
  await bench.run(id);
  expect(await bench.contacts()).toMatchObject([{ name: 'Ana;11987654321 Bia', phone: '+5511987654322' }]);
});

test('an import of before there was a choice of quoting is read as it was then', async () => {
  const { id } = await bench.api.imports.create({ uploadId: await bench.upload('nome;telefone\n"Ana; a";11987654321\n') });
  await sql`update imports set format = format - 'quote' where id = ${id}`.execute(database.db);
  expect((await bench.api.imports.get({ id })).format.quote).toBe('"');
  await bench.api.imports.start({ id });
  await bench.run(id);
  expect(await bench.contacts()).toMatchObject([{ name: 'Ana; a' }]);
});

test('how long a row may be is a setting', async () => {
  const uploadId = await bench.upload(`nome;telefone\n${'x'.repeat(1_500)};11987654321\nBia;11987654322\n`);
  vi.stubEnv('ANDANTE_IMPORT_ROW_CHARACTERS', '1200');
  vi.resetModules();
  try {
    const { previewImport } = await import('./preview-import.ts');
    const { counts } = await previewImport(database.db, bench.at.actor, { uploadId });
    expect(counts).toMatchObject({ created: 1, reasons: { rowTooLong: 1 } });
  } finally {
    vi.unstubAllEnvs();
    vi.resetModules();
  }
});

const long = 'x'.repeat(10_000_000);
const manyTags = Array.from({ length: 51 }, (_, n) => `t${n}`).join('|');
test.each<[string, string, object]>([
  ['a line break in quotes', 'nome,telefone\n"Ana\nSouza",11987654321\n', { created: 1 }],
  [
    'ragged rows',
    'nome,telefone\nAna\nBia,11987654321\nCaio,11987654322,,,\nDani,11987654323,sobra\n',
    { noAddress: 1, tooManyCells: 1, created: 2 },
  ],
  ['a phone that Excel has destroyed', 'nome;telefone\nAna;5,51191E+12\n', { phoneExcelDamage: 1 }],
  ['a mobile of eight digits', 'nome;telefone\nAna;(11) 8765-4321\nBia;8765-4321\n', { created: 1, phoneNoAreaCode: 1 }],
  [
    'formulas',
    'nome;telefone\n=A1&B1;11987654321\nBia;"=""11987654322"""\n#N/D;11987654323\n',
    { formula: 1, spreadsheetError: 1, created: 1 },
  ],
  ['a cell of 10 MB', `nome,telefone\n${long},11987654321\n"${long}\n",11987654322\nCaio,11987654323\n`, { rowTooLong: 2, created: 1 }],
  [
    'marks that end in the middle of a cell',
    'nome;telefone\n"Zé" Silva;11987654321\nBia;11987654322\n"Ana""s";11987654323\n',
    { quoteNotClosed: 1, created: 2 },
  ],
  ['a row of many tags', `telefone,tags\n11987654321,${manyTags}\n11987654322,"a|a|${'b,'.repeat(60)}"\n`, { tooManyTags: 1, created: 1 }],
  ['names of columns that repeat', 'telefone,telefone,nome\n11987654321,11987654322,Ana\n', { created: 1 }],
])('%s: every row has its word', async (_, content, expected) => {
  const done = await bench.importFile(content);
  expect(done).toMatchObject({ status: 'done', error: null });
  const { total, created, updated, unchanged, merged, skipped, refused, refusedBy } = done.accounted;
  expect(total).toBe(created + updated + unchanged + merged + skipped + refused);
  const told = Object.fromEntries(refusedBy.map(({ reason, count }) => [reason, count]));
  expect({ ...told, ...(created > 0 ? { created } : {}) }).toEqual(expected);
  expect(await bench.contacts()).toHaveLength(created);
});

test('rows of half a million characters are worked on a few at a time, and shown in their beginning', async () => {
  const lines = Array.from({ length: 20 }, (_, n) => `Pessoa,119${60_000_000 + n},${'x'.repeat(500_000)}`);
  const uploadId = await bench.upload(`nome,telefone,obs\n${lines.join('\n')}\n`);
  const mapping = [{ to: 'name' as const }, { to: 'phone' as const }, { to: 'newField' as const, label: 'obs', kind: 'text' as const }];
  const preview = await bench.api.imports.preview({ uploadId, mapping });
  expect(preview).toMatchObject({ complete: false, counts: { rows: 15, rejected: 15 } });
  expect(JSON.stringify(preview).length).toBeLessThan(40_000);
  const { id } = await bench.api.imports.create({ uploadId, mapping });
  await bench.api.imports.start({ id });
  await bench.run(id);
  expect(await bench.api.imports.get({ id })).toMatchObject({ status: 'done', counts: { rows: 20, rejected: 20 } });
  expect((await bench.api.imports.rows({ id })).items[0]?.cells?.[2]).toHaveLength(501);
});

test('a chunk is full by the number of its rows or by their length', async () => {
  const row = (length: number, line: number): CsvRow => ({ line, cells: ['x'.repeat(length)], unclosed: false });
  async function* file(lengths: readonly number[]) {
    yield { rows: lengths.map(row), byteCount: 10 };
  }
  const from = { nextRow: 0, toSkip: 0, mostRows: 3, byteCount: 10 };
  const sizes = async (lengths: readonly number[]): Promise<number[]> => {
    const facts = await rowFacts(database.db, bench.at.workspaceId, { mapping: [{ to: 'name' }], options: importOptionsSchema.parse({}) });
    const found: number[] = [];
    for await (const { rows } of readChunks(file(lengths), facts, from, null)) found.push(rows.length);
    return found;
  };
  expect(await sizes([1, 1, 1, 1])).toEqual([3, 1]);
  expect(await sizes([400_000, 400_000, 400_000, 9_000_000, 1])).toEqual([2, 1, 1, 1]);
});

test('more columns than a mapping has room for are refused; blank ones that a spreadsheet added are no columns', async () => {
  const names = Array.from({ length: 501 }, (_, n) => `c${n}`).join(';');
  const uploadId = await bench.upload(`telefone;${names}\n11987654321;x\n`);
  await expect(bench.api.imports.preview({ uploadId })).rejects.toMatchObject({ cause: { details: { problem: 'tooManyColumns' } } });
  const blanks = ';'.repeat(16_380);
  const padded = `telefone;nome;cidade${blanks}\n11987654321;Ana;Recife${blanks}\n`;
  const { mapping } = await bench.api.imports.preview({ uploadId: await bench.upload(padded) });
  expect(mapping).toHaveLength(3);
  expect(await bench.importFile(padded, {}, { mapping })).toMatchObject({ accounted: { created: 1, refused: 0 } });
});

test('repeated names of columns are pointed out', async () => {
  const { columns } = await bench.api.imports.preview({ uploadId: await bench.upload('telefone,Telefone,nome\n11987654321,1,Ana\n') });
  expect(columns.map((column) => column.sameNameAs)).toEqual([null, 0, null]);
});

describe('what is no list of contacts is refused with a word, and nothing of it is kept', () => {
  const limits = { bytes: 50_000_000, ratio: 100 };
  const refusal = (content: Uint8Array | string) =>
    storeUpload(database.db, bench.at.actor, { name: 'x.csv', bytes: once(content) }, limits).then(
      () => 'stored',
      (error: { details?: { problem?: string } }) => error.details?.problem,
    );
  const bomb = gzipSync(Buffer.alloc(40_000_000, 'a'));
  test.each<[string, () => Uint8Array | string, string]>([
    ['an empty file', () => '', 'fileEmpty'],
    ['an empty gzip file', () => gzipSync(''), 'fileEmpty'],
    ['a gzip bomb', () => bomb, 'gzipBomb'],
    ['a gzip file that ends in the middle', () => gzipSync(table.repeat(1_000)).subarray(0, 200), 'fileIncomplete'],
    ['a damaged gzip file', () => Buffer.concat([gzipSync(table).subarray(0, 12), Buffer.alloc(60, 7)]), 'gzipDamaged'],
    ['a workbook', () => new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 'notCsv'],
    ['a packed workbook', () => gzipSync(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])), 'notCsv'],
    ['a page', () => '<!DOCTYPE html><html></html>', 'notTable'],
    ['a table of HTML, as systems export it under the name .xls', () => '\ufeff\r\n<table><tr><td>Nome</td></tr></table>', 'notTable'],
    ['a document', () => '%PDF-1.7\n', 'notTable'],
    ['gzip in gzip', () => gzipSync(gzipSync(table)), 'notTable'],
    ['a zipped CSV', () => Buffer.concat([Buffer.from('504b0304'.padEnd(52, '0') + '05000000', 'hex'), Buffer.from('a.csv')]), 'notTable'],
    ['an image', () => Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'notTable'],
    ['bytes of anything', () => Uint8Array.from({ length: 4_096 }, (_, n) => (n * 73 + (n >> 3) * 31) % 256), 'notTable'],
    ['contacts of a phone', () => 'BEGIN:VCARD\nFN:Ana\nEND:VCARD\n', 'notTable'],
    ['JSON', () => '[{"nome":"Ana"}]', 'notTable'],
  ])('%s', async (_, content, problem) => {
    expect(await refusal(content())).toBe(problem);
    expect(await database.db.selectFrom('uploads').select('id').where('workspaceId', '=', bench.at.workspaceId).execute()).toEqual([]);
  });

  test('a file of blank rows, and one of names of columns alone', async () => {
    const problemOf = async (content: string) => {
      const uploadId = await bench.upload(content);
      const error = (await bench.api.imports.create({ uploadId }).catch((failure: unknown) => failure)) as { cause?: { details?: object } };
      return error.cause?.details;
    };
    expect(await problemOf('\n\n;;\n')).toEqual({ problem: 'fileEmpty' });
    expect(await problemOf('nome;telefone\n')).toEqual({ problem: 'noRows' });
  });
});
