import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { advanceSequence } from '../engine/advance-sequence.ts';
import { createEngine } from '../engine/engine.ts';
import { makeContacts } from '../engine/testing.ts';
import { controlEnrolments } from '../enrolments/control-enrolments.ts';
import { recordEvent } from '../events/record-event.ts';
import { mergeContacts } from './merge-contacts.ts';
import { optOut } from './opt-out.ts';
import { type MergeBench, makeMergeBench } from './testing/merge-bench.ts';

const database = useTestDatabase();
let bench: MergeBench;
let space: MergeBench['space'];
let keepId = '';
let otherId = '';
beforeEach(async () => {
  bench = await makeMergeBench(database.db);
  ({ space, keepId, otherId } = bench);
});

test('everything that hung on the merged contact hangs on the kept one, and the merged one is gone', async () => {
  const sequenceId = await bench.enrol([otherId]);
  await bench.write(otherId, 'Oi');
  await recordEvent(database.db, space.actor, { contactId: otherId, name: 'visit', properties: {} });
  await sql`insert into tags (workspace_id, name) values (${space.workspaceId}, 'vip')`.execute(database.db);
  await sql`insert into contact_tags select ${space.workspaceId}, ${otherId}, id from tags where workspace_id = ${space.workspaceId}`.execute(
    database.db,
  );
  const answer = await bench.merge();
  expect(answer).toEqual({ id: keepId, merged: 1, enrolments: 1, ended: 0, conversations: 1, messages: 1 });
  expect(await bench.contact(otherId)).toBeUndefined();
  for (const table of ['enrolments', 'messages', 'conversations', 'contact_events', 'contact_tags']) {
    expect([table, await bench.rowsOf(table, otherId), await bench.rowsOf(table, keepId)]).toEqual([table, 0, 1]);
  }
  expect(await bench.enrolments()).toMatchObject([{ sequenceId, contactId: keepId, exitReason: 'replied' }]);
  const entry = await database.db.selectFrom('auditLog').selectAll().where('subjectId', '=', keepId).executeTakeFirstOrThrow();
  expect(entry).toMatchObject({ action: 'contact.merged', subjectId: keepId, details: { mergedIds: [otherId], enrolments: 1 } });
});

test('the values of the kept contact stay, empty ones are filled, and chosen ones win', async () => {
  await sql`update contacts set email = null, fields = '{"city": "Santos"}' where id = ${keepId}`.execute(database.db);
  await sql`update contacts set fields = '{"city": "Recife", "plan": "ouro"}' where id = ${otherId}`.execute(database.db);
  const [kept, other] = [await bench.contact(keepId), await bench.contact(otherId)];
  await bench.merge([otherId], { phone: otherId });
  expect(await bench.contact(keepId)).toMatchObject({
    name: kept?.name,
    phone: other?.phone,
    email: other?.email,
    fields: { city: 'Santos', plan: 'ouro' },
  });
});

test('a choice that names nothing, or somebody else, is refused', async () => {
  const [stranger = ''] = await makeContacts(database.db, space.workspaceId, 1);
  await expect(bench.merge([otherId], { shoe: otherId })).rejects.toMatchObject({ code: 'invalid' });
  await expect(bench.merge([otherId], { name: stranger })).rejects.toMatchObject({ code: 'invalid' });
  await expect(bench.merge([keepId])).rejects.toMatchObject({ code: 'invalid' });
  await expect(bench.merge([crypto.randomUUID()])).rejects.toMatchObject({ code: 'notFound' });
  expect(await bench.contact(otherId)).toBeDefined();
});

test('merging again changes nothing, and merging into one that is gone says where it went', async () => {
  await bench.merge();
  expect(await bench.merge()).toMatchObject({ merged: 0 });
  const [third = ''] = await makeContacts(database.db, space.workspaceId, 1);
  const again = mergeContacts(database.db, space.actor, { keepId: otherId, mergeIds: [third] });
  await expect(again).rejects.toMatchObject({ code: 'conflict', details: { mergedInto: keepId } });
  const elsewhere = mergeContacts(database.db, space.actor, { keepId: third, mergeIds: [otherId] });
  await expect(elsewhere).rejects.toMatchObject({ code: 'notFound' });
});

