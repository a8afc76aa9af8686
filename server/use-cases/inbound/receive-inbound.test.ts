import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { satisfactionFlow } from '#server/domain/chatbot/testing/flows.ts';
import { startBotSessions } from '../chatbots/start-bot-sessions.ts';
import { botScene } from '../chatbots/testing/bot-scene.ts';
import { enrolContactsIn } from '../enrolments/enrol-contacts-in.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '../engine/testing.ts';
import { receiveInbound } from './receive-inbound.ts';
import { replyInSandbox } from './reply-in-sandbox.ts';

const database = useTestDatabase();
let home: TestWorkspace;
let contactId: string;

beforeEach(async () => {
  await database.setClock('2026-11-23T12:00:00Z');
  home = await makeWorkspace(database.db);
  contactId = (await makeContacts(database.db, home.workspaceId, 1))[0] ?? '';
});

const receive = (change: Partial<Parameters<typeof receiveInbound>[1]> = {}) =>
  receiveInbound(database.db, {
    workspaceId: home.workspaceId,
    channelAccountId: home.accountId,
    providerEventId: crypto.randomUUID(),
    contactId,
    text: 'Quero sim',
    occurredAt: new Date('2026-11-23T12:00:00Z'),
    ...change,
  });

async function enrol(exitOnReply: 'sequence' | 'no' = 'sequence'): Promise<string> {
  const steps = [messageStep('oi', home.accountId, { kind: 'after', amount: 3, unit: 'days' })];
  const sequenceId = await makeSequence(database.db, home.workspaceId, { exitOnReply, steps });
  const { accepted } = await database.db
    .transaction()
    .execute((tx) => enrolContactsIn(tx, home.actor, { sequenceId, contactIds: [contactId], source: 'manual' }));
  return accepted[0]?.enrolmentId ?? '';
}

const enrolment = (id: string) =>
  database.db.selectFrom('enrolments').select(['status', 'exitReason']).where('id', '=', id).executeTakeFirstOrThrow();

