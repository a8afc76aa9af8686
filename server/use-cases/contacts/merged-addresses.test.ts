/** Addresses that a merge left without a contact lead on to the one that was kept: files, programs and members find it by them. */
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';

const database = useTestDatabase();
const file =
  'nome,telefone,email,id externo,cidade\nAna Souza,11987654321,ana@x.com,A-1,Santos\nAna S.,11987654322,ana.souza@x.com,A-2,\nBia,11987654323,,,Olinda\n';
const old = { phone: '+5511987654322', email: 'ana.souza@x.com', externalId: 'A-2' };
let bench: ImportBench;
let keepId = '';
let otherId = '';
beforeEach(async () => {
  bench = await makeImportBench(database.db);
});

const people = async () => (await bench.contacts()).map(({ phone, email, externalId }) => ({ phone, email, externalId }));
const leading = () =>
  database.db
    .selectFrom('mergedAddresses')
    .select(['kind', 'address', 'contactId'])
    .where('workspaceId', '=', bench.at.workspaceId)
    .orderBy('kind')
    .execute();

/** Imports the file and makes one contact of its first two. */
async function importAndMerge(options: Parameters<ImportBench['importFile']>[1] = {}): Promise<string> {
  const done = await bench.importFile(file, options);
  [keepId = '', otherId = ''] = (await bench.contacts()).map(({ id }) => id);
  await bench.api.contacts.merge({ keepId, mergeIds: [otherId] });
  return done.id;
}

describe('the same file again after a merge', () => {
  test.each(['either', 'phone', 'email', 'externalId'] as const)('creates nobody, told by %s, and changes no address', async (identity) => {
    await importAndMerge();
    const before = await people();
    const again = await bench.importFile(file, { identity });
    expect(again.counts).toMatchObject({ rows: 3, created: 0, merged: 1 });
    expect(again.counts.rejected).toBe(identity === 'email' || identity === 'externalId' ? 1 : 0);
    expect(await people()).toEqual(before);
  });

  test('enrols nobody twice', async () => {
    const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
      steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
    });
    await importAndMerge({ sequenceId });
    const again = await bench.importFile(file, { sequenceId });
    expect(again.counts).toMatchObject({ created: 0, enrolled: 0 });
  });

  test('is foretold by the dry run', async () => {
    await importAndMerge();
    const { dryRun } = await bench.api.imports.dryRun({ uploadId: await bench.upload(file) });
    expect(dryRun).toMatchObject({ status: 'done', toCreate: 0, refuse: 0 });
  });

  test('told by what the kept contact has none of, finds it all the same', async () => {
    await importAndMerge();
    await sql`update contacts set email = null where id = ${keepId}`.execute(database.db);
    const again = await bench.importFile('nome,email,cidade\nAna S.,ANA.Souza@x.com,Recife\n', { identity: 'email' });
    expect(again.counts).toMatchObject({ created: 0, updated: 1 });
    expect((await bench.contacts())[0]).toMatchObject({ id: keepId, email: null, fields: { cidade: 'Recife' } });
  });

  test('and undone, takes nothing of the merge back', async () => {
    const first = await importAndMerge();
    const before = await people();
    const again = await bench.importFile(file);
    for (const id of [again.id, first]) {
      await bench.api.imports.undo({ id });
      await bench.run(id);
      expect((await people()).slice(0, 1)).toEqual(before.slice(0, 1));
    }
    // Bia, whom nobody has touched, is gone; the kept contact stays.
    expect(await bench.contacts()).toHaveLength(1);
    expect(await leading()).toHaveLength(3);
  });
});

