import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { satisfactionFlow } from '#server/domain/chatbot/testing/flows.ts';
import { startBotSessions } from '../chatbots/start-bot-sessions.ts';
import { botScene } from '../chatbots/testing/bot-scene.ts';
import { advanceSequence } from '../engine/advance-sequence.ts';
import { createEngine } from '../engine/engine.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '../engine/testing.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { recordEvent } from '../events/record-event.ts';
import { receiveInbound } from '../inbound/receive-inbound.ts';
import { controlEnrolments } from '../enrolments/control-enrolments.ts';
import { mergeContacts } from './merge-contacts.ts';
import { optOut } from './opt-out.ts';

const database = useTestDatabase();
const inOneHour = { kind: 'after', amount: 1, unit: 'hours' } as const;
let space: TestWorkspace;
let keepId = '';
let otherId = '';
beforeEach(async () => {
  space = await makeWorkspace(database.db);
  [keepId = '', otherId = ''] = await makeContacts(database.db, space.workspaceId, 2);
});

const merge = (mergeIds = [otherId], fields: Record<string, string> = {}) =>
  mergeContacts(database.db, space.actor, { keepId, mergeIds, fields });
const rowsOf = async (table: string, contactId: string): Promise<number> =>
  (
    await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)} where contact_id = ${contactId}`.execute(
      database.db,
    )
  ).rows[0]?.count ?? -1;
const contact = (id: string) => database.db.selectFrom('contacts').selectAll().where('id', '=', id).executeTakeFirst();

async function enrol(contactIds: string[], definition: { exclusivityGroup?: string; sequenceId?: string } = {}): Promise<string> {
  const { sequenceId: known, ...rest } = definition;
  const steps = [messageStep('a', space.accountId, inOneHour), messageStep('b', space.accountId, inOneHour)];
  const sequenceId = known ?? (await makeSequence(database.db, space.workspaceId, { ...rest, steps }));
  await enrolContacts(database.db, space.actor, { sequenceId, target: { contactIds } });
  return sequenceId;
}
const enrolments = async () =>
  await database.db
    .selectFrom('enrolments')
    .select(['sequenceId', 'contactId', 'status', 'exitReason'])
    .where('workspaceId', '=', space.workspaceId)
    .orderBy('id')
    .execute();
const write = (contactId: string, text: string) =>
  receiveInbound(database.db, {
    workspaceId: space.workspaceId,
    channelAccountId: space.accountId,
    providerEventId: crypto.randomUUID(),
    contactId,
    text,
    occurredAt: new Date(),
  });

test('everything that hung on the merged contact hangs on the kept one, and the merged one is gone', async () => {
  const sequenceId = await enrol([otherId]);
  await write(otherId, 'Oi');
  await recordEvent(database.db, space.actor, { contactId: otherId, name: 'visit', properties: {} });
  await sql`insert into tags (workspace_id, name) values (${space.workspaceId}, 'vip')`.execute(database.db);
  await sql`insert into contact_tags select ${space.workspaceId}, ${otherId}, id from tags where workspace_id = ${space.workspaceId}`.execute(
    database.db,
  );
  const answer = await merge();
  expect(answer).toEqual({ id: keepId, merged: 1, enrolments: 1, ended: 0, conversations: 1, messages: 1 });
  expect(await contact(otherId)).toBeUndefined();
  for (const table of ['enrolments', 'messages', 'conversations', 'contact_events', 'contact_tags']) {
    expect([table, await rowsOf(table, otherId), await rowsOf(table, keepId)]).toEqual([table, 0, 1]);
  }
  expect(await enrolments()).toMatchObject([{ sequenceId, contactId: keepId, exitReason: 'replied' }]);
  const entry = await database.db.selectFrom('auditLog').selectAll().where('subjectId', '=', keepId).executeTakeFirstOrThrow();
  expect(entry).toMatchObject({ action: 'contact.merged', subjectId: keepId, details: { mergedIds: [otherId], enrolments: 1 } });
});

test('the values of the kept contact stay, empty ones are filled, and chosen ones win', async () => {
  await sql`update contacts set email = null, fields = '{"city": "Santos"}' where id = ${keepId}`.execute(database.db);
  await sql`update contacts set fields = '{"city": "Recife", "plan": "ouro"}' where id = ${otherId}`.execute(database.db);
  const [kept, other] = [await contact(keepId), await contact(otherId)];
  await merge([otherId], { phone: otherId });
  expect(await contact(keepId)).toMatchObject({
    name: kept?.name,
    phone: other?.phone,
    email: other?.email,
    fields: { city: 'Santos', plan: 'ouro' },
  });
});

test('a choice that names nothing, or somebody else, is refused', async () => {
  const [stranger = ''] = await makeContacts(database.db, space.workspaceId, 1);
  await expect(merge([otherId], { shoe: otherId })).rejects.toMatchObject({ code: 'invalid' });
  await expect(merge([otherId], { name: stranger })).rejects.toMatchObject({ code: 'invalid' });
  await expect(merge([keepId])).rejects.toMatchObject({ code: 'invalid' });
  await expect(merge([crypto.randomUUID()])).rejects.toMatchObject({ code: 'notFound' });
  expect(await contact(otherId)).toBeDefined();
});

test('merging again changes nothing, and merging into one that is gone says where it went', async () => {
  await merge();
  expect(await merge()).toMatchObject({ merged: 0 });
  const [third = ''] = await makeContacts(database.db, space.workspaceId, 1);
  const again = mergeContacts(database.db, space.actor, { keepId: otherId, mergeIds: [third] });
  await expect(again).rejects.toMatchObject({ code: 'conflict', details: { mergedInto: keepId } });
});

describe('enrolments of both', () => {
  test('in one sequence: the merged one ends with its reason in the ledger, the kept one goes on', async () => {
    await enrol([keepId, otherId]);
    expect(await merge()).toMatchObject({ enrolments: 1, ended: 1 });
    expect((await enrolments()).toSorted((a, b) => a.status.localeCompare(b.status))).toMatchObject([
      { contactId: keepId, status: 'active', exitReason: null },
      { contactId: keepId, status: 'ended', exitReason: 'merged' },
    ]);
    const { rows } =
      await sql`select kind, reasons from enrolment_events where kind = 'exited' and workspace_id = ${space.workspaceId}`.execute(
        database.db,
      );
    expect(rows).toEqual([{ kind: 'exited', reasons: ['merged'] }]);
  });

  test('in two sequences of one exclusivity group: only the kept one goes on', async () => {
    const first = await enrol([keepId], { exclusivityGroup: 'vendas' });
    await enrol([otherId], { exclusivityGroup: 'vendas' });
    await merge();
    const open = (await enrolments()).filter((row) => row.status !== 'ended');
    expect(open).toEqual([{ sequenceId: first, contactId: keepId, status: 'active', exitReason: null }]);
  });

  test('in two sequences: both go on, and the next step of the merged one goes to the kept address', async () => {
    await enrol([keepId]);
    const second = await enrol([otherId]);
    await merge();
    expect((await enrolments()).map((row) => [row.contactId, row.status])).toEqual([
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
    expect(sent).toEqual([{ contactId: keepId, address: (await contact(keepId))?.phone, state: 'accepted' }]);
  });
});

describe('a refusal', () => {
  test.each(['kept', 'merged'])('of the %s contact stays, and ends what the other one was in', async (which) => {
    const [refusing, willing] = which === 'kept' ? [keepId, otherId] : [otherId, keepId];
    await enrol([willing]);
    await optOut(database.db, space.actor, { contactId: refusing, channelKind: 'sandbox' });
    await sql`update opt_outs set source = 'reply', at = '2026-01-01' where contact_id = ${refusing}`.execute(database.db);
    await merge();
    expect(await enrolments()).toMatchObject([{ contactId: keepId, exitReason: 'optedOut' }]);
    const refusals = await database.db.selectFrom('optOuts').selectAll().where('workspaceId', '=', space.workspaceId).execute();
    expect(refusals).toMatchObject([{ contactId: keepId, channelKind: 'sandbox', source: 'reply', at: new Date('2026-01-01') }]);
  });
});

test.each(['kept', 'merged'])('an older refusal of one outranks a consent that the %s contact gave later', async (which) => {
  const [consenting, refusing] = which === 'kept' ? [keepId, otherId] : [otherId, keepId];
  await optOut(database.db, space.actor, { contactId: refusing, channelKind: 'sandbox' });
  await sql`update opt_outs set at = '2026-01-01' where contact_id = ${refusing}`.execute(database.db);
  const consent = { workspaceId: space.workspaceId, contactId: consenting, status: 'given', source: 'Ficha' };
  await database.db
    .insertInto('consents')
    .values([
      { ...consent, channelKind: 'sandbox', at: new Date('2026-02-01') },
      { ...consent, channelKind: 'smtp', at: new Date('2026-02-01') },
    ])
    .execute();
  await merge();
  const of = (table: 'consents' | 'optOuts') =>
    database.db.selectFrom(table).select(['contactId', 'channelKind']).where('workspaceId', '=', space.workspaceId).execute();
  expect(await of('optOuts')).toEqual([{ contactId: keepId, channelKind: 'sandbox' }]);
  expect(await of('consents')).toEqual([{ contactId: keepId, channelKind: 'smtp' }]);
});

describe('conversations', () => {
  test('on one account become one: open, with whoever of the team has either, and with the later word', async () => {
    await write(keepId, 'Oi');
    await write(otherId, 'Tudo bem?');
    const { id: userId } = await database.db
      .insertInto('users')
      .values({ email: `${crypto.randomUUID()}@example.com`, name: 'Eva', passwordHash: '-' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await sql`update conversations set status = 'resolved', last_inbound_at = '2026-01-01' where contact_id = ${keepId}`.execute(
      database.db,
    );
    await sql`update conversations set owner_user_id = ${userId}, taken_over_at = '2026-02-02' where contact_id = ${otherId}`.execute(
      database.db,
    );
    const before = await database.db.selectFrom('conversations').selectAll().where('contactId', '=', keepId).executeTakeFirstOrThrow();
    await merge();
    const talks = await database.db.selectFrom('conversations').selectAll().where('workspaceId', '=', space.workspaceId).execute();
    expect(talks).toMatchObject([
      { id: before.id, contactId: keepId, status: 'open', ownerUserId: userId, takenOverAt: new Date('2026-02-02') },
    ]);
    expect(talks[0]?.lastInboundAt?.getTime()).toBeGreaterThan(new Date('2026-01-02').getTime());
    expect(await rowsOf('messages', keepId)).toBe(2);
  });

  test('with a bot in each keep one bot, and the enrolment of the other goes on as unanswered', async () => {
    const scene = await botScene(database.db, `m-${crypto.randomUUID().slice(0, 8)}`, satisfactionFlow);
    const at = new Date();
    const [mine, theirs] = [await scene.enrol('Ana Souza', at), await scene.enrol('Ana S.', at)];
    await database.db.transaction().execute((tx) => startBotSessions(tx, [mine, theirs]));
    // Two sequences, so that both enrolments can stay.
    const other = await makeSequence(database.db, scene.workspaceId, { steps: [] });
    const plan = await database.db
      .selectFrom('sequenceVersions')
      .select('definition')
      .where('sequenceId', '=', (q) => q.selectFrom('enrolments').select('sequenceId').where('id', '=', mine.enrolmentId))
      .executeTakeFirstOrThrow();
    await database.db
      .updateTable('sequenceVersions')
      .set({ definition: JSON.stringify(plan.definition) })
      .where('sequenceId', '=', other)
      .execute();
    await sql`update enrolments set waiting_for = 'bot', due_at = null, sequence_id = case when id = ${theirs.enrolmentId} then ${other}::uuid else sequence_id end
      where workspace_id = ${scene.workspaceId}`.execute(database.db);
    const actor = { ...space.actor, workspaceId: scene.workspaceId as typeof space.workspaceId };
    await mergeContacts(database.db, actor, { keepId: mine.contactId, mergeIds: [theirs.contactId] });
    const sessions = await database.db
      .selectFrom('botSessions')
      .select(['enrolmentId', 'contactId', 'outcome'])
      .where('workspaceId', '=', scene.workspaceId)
      .orderBy('startedAt')
      .execute();
    expect(new Set(sessions.map((session) => session.contactId))).toEqual(new Set([mine.contactId]));
    expect(Object.fromEntries(sessions.map((session) => [session.enrolmentId, session.outcome]))).toEqual({
      [mine.enrolmentId]: null,
      [theirs.enrolmentId]: 'noAnswer',
    });
    const left = await database.db
      .selectFrom('enrolments')
      .select('waitingFor')
      .where('id', '=', theirs.enrolmentId)
      .executeTakeFirstOrThrow();
    expect(left.waitingFor).toBe('due');
    const { rows: said } = await sql<{ isMine: boolean; state: string; reason: string | null; count: number }>`
      select s.enrolment_id = ${mine.enrolmentId} as is_mine, m.state, m.reason, count(*)::int as count
      from messages m join bot_sessions s on s.workspace_id = m.workspace_id and s.id = m.bot_session_id
      where m.workspace_id = ${scene.workspaceId} group by 1, 2, 3 order by 1`.execute(database.db);
    expect(said).toEqual([
      { isMine: false, state: 'canceled', reason: 'merged', count: said[1]?.count },
      { isMine: true, state: 'queued', reason: null, count: said[1]?.count },
    ]);
  });
});

test('who still knows the merged contact reaches the kept one: replies, events, refusals', async () => {
  await merge();
  await write(otherId, 'Oi');
  await recordEvent(database.db, space.actor, { contactId: otherId, name: 'visit', properties: {} });
  await optOut(database.db, space.actor, { contactId: otherId, channelKind: 'sandbox' });
  for (const table of ['messages', 'conversations', 'contact_events', 'opt_outs'])
    expect([table, await rowsOf(table, keepId)]).toEqual([table, 1]);
  // And over two merges.
  const [last = ''] = await makeContacts(database.db, space.workspaceId, 1);
  await mergeContacts(database.db, space.actor, { keepId: last, mergeIds: [keepId] });
  await write(otherId, 'Ainda sou eu');
  expect(await rowsOf('messages', last)).toBe(2);
});

test('triggers know of the kept contact what they knew of the merged one', async () => {
  const sequenceId = await enrol([keepId]);
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
  await merge();
  expect(await rowsOf('trigger_occasions', keepId)).toBe(1);
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
  await merge();
  const rows = await database.db.selectFrom('importRows').select(['contactId', 'changes']).where('importId', '=', importId).execute();
  expect(rows).toEqual([{ contactId: keepId, changes: null }]);
});

test('a pause that waits for the merge still reaches the enrolment', async () => {
  await enrol([otherId]);
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
