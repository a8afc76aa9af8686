import { beforeAll, expect, it } from 'vitest';
import { markWithBot } from '#db/queries/due-enrolments.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type Flow, flowSchema } from '#server/domain/chatbot/flow.ts';
import { satisfactionFlow } from '#server/domain/chatbot/testing/flows.ts';
import { controlEnrolments } from '../enrolments/control-enrolments.ts';
import { deleteChatbot } from './delete-chatbot.ts';
import { type BotStart, startBotSessions } from './start-bot-sessions.ts';
import { type BotScene, botScene } from './testing/bot-scene.ts';

const database = useTestDatabase();
const at = new Date('2026-11-23T12:00:00Z');
let scenes = 0;

beforeAll(() => database.setClock(at));

const sceneOf = (flow: Flow): Promise<BotScene> => botScene(database.db, `acme-${++scenes}`, flow);
const start = (...starts: BotStart[]) => database.db.transaction().execute((tx) => startBotSessions(tx, starts));
const sessions = (scene: BotScene) =>
  database.db.selectFrom('botSessions').selectAll().where('workspaceId', '=', scene.workspaceId).execute();
const messages = (scene: BotScene) =>
  database.db.selectFrom('messages').selectAll().where('workspaceId', '=', scene.workspaceId).orderBy('id').execute();

it('opens a session, queues the first messages in order and waits for an answer', async () => {
  const scene = await sceneOf(satisfactionFlow);
  const asked = await scene.enrol('Ana Souza', at);
  const [result] = await start(asked);
  const [session] = await sessions(scene);
  expect(result).toEqual({ kind: 'started', enrolmentId: asked.enrolmentId, sessionId: session?.id });
  expect(session).toMatchObject({
    enrolmentId: asked.enrolmentId,
    stepNumber: 1,
    version: 1,
    turn: 1,
    endedAt: null,
    startedAt: at,
    expiresAt: new Date('2026-11-23T13:00:00Z'),
    state: { at: 'rating', misses: 0 },
  });
  const rows = await messages(scene);
  expect(rows.map(({ body, botN, state, origin }) => [botN, origin, state, body.split('\n')[0]])).toEqual([
    [1, 'bot', 'queued', 'Oi, Ana.'],
    [2, 'bot', 'queued', 'Como foi o atendimento?'],
  ]);
  expect(rows[1]?.options).toEqual(['Ótimo', 'Regular', 'Ruim']);
  expect(rows.map((row) => row.nextAttemptAt?.getTime())).toEqual([at.getTime(), at.getTime() + 1]);
  const alarms = await database.db
    .withSchema('pgboss')
    .selectFrom('job' as never)
    .selectAll()
    .where('name' as never, '=', 'account.deliver' as never)
    .execute();
  expect(alarms.map((alarm) => (alarm as { data: { channelAccountId: string } }).data.channelAccountId)).toContain(scene.channelAccountId);
});

it('starts many at once, each for its own contact', async () => {
  const scene = await sceneOf(satisfactionFlow);
  const starts = await Promise.all(['Ana', 'Bruno', 'Carla', 'Davi'].map((name) => scene.enrol(name, at)));
  const results = await start(...starts);
  expect(results.map((result) => [result.kind, result.enrolmentId])).toEqual(starts.map((each) => ['started', each.enrolmentId]));
  const greetings = (await messages(scene)).filter((row) => row.botN === 1);
  expect(new Map(greetings.map((row) => [row.contactId, row.body]))).toEqual(
    new Map(starts.map((each, index) => [each.contactId, `Oi, ${['Ana', 'Bruno', 'Carla', 'Davi'][index] ?? ''}.`])),
  );
});