/** A step message of some enrolment, accepted at `acceptedAt`. */
async function acceptedStep(acceptedAt: string, change: { channelAccountId?: string } = {}): Promise<string> {
  const { id } = await database.db
    .insertInto('messages')
    .values({
      workspaceId: home.workspaceId,
      contactId,
      channelAccountId: change.channelAccountId ?? home.accountId,
      direction: 'out',
      origin: 'step',
      state: 'accepted',
      body: 'Oi',
      acceptedAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

const repliedAt = async (id: string) =>
  (await database.db.selectFrom('messages').select('repliedAt').where('id', '=', id).executeTakeFirstOrThrow()).repliedAt?.toISOString() ??
  null;

describe('what a contact writes', () => {
  test('stands in the conversation as a message that came in', async () => {
    const outcome = await receive({ text: 'Olá 👋' });
    expect(outcome).toMatchObject({ kind: 'reply' });
    const messages = await database.db.selectFrom('messages').selectAll().where('contactId', '=', contactId).execute();
    expect(messages).toMatchObject([
      { direction: 'in', origin: 'contact', state: 'received', body: 'Olá 👋', address: expect.stringMatching(/^\+55/) },
    ]);
    const conversations = await database.db.selectFrom('conversations').selectAll().where('contactId', '=', contactId).execute();
    expect(conversations).toMatchObject([{ status: 'open', lastInboundAt: new Date('2026-11-23T12:00:00Z') }]);
  });

  test('is taken once, however often and however close together the provider says it', async () => {
    const providerEventId = 'event-1';
    const outcomes = await Promise.all([receive({ providerEventId }), receive({ providerEventId }), receive({ providerEventId })]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['repeated', 'repeated', 'reply']);
    expect(await receive({ providerEventId })).toEqual({ kind: 'repeated' });
    const messages = await database.db.selectFrom('messages').select('id').where('contactId', '=', contactId).execute();
    expect(messages).toHaveLength(1);
  });

  test('reopens a conversation, and an older message does not set it back', async () => {
    await receive();
    await database.db.updateTable('conversations').set({ status: 'resolved' }).where('contactId', '=', contactId).execute();
    await receive({ occurredAt: new Date('2026-11-20T12:00:00Z') });
    const rows = await database.db
      .selectFrom('conversations')
      .select(['status', 'lastInboundAt'])
      .where('contactId', '=', contactId)
      .execute();
    expect(rows).toEqual([{ status: 'open', lastInboundAt: new Date('2026-11-23T12:00:00Z') }]);
  });

  test('of another workspace’s contact or account is refused', async () => {
    const other = await makeWorkspace(database.db);
    const [stranger = ''] = await makeContacts(database.db, other.workspaceId, 1);
    await expect(receive({ contactId: stranger })).rejects.toMatchObject({ code: 'notFound' });
    await expect(receive({ channelAccountId: other.accountId })).rejects.toMatchObject({ code: 'notFound' });
  });
});

describe('a reply', () => {
  test('ends the enrolment with `replied`', async () => {
    const id = await enrol();
    await receive({ occurredAt: new Date('2026-11-23T13:00:00Z') });
    expect(await enrolment(id)).toEqual({ status: 'ended', exitReason: 'replied' });
  });

  test('that is older than the enrolment changes nothing', async () => {
    const id = await enrol();
    await receive({ occurredAt: new Date('2026-11-23T11:00:00Z') });
    expect(await enrolment(id)).toEqual({ status: 'active', exitReason: null });
  });

  test('leaves a sequence alone that says so', async () => {
    const id = await enrol('no');
    await receive({ occurredAt: new Date('2026-11-23T13:00:00Z') });
    expect(await enrolment(id)).toEqual({ status: 'active', exitReason: null });
  });

  test('counts for the last step message that was accepted, and the first reply stays', async () => {
    const [earlier, later] = [await acceptedStep('2026-11-20T12:00:00Z'), await acceptedStep('2026-11-22T12:00:00Z')];
    await receive();
    await receive({ occurredAt: new Date('2026-11-23T15:00:00Z') });
    expect(await repliedAt(later)).toBe('2026-11-23T12:00:00.000Z');
    expect(await repliedAt(earlier)).toBeNull();
  });

  test('counts for nothing after 14 days, before the message, or in another conversation', async () => {
    const account = await database.db
      .insertInto('channelAccounts')
      .values({ workspaceId: home.workspaceId, kind: 'smtp', name: 'Mail', ratePerSecond: 1 })
      .returning('id')
      .executeTakeFirstOrThrow();
    const old = await acceptedStep('2026-11-09T11:59:59Z');
    const future = await acceptedStep('2026-11-23T12:00:01Z');
    const elsewhere = await acceptedStep('2026-11-22T12:00:00Z', { channelAccountId: account.id });
    await receive();
    expect(await Promise.all([old, future, elsewhere].map(repliedAt))).toEqual([null, null, null]);
  });
});

describe('while a chatbot waits for an answer', () => {
  async function asked() {
    const at = new Date('2026-11-23T12:00:00Z');
    const scene = await botScene(database.db, `bot-${crypto.randomUUID().slice(0, 8)}`, satisfactionFlow);
    const start = await scene.enrol('Ana Souza', at);
    await database.db.transaction().execute((tx) => startBotSessions(tx, [start]));
    const { contactId: asks, channelAccountId } = start;
    const say = (text: string) =>
      receive({
        workspaceId: scene.actor.workspaceId,
        contactId: asks,
        channelAccountId,
        text,
        occurredAt: new Date('2026-11-23T12:01:00Z'),
      });
    return { start, say };
  }

  test('what is written is its answer, and no reply', async () => {
    const { start, say } = await asked();
    expect(await say('otimo')).toMatchObject({ kind: 'botAnswer' });
    const rows = await database.db.selectFrom('enrolments').select(['status']).where('id', '=', start.enrolmentId).execute();
    expect(rows).toEqual([{ status: 'active' }]);
    const queued = await database.db
      .selectFrom('messages')
      .select('body')
      .where('contactId', '=', start.contactId)
      .where('botTurn', '=', 2)
      .execute();
    expect(queued).toEqual([{ body: 'Qual é o seu e-mail?' }]);
  });

  test('a person of the team who has the conversation gets it instead', async () => {
    const { start, say } = await asked();
    const user = await database.db
      .insertInto('users')
      .values({ email: `${crypto.randomUUID()}@example.com`, name: 'Rita', passwordHash: '-' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await database.db.updateTable('conversations').set({ ownerUserId: user.id }).where('contactId', '=', start.contactId).execute();
    expect(await say('otimo')).toMatchObject({ kind: 'reply' });
  });
});

describe('the sandbox’s reply', () => {
  test('is a reply like any other, and a form sent twice is one', async () => {
    const id = await enrol();
    const reply = { contactId, channelAccountId: home.accountId, text: 'Parem', idempotencyKey: 'k1' };
    expect(await replyInSandbox(database.db, home.actor, reply)).toMatchObject({ kind: 'reply' });
    expect(await replyInSandbox(database.db, home.actor, reply)).toEqual({ kind: 'repeated' });
    expect(await enrolment(id)).toEqual({ status: 'ended', exitReason: 'replied' });
  });

  test('is refused through an account that is no sandbox', async () => {
    const { id } = await database.db
      .insertInto('channelAccounts')
      .values({ workspaceId: home.workspaceId, kind: 'smtp', name: 'Mail', ratePerSecond: 1 })
      .returning('id')
      .executeTakeFirstOrThrow();
    await expect(replyInSandbox(database.db, home.actor, { contactId, channelAccountId: id, text: 'Oi' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});
