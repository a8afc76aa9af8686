import { sql } from 'kysely';
import { beforeEach, expect, it } from 'vitest';
import { createDb, createPool } from '#db/client.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { satisfactionFlow } from '#server/domain/chatbot/testing/flows.ts';
import { answerBot } from './answer-bot.ts';
import { expireBotSessions } from './expire-bot-sessions.ts';
import { type BotStart, startBotSessions } from './start-bot-sessions.ts';
import { type BotScene, botScene } from './testing/bot-scene.ts';

const database = useTestDatabase();
const at = new Date('2026-11-23T12:00:00Z');
const minutes = (count: number) => new Date(at.getTime() + count * 60_000);
let scenes = 0;
let scene: BotScene;

beforeEach(async () => {
  await database.setClock(at);
  scene = await botScene(database.db, `acme-${++scenes}`, satisfactionFlow);
});

async function started(name = 'Ana Souza'): Promise<BotStart> {
  const start = await scene.enrol(name, at);
  await database.db.transaction().execute((tx) => startBotSessions(tx, [start]));
  return start;
}

async function say(start: BotStart, text: string, when = at, db = database.db): Promise<boolean> {
  const conversation = await db.selectFrom('conversations').select('id').where('contactId', '=', start.contactId).executeTakeFirstOrThrow();
  return db
    .transaction()
    .execute((tx) => answerBot(tx, { workspaceId: scene.workspaceId, conversationId: conversation.id, text, at: when }));
}

const sessionOf = (start: BotStart) =>
  database.db.selectFrom('botSessions').selectAll().where('enrolmentId', '=', start.enrolmentId).executeTakeFirstOrThrow();
const enrolmentOf = (start: BotStart) =>
  database.db.selectFrom('enrolments').selectAll().where('id', '=', start.enrolmentId).executeTakeFirstOrThrow();
const contactOf = (start: BotStart) =>
  database.db.selectFrom('contacts').selectAll().where('id', '=', start.contactId).executeTakeFirstOrThrow();
const messagesOf = async (start: BotStart, turn: number) => {
  const rows = await database.db
    .selectFrom('messages')
    .select(['body', 'state'])
    .where('contactId', '=', start.contactId)
    .where('botTurn', '=', turn)
    .orderBy('botN')
    .execute();
  return rows.map((row) => row.body);
};

it('takes answers into contact fields, says what follows, and goes on with the line when completed', async () => {
  const start = await started();
  expect(await say(start, 'otimo')).toBe(true);
  expect(await messagesOf(start, 2)).toEqual(['Qual é o seu e-mail?']);
  expect(await enrolmentOf(start)).toMatchObject({ stepKey: 'bot', waitingFor: 'bot' });
  expect(await say(start, 'Ana@Exemplo.com')).toBe(true);
  expect(await messagesOf(start, 3)).toEqual(['Obrigado. Anotamos "Ótimo".']);
  expect(await contactOf(start)).toMatchObject({ email: 'Ana@exemplo.com', fields: { rating: 'Ótimo', surveyed: 'sim: ótimo' } });
  expect(await sessionOf(start)).toMatchObject({ outcome: 'completed', turn: 3 });
  expect(await enrolmentOf(start)).toMatchObject({ stepKey: 'after', waitingFor: 'due', status: 'active' });
  expect(await say(start, 'alô?')).toBe(false);
});

it('goes on as if nothing had happened when every process is new between question and answer', async () => {
  const start = await started();
  const freshProcess = async (text: string) => {
    const db = createDb(createPool(database.url, { max: 1, testClock: true }));
    await say(start, text, at, db).finally(() => db.destroy());
  };
  await freshProcess('2');
  await freshProcess('ainda não tenho');
  await freshProcess('ana@exemplo.com');
  expect(await messagesOf(start, 3)).toEqual([expect.stringMatching(/^Esse e-mail não parece completo/)]);
  expect(await sessionOf(start)).toMatchObject({
    outcome: 'completed',
    state: { answers: { rating: 'Regular', email: 'ana@exemplo.com' } },
  });
});