it('a bot without questions ends at once, with its fields written', async () => {
  const flow = flowSchema.parse({
    start: null,
    blocks: [
      { key: 'a', type: 'setField', field: 'contact.fields.guests', value: '1.200' },
      { key: 'b', type: 'setField', field: 'contact.name', value: '{{ contact.firstName | upcase }}' },
      { key: 'c', type: 'text', text: 'Até logo.' },
      { key: 'd', type: 'handOff' },
    ],
  });
  const scene = await sceneOf(flow);
  const asked = await scene.enrol('Ana Souza', at);
  expect(await start(asked)).toMatchObject([{ kind: 'ended', outcome: 'handoff' }]);
  const contact = await database.db.selectFrom('contacts').selectAll().where('id', '=', asked.contactId).executeTakeFirstOrThrow();
  expect(contact).toMatchObject({ name: 'ANA', fields: { guests: 1200 } });
  expect(await sessions(scene)).toMatchObject([{ outcome: 'handoff', endedAt: at }]);
  const conversation = await database.db
    .selectFrom('conversations')
    .selectAll()
    .where('contactId', '=', asked.contactId)
    .executeTakeFirstOrThrow();
  expect(conversation).toMatchObject({ takenOverAt: at, ownerUserId: null });
});

it('is refused while another session is open in the conversation, also within one set', async () => {
  const scene = await sceneOf(satisfactionFlow);
  const asked = await scene.enrol('Ana', at);
  expect(await start(asked, { ...asked })).toMatchObject([{ kind: 'started' }, { kind: 'refused', reason: 'sessionOpen' }]);
  expect(await start(asked)).toMatchObject([{ kind: 'refused', reason: 'sessionOpen' }]);
  expect(await messages(scene)).toHaveLength(2);
});

it('is refused without an address, without a published version, and while a person has the conversation', async () => {
  const scene = await sceneOf(satisfactionFlow);
  expect(await start(await scene.enrol('Ana', at, {}))).toMatchObject([{ kind: 'refused', reason: 'noAddress' }]);
  const owned = await scene.enrol('Bruno', at);
  const user = await database.db
    .insertInto('users')
    .values({ email: 'member@acme.example', name: 'Member', passwordHash: '-' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.db
    .insertInto('conversations')
    .values({ workspaceId: scene.workspaceId, contactId: owned.contactId, channelAccountId: scene.channelAccountId, ownerUserId: user.id })
    .execute();
  expect(await start(owned)).toMatchObject([{ kind: 'refused', reason: 'conversationTaken' }]);
  await database.db.updateTable('sequences').set({ status: 'archived' }).where('workspaceId', '=', scene.workspaceId).execute();
  await deleteChatbot(database.db, scene.actor, { id: scene.chatbotId });
  expect(await start(await scene.enrol('Carla', at))).toMatchObject([{ kind: 'refused', reason: 'notPublished' }]);
  expect(await messages(scene)).toEqual([]);
});

it.each([
  ['skipStep', { control: 'skipStep' }, 2],
  ['moveTo', { control: 'moveTo', stepKey: 'after' }, 2],
] as const)('a member who chooses %s ends the talk: the bot says no more, and the plan goes on', async (_name, control, stepNumber) => {
  const scene = await sceneOf(satisfactionFlow);
  const asked = await scene.enrol('Ana Souza', at);
  await start(asked);
  await database.db.transaction().execute((tx) => markWithBot(tx, scene.actor.workspaceId, [asked.enrolmentId]));
  const answer = await controlEnrolments(database.db, scene.actor, { ids: [asked.enrolmentId] }, control);
  expect(answer).toMatchObject({ accepted: [{ enrolmentId: asked.enrolmentId }], refused: [] });
  expect(await sessions(scene)).toMatchObject([{ outcome: 'noAnswer' }]);
  expect((await messages(scene)).map((message) => [message.origin, message.state])).toEqual([
    ['bot', 'canceled'],
    ['bot', 'canceled'],
  ]);
  const row = await database.db.selectFrom('enrolments').selectAll().where('id', '=', asked.enrolmentId).executeTakeFirstOrThrow();
  expect(row).toMatchObject({ stepKey: 'after', stepNumber, waitingFor: 'due', status: 'active' });
  expect(
    await controlEnrolments(database.db, scene.actor, { ids: [asked.enrolmentId] }, { control: 'sendNow', force: false }),
  ).toMatchObject({
    refused: [],
  });
});
