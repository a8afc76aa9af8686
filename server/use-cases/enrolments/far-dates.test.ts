/** Dates that mean "for ever", as other systems write them, and instants beyond all calendars: nobody else is kept waiting by them. */
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';

const database = useTestDatabase();
let bench: ImportBench;
beforeEach(async () => {
  await database.setClock('2026-03-02T12:00:30Z');
  bench = await makeImportBench(database.db);
});

test('somebody whose date is 9999-12-31 waits for ever, and the others of the file have their day', async () => {
  await bench.api.contacts.createField({ label: 'Fim', key: 'fim', kind: 'date' });
  const timing = { kind: 'relativeToField', field: 'fim', amount: 30, unit: 'days', at: '09:00' } as const;
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    zone: { iana: 'UTC' },
    steps: [messageStep('a', bench.at.accountId, timing)],
  });
  const mapping = [{ to: 'phone' as const }, { to: 'field' as const, key: 'fim' }];
  const file = 'Telefone;Fim\n11987654321;31/12/9999\n11987654322;10/04/2026\n';
  const done = await bench.importFile(file, { sequenceId }, { mapping });
  expect(done).toMatchObject({ status: 'done', counts: { created: 2, enrolled: 2 } });
  const rows = await database.db.selectFrom('enrolments').select(['dueAt']).where('sequenceId', '=', sequenceId).orderBy('dueAt').execute();
  expect(rows.map(({ dueAt }) => dueAt?.toISOString())).toEqual(['2026-05-10T09:00:00.000Z', '9998-01-01T09:00:00.000Z']);
});

test.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])('nothing starts at %s', async (startAt) => {
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'immediately' })],
  });
  const { id } = await bench.api.contacts.create({ phone: '11987654321' });
  await expect(bench.api.enrolments.enrol({ sequenceId, contactIds: [id], startAt })).rejects.toThrow(/before the year 3000/);
  const uploadId = await bench.upload('Telefone\n11987654322\n');
  await expect(bench.api.imports.create({ uploadId, options: { sequenceId, startAt } })).rejects.toThrow(/before the year 3000/);
});

test('a consent of a day that there never was is none, and the other rows are imported', async () => {
  const rows = ['0000-01-01T00:00:00Z', '2025-02-31T00:00:00Z', '2026-01-01T00:00:00Z'].map((at, n) => `1198765432${n};smtp given ${at} x`);
  const file = `Telefone;Consentimentos\n${rows.join('\n')}\n`;
  const done = await bench.importFile(file, {}, { mapping: [{ to: 'phone' }, { to: 'consents' }] });
  expect(done.accounted).toMatchObject({ created: 1, refused: 2, refusedBy: [{ reason: 'consentInvalid', count: 2 }] });
});
