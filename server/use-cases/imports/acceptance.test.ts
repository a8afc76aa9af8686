import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';

const database = useTestDatabase();
let bench: ImportBench;
let sequenceId: string;
beforeEach(async () => {
  bench = await makeImportBench(database.db);
  sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
});

const refusing = async () => {
  const all = await bench.contacts();
  const whole = await Promise.all(all.map(({ id }) => bench.api.contacts.get({ id })));
  return whole
    .flatMap(({ name, optOuts }) => (optOuts.length > 0 ? [[name, optOuts.map(({ channelKind }) => channelKind).join()]] : []))
    .sort();
};
const enrolled = async () => {
  const rows = await database.db
    .selectFrom('enrolments as e')
    .innerJoin('contacts as c', 'c.id', 'e.contactId')
    .select('c.name')
    .where('e.sequenceId', '=', sequenceId)
    .where('e.status', '=', 'active')
    .execute();
  return rows.map(({ name }) => name).sort();
};

test('nobody who said no to messages is enrolled by a file that is imported as suggested, and who was enrolled before is written to no more', async () => {
  const eva = await bench.api.contacts.create({ name: 'Eva', phone: '11987654325' });
  await bench.api.enrolments.enrol({ sequenceId, contactIds: [eva.id] });
  const rows = [
    'Ana;11987654321;sim',
    'Bia;11987654322;não',
    'Caio;11987654323;',
    'Dani;11987654324;talvez',
    'Eva;11987654325;0',
    'Fabi;11987654326;x',
  ];
  const file = `nome;telefone;Aceita receber mensagens?\n${rows.join('\n')}\n`;
  const uploadId = await bench.upload(file);
  const preview = await bench.api.imports.preview({ uploadId, options: { sequenceId } });
  expect(preview.mapping).toEqual([{ to: 'name' }, { to: 'phone' }, { to: 'acceptsMessages' }]);
  expect(preview).toMatchObject({ optedOut: 2, counts: { enrolled: 3, rejected: 1, optOutRows: 2, optOutsNotRecorded: 0 } });
  const done = await bench.importFile(file, { sequenceId });
  expect(done).toMatchObject({
    counts: { enrolled: 3, notEnrolled: { optedOut: 2 }, reasons: { acceptanceInvalid: 1 } },
    optOuts: { rows: 2, recorded: 2, notRecorded: 0 },
  });
  expect(await refusing()).toEqual([
    ['Bia', 'sandbox,smtp'],
    ['Eva', 'sandbox,smtp'],
  ]);
  expect(await enrolled()).toEqual(['Ana', 'Caio', 'Fabi']);
  const { items } = await bench.api.imports.rows({ id: done.id, outcome: 'rejected' });
  expect(items).toMatchObject([{ line: 5, column: { index: 2, name: 'Aceita receber mensagens?', value: 'talvez' }, optOut: null }]);
});

test('a yes lifts no opt-out, and records no consent', async () => {
  const ana = await bench.api.contacts.create({ name: 'Ana', phone: '11987654321' });
  await bench.api.contacts.optOut({ id: ana.id, channelKind: 'smtp' });
  const done = await bench.importFile('nome;telefone;Opt-in\nAna;11987654321;sim\nBia;11987654322;sim\n');
  expect(done).toMatchObject({ counts: { created: 1, unchanged: 1 }, optOuts: { rows: 0 } });
  expect(await refusing()).toEqual([['Ana', 'smtp']]);
  expect((await bench.api.contacts.get({ id: ana.id })).consents).toEqual([]);
});

test('a no in any of several columns holds, also in a row that is refused for something else or left aside', async () => {
  for (const [name, n] of [
    ['Ana', 1],
    ['Bia', 2],
    ['Caio', 3],
  ] as const) {
    const contact = await bench.api.contacts.create({ name, phone: `1198765432${n}`, email: `${name}@x.com` });
    await bench.api.enrolments.enrol({ sequenceId, contactIds: [contact.id] });
  }
  const rows = [
    'Ana;123;Ana@x.com;sim;não',
    'Bia;11987654322;Bia@x.com;não;talvez',
    'Caio;11987654323;Caio@x.com;sim;sim',
    'Dani;12;d@x.com;0;1',
  ];
  const file = `nome;telefone;e-mail;Aceita e-mail;Aceita WhatsApp\n${rows.join('\n')}\n`;
  const done = await bench.importFile(file, { onExisting: 'skip' });
  expect(done).toMatchObject({
    counts: { rejected: 3, skipped: 1, reasons: { phoneInvalid: 2, acceptanceInvalid: 1, existsAlready: 1 } },
    optOuts: { rows: 3, recorded: 2, notRecorded: 1 },
  });
  expect((await refusing()).map(([name]) => name)).toEqual(['Ana', 'Bia']);
  expect(await enrolled()).toEqual(['Caio']);
});
