/** Who opts out in a later row of a file than the one that brings them is never written to in between. */
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';
import type { ColumnTarget } from '#server/domain/contact-csv/mapping.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';

const database = useTestDatabase();
let bench: ImportBench;
let sequenceId = '';
beforeEach(async () => {
  bench = await makeImportBench(database.db);
  sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'immediately' })],
  });
});

const mapping: ColumnTarget[] = [{ to: 'name' }, { to: 'phone' }, { to: 'email' }, { to: 'optedOut' }, { to: 'enrolmentKey' }];
const fileOf = (...rows: string[]) => `nome;telefone;email;descadastrado;chave\n${rows.join('\n')}\n`;

/** Of every enrolment that was ever made, by name. */
async function everEnrolled(): Promise<(string | null)[]> {
  const rows = await database.db
    .selectFrom('enrolments as e')
    .innerJoin('contacts as c', 'c.id', 'e.contactId')
    .select('c.name')
    .where('e.workspaceId', '=', bench.at.workspaceId)
    .orderBy('c.name')
    .execute();
  return rows.map(({ name }) => name);
}

async function refusing(): Promise<string[]> {
  const rows = await database.db
    .selectFrom('optOuts as o')
    .innerJoin('contacts as c', 'c.id', 'o.contactId')
    .select(['c.name', 'o.channelKind'])
    .where('o.workspaceId', '=', bench.at.workspaceId)
    .orderBy('c.name')
    .orderBy('o.channelKind')
    .execute();
  return rows.map(({ name, channelKind }) => `${name} ${channelKind}`);
}

const others = Array.from({ length: 4 }, (_, n) => `Pessoa ${n};1198765400${n};p${n}@x.com;;`);

test.each([
  ['by her phone', 'Ana;11987654321;;sim;'],
  ['by her e-mail address, in capitals', ';;ANA@X.COM;x;'],
  ['in a row that is refused', 'Ana;123;ana@x.com;sim;'],
])('Ana, who opts out %s chunks later, is refused from the start, is counted once, and the count beforehand says so', async (_, row) => {
  const file = fileOf('Ana;11987654321;ana@x.com;;', ...others, row);
  const uploadId = await bench.upload(file);
  const { dryRun } = await bench.api.imports.dryRun({ uploadId, mapping, options: { sequenceId } });
  expect(dryRun).toMatchObject({ toEnrol: 4, optedOut: 1, optOutRows: 1, optOutsNotRecorded: 0 });
  const done = await bench.importFile(file, { sequenceId }, { mapping }, 2);
  expect(done).toMatchObject({
    counts: { created: 5, enrolled: 4, notEnrolled: { optedOut: 1 } },
    optOuts: { rows: 1, recorded: 1, notRecorded: 0 },
  });
  expect(await everEnrolled()).toEqual(['Pessoa 0', 'Pessoa 1', 'Pessoa 2', 'Pessoa 3']);
  expect(await refusing()).toEqual(['Ana sandbox', 'Ana smtp']);
});

test('she refuses already when the first chunk is written, for whatever enrols new contacts meanwhile', async () => {
  const { id: importId } = await bench.api.imports.create({
    uploadId: await bench.upload(fileOf('Ana;11987654321;ana@x.com;;', ...others, 'Ana;11987654321;;sim;')),
    mapping,
  });
  await bench.api.imports.start({ id: importId });
  const { workspaceId } = bench.at;
  const standingInTheWay = await database.db.startTransaction().execute();
  await standingInTheWay.insertInto('contacts').values({ workspaceId, phone: '+5511987654002' }).execute();
  const running = bench.run(importId, 1);
  await expect.poll(async () => (await bench.api.imports.get({ id: importId })).counts.created).toBe(3);
  expect(await refusing()).toEqual(['Ana sandbox', 'Ana smtp']);
  await standingInTheWay.rollback().execute();
  expect(await running).toBe(true);
});

test('only the channels that the later row names are refused, and under no key is anybody enrolled who refuses all', async () => {
  const file = fileOf(
    'Ana;11987654321;ana@x.com;;A',
    'Bia;11987654322;bia@x.com;;A',
    ...others.slice(0, 2),
    'Ana;11987654321;;sandbox;B',
    'Bia;11987654322;;smtp;B',
  );
  const done = await bench.importFile(file, { sequenceId }, { mapping }, 2);
  expect(done).toMatchObject({ counts: { enrolled: 4, notEnrolled: { optedOut: 2 } }, optOuts: { rows: 2, recorded: 2 } });
  expect(await everEnrolled()).toEqual(['Bia', 'Bia', 'Pessoa 0', 'Pessoa 1']);
  expect(await refusing()).toEqual(['Ana sandbox', 'Bia smtp']);
});

test('a row that names two people refuses for neither, and is found among those that are not on record', async () => {
  const file = fileOf('Ana;11987654321;ana@x.com;;', 'Bia;11987654322;bia@x.com;;', ...others, ';11987654321;bia@x.com;sim;');
  const done = await bench.importFile(file, { sequenceId }, { mapping }, 2);
  expect(done).toMatchObject({ counts: { enrolled: 6, rejected: 1 }, optOuts: { rows: 1, recorded: 0, notRecorded: 1 } });
  expect(await refusing()).toEqual([]);
});

test('a known contact refuses from its first row on, keeps it after an undo, and the undo says so', async () => {
  await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@x.com' });
  const file = fileOf('Ana;11987654321;ana@x.com;;', ...others, 'Ana;11987654321;;sim;');
  const { id, counts } = await bench.importFile(file, { sequenceId }, { mapping }, 2);
  expect(counts).toMatchObject({ unchanged: 1, merged: 1, enrolled: 4, notEnrolled: { optedOut: 1 } });
  expect(await bench.api.imports.undoPreview({ id })).toMatchObject({ isExact: true, deleted: 4, kept: { optedOut: 1 } });
  await bench.api.imports.undo({ id });
  await bench.run(id);
  expect((await bench.api.imports.get({ id })).undo).toMatchObject({ deleted: 4, kept: { optedOut: 1 } });
  expect(await refusing()).toEqual(['Ana sandbox', 'Ana smtp']);
});

test('a file that breaks off counts as far as it can be read', async () => {
  const endless = `Bia;11987654322;"${'b'.repeat(2_000_000)};;`;
  const file = fileOf('Ana;11987654321;ana@x.com;;', ...others, 'Ana;11987654321;;sim;', endless);
  const { status, counts } = await bench.importFile(file, { sequenceId }, { mapping }, 2);
  expect(status).toBe('failed');
  expect(counts).toMatchObject({ created: 5, enrolled: 4, notEnrolled: { optedOut: 1 } });
});

test('a file that says the same of one person over and over counts every row and refuses once', async () => {
  const again = Array.from({ length: 40_000 }, () => 'Ana;123;ana@x.com;sim;');
  const file = fileOf('Ana;11987654321;ana@x.com;;', ...again);
  const { counts } = await bench.importFile(file, { sequenceId }, { mapping });
  expect(counts).toMatchObject({ created: 1, rejected: 40_000, notEnrolled: { optedOut: 1 } });
});
