import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';
import type { ColumnTarget } from '#server/domain/contact-csv/mapping.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';
import { runImport } from './run-import.ts';

const database = useTestDatabase();
let bench: ImportBench;
beforeEach(async () => {
  bench = await makeImportBench(database.db);
});

const mapping: ColumnTarget[] = [{ to: 'name' }, { to: 'phone' }, { to: 'email' }, { to: 'optedOut' }];
const fileOf = (...rows: string[]) => `nome;telefone;email;descadastrado\n${rows.join('\n')}\n`;
const make = (name: string, phone: string, email: string) => bench.api.contacts.create({ name, phone, email });
const kindsOf = async (id: string) => (await bench.api.contacts.get({ id })).optOuts.map(({ channelKind }) => channelKind);
const lost = async (id: string) =>
  (await bench.api.imports.rows({ id, optOut: 'notRecorded' })).items.map(({ line, reason, outcome, optOut }) => ({
    line,
    reason,
    outcome,
    optOut,
  }));

describe('a refused row of somebody who opted out', () => {
  test('refuses for the contact that its good address names, ends its enrolments, and says so', async () => {
    const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
      steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
    });
    const ana = await make('Ana', '11987654321', 'ana@x.com');
    await bench.api.enrolments.enrol({ sequenceId, contactIds: [ana.id] });
    const file = fileOf('Ana S.;123;ana@x.com;sim', 'Bia;12;bia@x.com;x', 'Caio;11987654323;caio@x.com;não', 'Dani;13;dani@x.com;');
    const uploadId = await bench.upload(file);
    const draft = await bench.api.imports.dryRun({ uploadId, mapping });
    expect(draft.dryRun).toMatchObject({ toCreate: 1, refuse: 3, optedOut: 1, optOutRows: 2, optOutsNotRecorded: 1 });
    await bench.api.imports.start({ id: draft.id });
    await bench.run(draft.id);
    const done = await bench.api.imports.get({ id: draft.id });
    expect(done).toMatchObject({ optOuts: { rows: 2, recorded: 1, notRecorded: 1 }, counts: { created: 1, rejected: 3 } });
    expect(await kindsOf(ana.id)).toEqual(['sandbox', 'smtp']);
    expect(await bench.api.contacts.get({ id: ana.id })).toMatchObject({ name: 'Ana', phone: '+5511987654321' });
    const ended = await database.db.selectFrom('enrolments').select('exitReason').where('contactId', '=', ana.id).execute();
    expect(ended).toEqual([{ exitReason: 'optedOut' }]);
    expect(await lost(done.id)).toEqual([{ line: 3, reason: 'phoneInvalid', outcome: 'rejected', optOut: 'notRecorded' }]);
    const { items } = await bench.api.imports.rows({ id: done.id, outcome: 'rejected' });
    expect(items.map(({ optOut, contact }) => [optOut, contact?.name ?? null])).toEqual([
      ['recorded', 'Ana'],
      ['notRecorded', null],
      [null, null],
    ]);
  });

  test('refuses for somebody whom an earlier row of the file has made, who is not enrolled', async () => {
    const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
      steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
    });
    const file = fileOf('Ana;11987654321;ana@x.com;', 'Ana;11987654322;ana@x.com;sim', 'Bia;11987654325;bia@x.com;');
    const uploadId = await bench.upload(file);
    const { dryRun } = await bench.api.imports.dryRun({ uploadId, mapping, options: { sequenceId } });
    expect(dryRun).toMatchObject({ toEnrol: 1, optedOut: 1, optOutRows: 1, optOutsNotRecorded: 0 });
    const done = await bench.importFile(file, { sequenceId }, { mapping });
    expect(done).toMatchObject({
      counts: { enrolled: 1, reasons: { differsInFile: 1 } },
      optOuts: { rows: 1, recorded: 1, notRecorded: 0 },
    });
    const [ana] = await bench.contacts();
    expect(await kindsOf(ana?.id ?? '')).toEqual(['sandbox', 'smtp']);
  });

  test.each([
    ['names two contacts', 'Ana;11987654321;bia@x.com;sim', 'matchesTwo'],
    ['has a word for it that nobody understands', 'Ana;11987654321;ana@x.com;talvez', 'optOutInvalid'],
    ['has a cell too many, and may say another column', 'Ana;11987654321;ana@x.com;sim;x', 'tooManyCells'],
  ])('refuses for nobody where it %s, and is found among those that are not on record', async (_, row, reason) => {
    const ids = [(await make('Ana', '11987654321', 'ana@x.com')).id, (await make('Bia', '11987654322', 'bia@x.com')).id];
    const done = await bench.importFile(fileOf(row), {}, { mapping });
    expect(done.optOuts).toEqual({ rows: 1, recorded: 0, notRecorded: 1 });
    expect(await Promise.all(ids.map(kindsOf))).toEqual([[], []]);
    expect(await lost(done.id)).toMatchObject([{ line: 2, reason }]);
  });

  test('refuses only the channels that it names, and once', async () => {
    const ana = await make('Ana', '11987654321', 'ana@x.com');
    const file = fileOf('Ana;123;ana@x.com;smtp', 'Ana;124;ana@x.com;smtp');
    expect((await bench.importFile(file, {}, { mapping })).optOuts).toEqual({ rows: 2, recorded: 1, notRecorded: 0 });
    expect(await kindsOf(ana.id)).toEqual(['smtp']);
  });

  test('refuses by a consent that was taken back', async () => {
    const ana = await make('Ana', '11987654321', 'ana@x.com');
    const file =
      'email;fone;consentimento\nana@x.com;1;smtp withdrawn 2026-01-02 Carta\nbia@x.com;1;smtp withdrawn amanhã\nc@x.com;1;sim\n';
    const done = await bench.importFile(file, {}, { mapping: [{ to: 'email' }, { to: 'phone' }, { to: 'consents' }] });
    expect(done.optOuts).toEqual({ rows: 2, recorded: 1, notRecorded: 1 });
    expect(await kindsOf(ana.id)).toEqual(['smtp']);
  });
});