it('hands over to a person: the path of that outcome is next, and the conversation waits for somebody', async () => {
  const start = await started();
  await say(start, 'ruim');
  expect(await sessionOf(start)).toMatchObject({ outcome: 'handoff' });
  expect(await enrolmentOf(start)).toMatchObject({ stepKey: 'handed-over', waitingFor: 'due' });
  const conversation = await database.db
    .selectFrom('conversations')
    .selectAll()
    .where('contactId', '=', start.contactId)
    .executeTakeFirstOrThrow();
  expect(conversation).toMatchObject({ ownerUserId: null, takenOverAt: expect.any(Date), status: 'open' });
});

it('ends as unanswered an hour after its last question, and takes nothing after that', async () => {
  const silent = await started('Ana');
  const slow = await started('Bruno');
  await database.setClock(minutes(30));
  await say(slow, '1', minutes(30));
  await database.setClock(minutes(61));
  expect(await expireBotSessions(database.db, scene.workspaceId)).toBe(1);
  expect(await sessionOf(silent)).toMatchObject({ outcome: 'noAnswer', endedAt: minutes(60) });
  expect(await enrolmentOf(silent)).toMatchObject({ stepKey: 'unanswered' });
  expect(await sessionOf(slow)).toMatchObject({ outcome: null });
  await database.setClock(minutes(95));
  expect(await say(slow, 'ana@exemplo.com', minutes(94))).toBe(false);
  expect(await sessionOf(slow)).toMatchObject({ outcome: 'noAnswer', endedAt: expect.any(Date) });
  expect(await enrolmentOf(slow)).toMatchObject({ stepKey: 'unanswered' });
  expect(await expireBotSessions(database.db, scene.workspaceId)).toBe(0);
});

it('does not take what was written before it began', async () => {
  const start = await started();
  expect(await say(start, '1', minutes(-1))).toBe(false);
  expect(await sessionOf(start)).toMatchObject({ turn: 1, outcome: null });
});

it('is silent while a person of the team has the conversation', async () => {
  const start = await started();
  const user = await database.db
    .insertInto('users')
    .values({ email: `member-${scenes}@acme.example`, name: 'Member', passwordHash: '-' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.db.updateTable('conversations').set({ ownerUserId: user.id }).where('contactId', '=', start.contactId).execute();
  expect(await say(start, '1')).toBe(false);
  expect(await messagesOf(start, 2)).toEqual([]);
});

it('still answers whoever writes when the enrolment has ended, and does not move it', async () => {
  const start = await started();
  await database.db
    .updateTable('enrolments')
    .set({ endedAt: at, exitReason: 'removed', epoch: 1, stepKey: null })
    .where('id', '=', start.enrolmentId)
    .execute();
  expect(await say(start, 'ruim')).toBe(true);
  expect(await messagesOf(start, 2)).toHaveLength(1);
  expect(await enrolmentOf(start)).toMatchObject({ status: 'ended', exitReason: 'removed', stepKey: null });
});

it('fills an address only where there is none, and never one that another contact has', async () => {
  const taken = await scene.enrol('Carla', at, { phone: '+5511911112222', email: 'carla@exemplo.com' });
  const start = await started();
  await say(start, '1');
  await say(start, 'CARLA@exemplo.com');
  expect(await contactOf(start)).toMatchObject({ email: null });
  expect(await sessionOf(start)).toMatchObject({ outcome: 'completed', state: { answers: { email: 'CARLA@exemplo.com' } } });
  expect(await contactOf(taken)).toMatchObject({ email: 'carla@exemplo.com' });
});

it('takes one answer at a time, however many arrive at once', async () => {
  const start = await started();
  const taken = await Promise.all([say(start, '1'), say(start, 'ana@exemplo.com'), say(start, '1'), say(start, 'ana@exemplo.com')]);
  expect(taken.filter(Boolean).length).toBeGreaterThanOrEqual(2);
  const { rows } = await sql<{ turn: number; n: number; count: number }>`
    select bot_turn as turn, bot_n as n, count(*) from messages where contact_id = ${start.contactId} group by 1, 2 having count(*) > 1`.execute(
    database.db,
  );
  expect(rows).toEqual([]);
  const session = await sessionOf(start);
  expect(session.turn).toBe(1 + taken.filter(Boolean).length);
});
