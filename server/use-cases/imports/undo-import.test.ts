import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { noUndo } from '#db/queries/imports.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';
import { previewUndo } from './preview-undo.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';

const database = useTestDatabase();
let bench: ImportBench;
beforeEach(async () => {
  bench = await makeImportBench(database.db);
});

/** Undoes it, and sees that it was foretold. */
async function undo(id: string) {
  const { isExact, ...foretold } = await bench.api.imports.undoPreview({ id });
  await bench.api.imports.undo({ id });
  await bench.run(id);
  const done = (await bench.api.imports.get({ id })).undo;
  expect({ ...foretold, isExact }).toEqual({ isExact: true, ...noUndo, ...done, status: undefined });
  return done;
}

const file =
  'nome,telefone,email,cidade,tags\nAna Souza,11987654321,ana@novo.com,Recife,vip\nBia,11987654322,,Olinda,\nCaio,11987654323,,,novo\nDani,11987654324,,,\nCaio,11987654323,caio@x.com,Natal,\n';
const counts = { created: 2, updated: 2, merged: 1 };

test('an import that nobody has touched leaves everything as it was', async () => {
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@x.com', tags: ['antiga'] });
  await bench.api.contacts.create({ name: 'Bia', phone: '11987654322' });
  const before = await bench.contacts();
  const done = await bench.importFile(file, { sequenceId, tags: ['Feira'] });
  expect(done.counts).toMatchObject({ ...counts, enrolled: 4 });
  expect(await undo(done.id)).toEqual({ status: 'done', deleted: 2, restored: 2, enrolmentsEnded: 4, kept: {} });
  expect(await bench.contacts()).toEqual(before);
  expect((await bench.api.contacts.tags({ withCounts: true })).items.filter((tag) => (tag.contactCount ?? 0) > 0)).toMatchObject([
    { name: 'antiga' },
  ]);
  const left = await database.db.selectFrom('enrolments').select('exitReason').where('workspaceId', '=', bench.at.workspaceId).execute();
  expect(left).toEqual([{ exitReason: 'removed' }, { exitReason: 'removed' }]);
  await expect(bench.api.imports.undo({ id: done.id })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('what has changed since stays, and is listed with the reason', async () => {
  const ana = await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@x.com' });
  await bench.api.contacts.create({ name: 'Bia', phone: '11987654322' });
  const done = await bench.importFile(file);
  const [, , caio, dani] = await bench.contacts();
  await bench.api.contacts.update({ id: ana.id, name: 'Ana S. Lima' });
  await bench.api.contacts.update({ id: caio?.id ?? '', name: 'Caio Prado' });
  await bench.api.contacts.tag({ contactIds: [dani?.id ?? ''], tags: ['cliente'] });
  // Somebody else has the address that Ana had.
  await bench.api.contacts.create({ name: 'Eva', email: 'ana@x.com' });
  expect(await undo(done.id)).toMatchObject({ deleted: 0, restored: 1, kept: { partlyRestored: 1, changedSince: 1, taggedSince: 1 } });
  expect((await bench.contacts()).filter(({ phone }) => phone !== null)).toMatchObject([
    { name: 'Ana S. Lima', email: 'ana@novo.com', fields: {} },
    { name: 'Bia', fields: {} },
    { name: 'Caio Prado', email: 'caio@x.com', fields: { cidade: 'Natal' } },
    { name: 'Dani' },
  ]);
  const kept = await bench.api.imports.rows({ id: done.id, kept: true });
  expect(kept.items).toMatchObject([
    { line: 2, undo: 'partlyRestored', contact: { id: ana.id, name: 'Ana S. Lima' } },
    { line: 4, undo: 'changedSince', contact: { name: 'Caio Prado' } },
    { line: 5, undo: 'taggedSince', contact: { name: 'Dani' } },
  ]);
});

test('an address goes back to whom the import took it from', async () => {
  await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@x.com' });
  const swap = 'nome,telefone,email\nAna,11987654322,ana@x.com\nBia,11987654321,bia@x.com\n';
  const done = await bench.importFile(swap);
  expect(done.counts).toMatchObject({ created: 1, updated: 1 });
  expect(await undo(done.id)).toMatchObject({ deleted: 1, restored: 1, kept: {} });
  expect(await bench.contacts()).toMatchObject([{ name: 'Ana', phone: '+5511987654321' }]);
});

test('an e-mail that somebody else has by now does not go back, whatever its case', async () => {
  await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'Ana.S@x.com' });
  const done = await bench.importFile('telefone,email\n11987654321,ana@novo.com\n');
  await bench.api.contacts.create({ name: 'Eva', email: 'ana.s@x.com' });
  expect(await undo(done.id)).toMatchObject({ restored: 0, kept: { addressTaken: 1 } });
});

test('a message that waits to be tried again keeps nobody: it is canceled, as was foretold', async () => {
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  const done = await bench.importFile('nome,telefone\nAna,11987654321\n', { sequenceId });
  await sql`
    insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, next_attempt_at, body, enrolment_id,
      sequence_id, version, step_key, step_number)
    select workspace_id, 'out', 'step', contact_id, ${bench.at.accountId}, 'queued', andante_now(), 'Oi', id, sequence_id, 1, 'a', 1
    from enrolments`.execute(database.db);
  expect(await undo(done.id)).toEqual({ status: 'done', deleted: 1, restored: 0, enrolmentsEnded: 1, kept: {} });
});

test('a message that waits and is no step of the sequence keeps the contact', async () => {
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  const done = await bench.importFile('nome,telefone\nAna,11987654321\n', { sequenceId });
  await sql`
    insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, next_attempt_at, body, enrolment_id)
    select workspace_id, 'out', 'member', contact_id, ${bench.at.accountId}, 'queued', andante_now(), 'Oi', id from enrolments`.execute(
    database.db,
  );
  expect(await undo(done.id)).toMatchObject({ deleted: 0, enrolmentsEnded: 1, kept: { messaged: 1 } });
});

test('a contact with whom somebody talks stays', async () => {
  const done = await bench.importFile('nome,telefone\nAna,11987654321\n');
  const [ana] = await bench.contacts();
  await sql`insert into conversations (workspace_id, contact_id, channel_account_id)
    values (${bench.at.workspaceId}, ${ana?.id}, ${bench.at.accountId})`.execute(database.db);
  expect(await undo(done.id)).toMatchObject({ deleted: 0, kept: { inConversation: 1 } });
});

test('a message that was never sent keeps nobody', async () => {
  const done = await bench.importFile('nome,telefone\nAna,11987654321\nBia,11987654322\n');
  const [ana, bia] = await bench.contacts();
  await sql`
    insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, body)
    select ${bench.at.workspaceId}, 'out', 'member', v.id, ${bench.at.accountId}, v.state, 'Oi'
    from (values (${ana?.id}::uuid, 'skipped'), (${bia?.id}::uuid, 'canceled')) v (id, state)`.execute(database.db);
  expect(await undo(done.id)).toMatchObject({ deleted: 2, kept: {} });
});

test('an import that was undone can be done again', async () => {
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  for (let n = 0; n < 2; n += 1) {
    const done = await bench.importFile(file, { sequenceId });
    expect(done.counts).toMatchObject({ created: 4, enrolled: 4 });
    await undo(done.id);
    expect(await bench.contacts()).toEqual([]);
  }
});

test('an import that runs must be canceled first', async () => {
  const { id } = await bench.api.imports.create({ uploadId: await bench.upload(file) });
  await expect(bench.api.imports.undo({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
  await bench.api.imports.start({ id });
  await expect(bench.api.imports.undo({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('what an undo takes back lets nobody into a sequence', async () => {
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', fields: {} });
  const done = await bench.importFile(file);
  await bench.api.triggers.create({ sequenceId, on: { kind: 'fieldChanged', field: 'name' } });
  await undo(done.id);
  const { rows } = await sql`select from trigger_occasions where workspace_id = ${bench.at.workspaceId}`.execute(database.db);
  expect(rows).toEqual([]);
});

describe('a zone that came from a phone', () => {
  const zones = () =>
    database.db
      .selectFrom('contacts')
      .select(['name', 'timeZone', 'timeZoneOrigin'])
      .where('workspaceId', '=', bench.at.workspaceId)
      .execute();
  const moved = 'telefone,email\n+351912345678,ana@x.com\n';
  const lisbon = { name: 'Ana', timeZone: 'Europe/Lisbon', timeZoneOrigin: 'phone' };

  test('stays with a phone that was changed again since', async () => {
    const ana = await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@x.com' });
    const done = await bench.importFile(moved);
    await bench.api.contacts.update({ id: ana.id, phone: '+351912345679' });
    expect(await undo(done.id)).toMatchObject({ restored: 0, kept: { changedSince: 1 } });
    expect(await zones()).toEqual([lisbon]);
  });

  test('stays with a phone that stays, as somebody else has the one of before', async () => {
    await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@x.com' });
    const done = await bench.importFile(moved);
    await bench.api.contacts.create({ name: 'Eva', phone: '11987654321' });
    expect(await undo(done.id)).toMatchObject({ restored: 0, kept: { addressTaken: 1 } });
    expect(await zones()).toContainEqual(lisbon);
  });

  test('goes back with its phone, and a zone that was set goes back as it was', async () => {
    await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@x.com' });
    await bench.api.contacts.create({ name: 'Bia', phone: '11987654322', timeZone: 'America/Recife' });
    const done = await bench.importFile('telefone,email,fuso\n+351912345678,ana@x.com,\n11987654322,,Europe/Lisbon\n');
    expect(done.counts).toMatchObject({ updated: 2 });
    expect(await undo(done.id)).toMatchObject({ restored: 2, kept: {} });
    expect(await zones()).toEqual([
      { name: 'Ana', timeZone: 'America/Sao_Paulo', timeZoneOrigin: 'phone' },
      { name: 'Bia', timeZone: 'America/Recife', timeZoneOrigin: 'set' },
    ]);
  });

  test('stays, and is listed, where somebody set another one since', async () => {
    const ana = await bench.api.contacts.create({ name: 'Ana', phone: '11987654321' });
    const done = await bench.importFile('telefone,fuso\n11987654321,Europe/Lisbon\n');
    await bench.api.contacts.update({ id: ana.id, timeZone: 'Asia/Tokyo' });
    expect(await undo(done.id)).toMatchObject({ restored: 0, kept: { changedSince: 1 } });
    expect(await zones()).toEqual([{ name: 'Ana', timeZone: 'Asia/Tokyo', timeZoneOrigin: 'set' }]);
  });

  test('comes from it again where the import had set one', async () => {
    await bench.api.contacts.create({ name: 'Ana', phone: '11987654321' });
    const before = await zones();
    const done = await bench.importFile('telefone,fuso\n11987654321,Europe/Lisbon\n');
    expect(await zones()).toMatchObject([{ timeZone: 'Europe/Lisbon', timeZoneOrigin: 'set' }]);
    expect(await undo(done.id)).toMatchObject({ restored: 1, kept: {} });
    expect(await zones()).toEqual(before);
  });
});

test('addresses that went from one contact to the next all go back', async () => {
  await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', externalId: 'C-1' });
  await bench.api.contacts.create({ name: 'Bia', phone: '11987654322', externalId: 'C-2' });
  await bench.api.contacts.create({ name: 'Caio', phone: '11987654320', externalId: 'c-1' });
  const before = await bench.contacts();
  const chain = 'id externo,telefone\nC-1,11987654323\nC-2,11987654321\nc-1,11987654322\n';
  const done = await bench.importFile(chain, { identity: 'externalId' });
  expect(done.counts).toMatchObject({ updated: 3 });
  expect(await undo(done.id)).toMatchObject({ restored: 3, kept: {} });
  expect(await bench.contacts()).toEqual(before);
});

test('a contact for whom consent was recorded stays, with it', async () => {
  const done = await bench.importFile('nome,telefone\nAna,11987654321\nBia,11987654322\n');
  const [ana] = await bench.contacts();
  await bench.api.contacts.setConsent({ id: ana?.id ?? '', channelKind: 'sandbox', status: 'given', source: 'Contrato 7' });
  expect(await undo(done.id)).toMatchObject({ deleted: 1, kept: { consentSet: 1 } });
  expect(await bench.contacts()).toMatchObject([{ name: 'Ana' }]);
});

test('an import of more rows than are undone at once comes back to what was first, and every row counts once', async () => {
  const sequenceId = await makeSequence(database.db, bench.at.workspaceId, {
    steps: [messageStep('a', bench.at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@x.com' });
  const before = await bench.contacts();
  const others = Array.from({ length: 2_300 }, (_, n) => `Pessoa,+55119${60_000_000 + n}`);
  const file = `nome,telefone\nAna Um,11987654321\n${others.join('\n')}\nAna Dois,11987654321\n`;
  const done = await bench.importFile(file, { sequenceId });
  expect(done.counts).toMatchObject({ created: 2_300, updated: 1, merged: 1, enrolled: 2_301 });
  expect(await undo(done.id)).toEqual({ status: 'done', deleted: 2_300, restored: 2, enrolmentsEnded: 2_301, kept: {} });
  expect(await bench.contacts()).toEqual(before);
});

test('what undoing a large import would come to is told in round numbers from stretches of it, and nothing is done', async () => {
  const rows = Array.from({ length: 437 }, (_, n) => `Pessoa ${n},119${60_000_000 + n}`);
  const done = await bench.importFile(`nome,telefone\n${rows.join('\n')}\n`);
  const contacts = await bench.contacts();
  for (const { id } of contacts.slice(0, 109)) await bench.api.contacts.update({ id, name: 'Outra' });
  const sample = { wholeRows: 100, stretches: 8, rowsPerStretch: 20 };
  expect(await previewUndo(database.db, bench.at.actor, done.id, sample)).toEqual({
    isExact: false,
    deleted: 330,
    restored: 0,
    enrolmentsEnded: 0,
    kept: { changedSince: 100 },
  });
  expect(await bench.contacts()).toHaveLength(437);
  expect((await bench.api.imports.get({ id: done.id })).undo).toBeNull();
});

test('where most rows of a large import did nothing, each that did is looked at once', async () => {
  const people = (from: number) => Array.from({ length: 40 }, (_, n) => `Pessoa,119${from + n}`);
  const bad = Array.from({ length: 360 }, () => 'Ruim,123');
  const done = await bench.importFile(`nome,telefone\n${[...people(60_000_000), ...bad, ...people(70_000_000)].join('\n')}\n`);
  for (const { id } of (await bench.contacts()).slice(0, 40)) await bench.api.contacts.update({ id, name: 'Outra' });
  const sample = { wholeRows: 100, stretches: 8, rowsPerStretch: 20 };
  expect(await previewUndo(database.db, bench.at.actor, done.id, sample)).toMatchObject({ deleted: 40, kept: { changedSince: 40 } });
});

test('an import that cannot be undone is not looked at beforehand either', async () => {
  const { id } = await bench.api.imports.create({ uploadId: await bench.upload(file) });
  await expect(bench.api.imports.undoPreview({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
});