test('an opt-out of somebody who is not to be made is not on record, and its row is kept', async () => {
  const done = await bench.importFile(fileOf('Ana;11987654321;ana@x.com;sim'), { onNew: 'skip' }, { mapping });
  expect(done.optOuts).toEqual({ rows: 1, recorded: 0, notRecorded: 1 });
  const { items } = await bench.api.imports.rows({ id: done.id, optOut: 'notRecorded' });
  expect(items).toMatchObject([{ outcome: 'skipped', reason: 'notKnown', cells: ['Ana', '11987654321', 'ana@x.com', 'sim'] }]);
});

test('a good row of somebody who opted out counts as recorded once, and as known from then on', async () => {
  const file = fileOf('Ana;11987654321;ana@x.com;sim', 'Bia;11987654322;bia@x.com;');
  expect((await bench.importFile(file, {}, { mapping })).optOuts).toEqual({ rows: 1, recorded: 1, notRecorded: 0 });
  expect((await bench.importFile(file, {}, { mapping })).optOuts).toEqual({ rows: 1, recorded: 0, notRecorded: 0 });
});

test('an undo lists what refused and left-aside rows refused as kept, with whose it is', async () => {
  await make('Ana', '11987654321', 'ana@x.com');
  await make('Bia', '11987654322', 'bia@x.com');
  const file = fileOf('Ana;123;ana@x.com;sim', 'Bia;11987654322;bia@x.com;sim', 'Caio;11987654323;caio@x.com;');
  const { id } = await bench.importFile(file, { onExisting: 'skip' }, { mapping });
  expect(await bench.api.imports.undoPreview({ id })).toMatchObject({ isExact: true, deleted: 1, kept: { optedOut: 2 } });
  await bench.api.imports.undo({ id });
  await bench.run(id);
  expect((await bench.api.imports.get({ id })).undo).toMatchObject({ deleted: 1, kept: { optedOut: 2 } });
  const kept = (await bench.api.imports.rows({ id, kept: true })).items;
  expect(kept.map(({ undo, contact }) => [undo, contact?.name])).toEqual([
    ['optedOut', 'Ana'],
    ['optedOut', 'Bia'],
  ]);
});

