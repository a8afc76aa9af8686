import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { satisfactionFlow } from '#server/domain/chatbot/testing/flows.ts';
import { startBotSessions } from '../chatbots/start-bot-sessions.ts';
import { botScene } from '../chatbots/testing/bot-scene.ts';
import { makeSequence } from '../engine/testing.ts';
import { mergeContacts } from './merge-contacts.ts';
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

describe('conversations', () => {
  test('on one account become one: open, with whoever of the team has either, and with the later word', async () => {
    await bench.write(keepId, 'Oi');
    await bench.write(otherId, 'Tudo bem?');
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
    await bench.merge();
    const talks = await database.db.selectFrom('conversations').selectAll().where('workspaceId', '=', space.workspaceId).execute();
    expect(talks).toMatchObject([
      { id: before.id, contactId: keepId, status: 'open', ownerUserId: userId, takenOverAt: new Date('2026-02-02') },
    ]);
    expect(talks[0]?.lastInboundAt?.getTime()).toBeGreaterThan(new Date('2026-01-02').getTime());
    expect(await bench.rowsOf('messages', keepId)).toBe(2);
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