describe('enrolments of both', () => {
  test('in one sequence: the merged one ends with its reason in the ledger, the kept one goes on', async () => {
    await bench.enrol([keepId, otherId]);
    expect(await bench.merge()).toMatchObject({ enrolments: 1, ended: 1 });
    expect((await bench.enrolments()).toSorted((a, b) => a.status.localeCompare(b.status))).toMatchObject([
      { contactId: keepId, status: 'active', exitReason: null },
      { contactId: keepId, status: 'ended', exitReason: 'merged' },
    ]);
    const { rows } =
      await sql`select kind, reasons from enrolment_events where kind = 'exited' and workspace_id = ${space.workspaceId}`.execute(
        database.db,
      );
    expect(rows).toEqual([{ kind: 'exited', reasons: ['merged'] }]);
  });

  test('in one sequence under two keys: both go on', async () => {
    const sequenceId = await bench.enrol([keepId, otherId]);
    await sql`update enrolments set key = 'turma 2' where contact_id = ${otherId}`.execute(database.db);
    expect(await bench.merge()).toMatchObject({ enrolments: 1, ended: 0 });
    const goesOn = { sequenceId, contactId: keepId, status: 'active' };
    expect(await bench.enrolments()).toMatchObject([goesOn, goesOn]);
  });

  test('in one sequence, neither of them the kept one: the one that began first goes on', async () => {
    const [third = ''] = await makeContacts(database.db, space.workspaceId, 1);
    await bench.enrol([otherId, third]);
    await sql`update enrolments set started_at = started_at - interval '1 day' where contact_id = ${third}`.execute(database.db);
    const { id } = await database.db.selectFrom('enrolments').select('id').where('contactId', '=', third).executeTakeFirstOrThrow();
    expect(await bench.merge([otherId, third])).toMatchObject({ enrolments: 2, ended: 1 });
    const goesOn = database.db.selectFrom('enrolments').select('id').where('contactId', '=', keepId).where('status', '=', 'active');
    expect(await goesOn.execute()).toEqual([{ id }]);
  });

  test('in two sequences of one exclusivity group: only the kept one goes on', async () => {
    const first = await bench.enrol([keepId], { exclusivityGroup: 'vendas' });
    await bench.enrol([otherId], { exclusivityGroup: 'vendas' });
    await bench.merge();
    const open = (await bench.enrolments()).filter((row) => row.status !== 'ended');
    expect(open).toEqual([{ sequenceId: first, contactId: keepId, status: 'active', exitReason: null }]);
  });

  test('in two sequences: both go on, and the next step of the merged one goes to the kept address', async () => {
    await bench.enrol([keepId]);
    const second = await bench.enrol([otherId]);
    await bench.merge();
    expect((await bench.enrolments()).map((row) => [row.contactId, row.status])).toEqual([
      [keepId, 'active'],
      [keepId, 'active'],
    ]);
    await sql`update enrolments set due_at = andante_now() where sequence_id = ${second}`.execute(database.db);
    const engine = createEngine(database.db);
    await advanceSequence(engine, space.workspaceId, second);
    await engine.dispatcher.idle();
    const sent = await database.db
      .selectFrom('messages')
      .select(['contactId', 'address', 'state'])
      .where('sequenceId', '=', second)
      .execute();
    expect(sent).toEqual([{ contactId: keepId, address: (await bench.contact(keepId))?.phone, state: 'accepted' }]);
  });
});

test('who came along with a merged contact goes by the zone of the one that stays', async () => {
  const zoneOf = () =>
    database.db
      .selectFrom('enrolments')
      .select(['timeZone', 'timeZoneOrigin'])
      .where('workspaceId', '=', space.workspaceId)
      .executeTakeFirst();
  await sql`update contacts set time_zone = 'Europe/Lisbon', time_zone_origin = 'set' where id = ${keepId}`.execute(database.db);
  await bench.enrol([otherId]);
  expect(await zoneOf()).toMatchObject({ timeZone: 'America/Sao_Paulo' });
  await bench.merge();
  expect(await zoneOf()).toEqual({ timeZone: 'Europe/Lisbon', timeZoneOrigin: 'set' });
});