test.each([1, 2_000])('refuses for somebody whom only a later row of the file makes, in chunks of %i', async (chunkRows) => {
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  const rows = [
    'Ana;123;ana@x.com;sim',
    'Ana;11987654321;ana@x.com;',
    'Ana;124;ana@x.com;sim',
    'Bia;11987654322;bia@x.com;',
    'Eva;1;eva@x.com;x',
  ];
  const uploadId = await bench.upload(fileOf(...rows));
  const { dryRun } = await bench.api.imports.dryRun({ uploadId, mapping });
  expect(dryRun).toMatchObject({ optedOut: 1, optOutRows: 3, optOutsNotRecorded: 1 });
  const done = await bench.importFile(fileOf(...rows), { sequenceId }, { mapping }, chunkRows);
  expect(done).toMatchObject({ counts: { created: 2, rejected: 3 }, optOuts: { rows: 3, recorded: 1, notRecorded: 1 } });
  expect(await lost(done.id)).toMatchObject([{ line: 6 }]);
  const going = await database.db
    .selectFrom('enrolments')
    .select('contactId')
    .where('status', '=', 'active')
    .where('sequenceId', '=', sequenceId)
    .execute();
  const [ana, bia] = await bench.contacts();
  expect(await kindsOf(ana?.id ?? '')).toEqual(['sandbox', 'smtp']);
  expect(going).toEqual([{ contactId: bia?.id }]);
});

test('a canceled import, too, says of a refused row whom it refuses for, as soon as a worker has the time', async () => {
  const rows = ['Ana;123;ana@x.com;sim', 'Ana;11987654321;ana@x.com;', 'Bia;11987654322;bia@x.com;'];
  const { id } = await bench.api.imports.create({ uploadId: await bench.upload(fileOf(...rows)), mapping });
  await bench.api.imports.start({ id });
  const get = () => bench.api.imports.get({ id });
  const { workspaceId } = bench.at;
  const standingInTheWay = await database.db.startTransaction().execute();
  await standingInTheWay.insertInto('contacts').values({ workspaceId, phone: '+5511987654322' }).execute();
  const running = bench.run(id, 1);
  await expect.poll(async () => (await get()).counts.created).toBe(1);
  await sql`delete from pgboss.job`.execute(database.db);
  await bench.api.imports.cancel({ id });
  const { rows: jobs } = await sql`select name, data from pgboss.job`.execute(database.db);
  expect(jobs).toEqual([{ name: 'import.run', data: { workspaceId, importId: id } }]);
  await standingInTheWay.rollback().execute();
  expect(await running).toBe(true);
  expect((await get()).optOuts).toEqual({ rows: 1, recorded: 1, notRecorded: 1 });
  expect(await runImport(database.db, { workspaceId, importId: id }, { signal: AbortSignal.abort() })).toBe(false);
  expect((await get()).optOuts).toEqual({ rows: 1, recorded: 1, notRecorded: 1 });
  expect(await bench.run(id)).toBe(true);
  expect(await get()).toMatchObject({ status: 'canceled', optOuts: { rows: 1, recorded: 1, notRecorded: 0 } });
  const ana = (await bench.contacts()).find(({ email }) => email === 'ana@x.com');
  expect(await kindsOf(ana?.id ?? '')).toEqual(['sandbox', 'smtp']);
  const { items } = await bench.api.imports.rows({ id, outcome: 'rejected' });
  expect(items.map(({ optOut, contact }) => [optOut, contact?.name])).toEqual([['recorded', 'Ana']]);
});

test('a refused row names its column and the beginning of its cell', async () => {
  const file = `nome;telefone;idade\nAna;${'1'.repeat(90)};20\nBia;11987654322;muita\nCaio;11987654323;9\n`;
  const done = await bench.importFile(
    file,
    {},
    {
      mapping: [{ to: 'name' }, { to: 'phone' }, { to: 'newField', label: 'Idade', kind: 'number' }],
    },
  );
  const { items } = await bench.api.imports.rows({ id: done.id, outcome: 'rejected' });
  expect(items.map(({ column }) => column)).toEqual([
    { index: 1, name: 'telefone', value: `${'1'.repeat(60)}…`, kind: null },
    { index: 2, name: 'idade', value: 'muita', kind: 'number' },
  ]);
});