describe('making a contact by an old address', () => {
  test.each(['phone', 'email', 'externalId'] as const)('is refused with the contact that was kept: %s', async (field) => {
    await importAndMerge();
    const given = { name: 'Outra', [field]: field === 'email' ? old.email.toUpperCase() : old[field] };
    await expect(bench.api.contacts.create(given)).rejects.toMatchObject({
      cause: { code: 'alreadyExists', details: { field, contactId: keepId } },
    });
    const many = await bench.api.contacts.createMany({ contacts: [given, { name: 'Caio', phone: '11987654399' }] });
    expect(many).toMatchObject({
      accepted: [{ row: 1 }],
      refused: [{ row: 0, reason: 'alreadyExists', field, contactId: keepId }],
    });
    expect(await bench.contacts()).toHaveLength(3);
  });

  test('leads on over two merges, and from the address that the kept contact itself has lost', async () => {
    await importAndMerge();
    const last = await bench.api.contacts.create({ name: 'Ana', phone: '11987654390' });
    await bench.api.contacts.merge({ keepId: last.id, mergeIds: [keepId], fields: { phone: keepId } });
    expect((await leading()).map(({ contactId }) => contactId)).toEqual(Array.from({ length: 4 }, () => last.id));
    for (const phone of ['11987654322', '11987654390']) {
      await expect(bench.api.contacts.create({ name: 'Outra', phone })).rejects.toMatchObject({
        cause: { details: { contactId: last.id } },
      });
    }
  });

  test('while the merge is under way waits for it, and makes no second contact; nor does an import', async () => {
    await bench.importFile(file);
    [keepId = '', otherId = ''] = (await bench.contacts()).map(({ id }) => id);
    const { id } = await bench.api.imports.create({ uploadId: await bench.upload(`nome,telefone\nOutra,${old.phone}\n`) });
    await bench.api.imports.start({ id });
    // The merge stops at its last lines: what it wrote is there, and not committed.
    const { merge, work } = await database.db.transaction().execute(async (tx) => {
      await sql`lock table audit_log in share mode`.execute(tx);
      const merging = bench.api.contacts.merge({ keepId, mergeIds: [otherId] });
      await expect.poll(() => database.waitingForLocks()).toBe(1);
      const making = Promise.allSettled([bench.api.contacts.create({ name: 'Outra', phone: old.phone }), bench.run(id)]);
      await expect.poll(() => database.waitingForLocks()).toBe(3);
      return { merge: merging, work: making };
    });
    await merge;
    const [made, imported] = await work;
    expect(made).toMatchObject({ status: 'rejected', reason: { cause: { code: 'alreadyExists', details: { contactId: keepId } } } });
    expect(imported).toMatchObject({ status: 'fulfilled' });
    expect((await bench.api.imports.get({ id })).counts).toMatchObject({ created: 0, updated: 1 });
    expect(await bench.contacts()).toHaveLength(2);
  });
});

test('an address that somebody was given by hand is theirs, and leads nowhere else any more', async () => {
  await importAndMerge();
  const bia = (await bench.contacts())[1];
  await bench.api.contacts.update({ id: bia?.id ?? '', phone: old.phone });
  const again = await bench.importFile(`nome,telefone,cidade\nBia,${old.phone},Natal\n`, { identity: 'phone' });
  expect(again.counts).toMatchObject({ created: 0, updated: 1 });
  expect((await bench.contacts()).find(({ phone }) => phone === old.phone)).toMatchObject({ id: bia?.id, fields: { cidade: 'Natal' } });
  expect((await leading()).map(({ kind }) => kind)).toEqual(['email', 'externalId']);
});

test('whoever has the address now comes first, even where a row still leads on', async () => {
  const eva = await bench.api.contacts.create({ name: 'Eva', phone: '11987654391' });
  await importAndMerge();
  await sql`update contacts set phone = ${old.phone} where name = 'Bia' and workspace_id = ${bench.at.workspaceId}`.execute(database.db);
  const again = await bench.importFile(`nome,telefone,cidade\nBia,${old.phone},Natal\n`);
  expect(again.counts).toMatchObject({ created: 0, updated: 1 });
  const bia = (await bench.contacts()).find(({ name }) => name === 'Bia');
  expect(bia).toMatchObject({ phone: old.phone, fields: { cidade: 'Natal' } });
  // Also who was there before the one that was kept.
  await sql`update contacts set email = ${old.email} where id = ${eva.id}`.execute(database.db);
  const evas = await bench.importFile(`email,cidade\n${old.email},Recife\n`);
  expect(evas.counts).toMatchObject({ created: 0, updated: 1 });
  expect((await bench.contacts()).find(({ id }) => id === eva.id)).toMatchObject({ email: old.email, fields: { cidade: 'Recife' } });
  const many = await bench.api.contacts.createMany({ contacts: [{ name: 'Outra', phone: old.phone }] });
  expect(many.refused).toMatchObject([{ contactId: bia?.id }]);
});

test('an export of the person names the old addresses, and erasing them puts them on the suppression list', async () => {
  await importAndMerge();
  const known = await bench.api.contacts.exportPerson({ id: otherId });
  expect(known.mergedAddresses).toMatchObject([{ address: old.email }, { address: old.externalId }, { address: old.phone }]);
  expect(known.mergedContacts).toMatchObject([{ contactId: otherId, keptId: keepId }]);
  expect(await bench.api.contacts.erase({ id: keepId, suppress: true })).toMatchObject({ suppressed: 4 });
  expect(await leading()).toEqual([]);
  const back = await bench.api.contacts.create({ name: 'Ana', phone: old.phone });
  expect(await bench.api.contacts.get({ id: back.id })).toMatchObject({ suppressed: { phone: true } });
});