test('who still knows the merged contact reaches the kept one: replies, events, refusals', async () => {
  await bench.merge();
  await bench.write(otherId, 'Oi');
  await recordEvent(database.db, space.actor, { contactId: otherId, name: 'visit', properties: {} });
  await optOut(database.db, space.actor, { contactId: otherId, channelKind: 'sandbox' });
  for (const table of ['messages', 'conversations', 'contact_events', 'opt_outs'])
    expect([table, await bench.rowsOf(table, keepId)]).toEqual([table, 1]);
  // And over two merges.
  const [last = ''] = await makeContacts(database.db, space.workspaceId, 1);
  await mergeContacts(database.db, space.actor, { keepId: last, mergeIds: [keepId] });
  await bench.write(otherId, 'Ainda sou eu');
  expect(await bench.rowsOf('messages', last)).toBe(2);
});

test('triggers know of the kept contact what they knew of the merged one', async () => {
  const sequenceId = await bench.enrol([keepId]);
  const { id: triggerId } = await database.db
    .insertInto('triggers')
    .values({ workspaceId: space.workspaceId, sequenceId, kind: 'inactivity', silence: 'noReply', days: 3, createdByKind: 'system' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const known = { workspaceId: space.workspaceId, triggerId };
  await database.db
    .insertInto('triggerOccasions')
    .values({ ...known, contactId: otherId })
    .execute();
  await database.db
    .insertInto('triggerContacts')
    .values([
      { ...known, contactId: keepId, depth: 1, silentSince: new Date('2026-01-01T12:00:00Z') },
      { ...known, contactId: otherId, depth: 2, silentSince: new Date('2026-02-01T12:00:00Z') },
    ])
    .execute();
  await bench.merge();
  expect(await bench.rowsOf('trigger_occasions', keepId)).toBe(1);
  const left = await database.db
    .selectFrom('triggerContacts')
    .select(['contactId', 'depth', 'silentSince'])
    .where('triggerId', '=', triggerId)
    .execute();
  expect(left).toEqual([{ contactId: keepId, depth: 2, silentSince: new Date('2026-02-01T12:00:00Z') }]);
});

test('what an import changed of the merged contact is not taken back from the kept one', async () => {
  const { id: uploadId } = await database.db
    .insertInto('uploads')
    .values({ workspaceId: space.workspaceId, fileName: 'a.csv' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: importId } = await database.db
    .insertInto('imports')
    .values({ workspaceId: space.workspaceId, uploadId, format: '{}', mapping: '[]', createdByKind: 'system' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.db
    .insertInto('importRows')
    .values({ workspaceId: space.workspaceId, importId, line: 2, outcome: 'updated', contactId: otherId, changes: '{"name":["A","B"]}' })
    .execute();
  await bench.merge();
  const rows = await database.db.selectFrom('importRows').select(['contactId', 'changes']).where('importId', '=', importId).execute();
  expect(rows).toEqual([{ contactId: keepId, changes: null }]);
});

test('a pause that waits for the merge still reaches the enrolment', async () => {
  await bench.enrol([otherId]);
  const [enrolment] = await database.db.selectFrom('enrolments').select('id').where('contactId', '=', otherId).execute();
  const ids = [enrolment?.id ?? ''];
  let pausing: Promise<unknown> = Promise.resolve();
  await database.db.transaction().execute(async (tx) => {
    await sql`update enrolments set contact_id = ${keepId} where id = ${ids[0]}`.execute(tx);
    pausing = controlEnrolments(database.db, space.actor, { ids }, { control: 'pause' });
    await new Promise((go) => setTimeout(go, 100));
  });
  expect(await pausing).toMatchObject({ accepted: [{ enrolmentId: ids[0] }], refused: [] });
});
