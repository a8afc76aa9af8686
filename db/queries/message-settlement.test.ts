import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeContacts, makeWorkspace, type TestWorkspace } from '#server/use-cases/engine/testing.ts';
import { acceptMessages, failMessages, markUnknown, requeueMessages } from './message-settlement.ts';

const database = useTestDatabase();
const token = crypto.randomUUID();
const otherToken = crypto.randomUUID();
const acceptedAt = new Date('2026-03-02T12:30:00Z');

let at: TestWorkspace;
let messageId: string;
beforeEach(async () => {
  at = await makeWorkspace(database.db);
  const [contactId = ''] = await makeContacts(database.db, at.workspaceId, 1);
  const row = await database.db
    .insertInto('messages')
    .values({
      workspaceId: at.workspaceId,
      direction: 'out',
      origin: 'member',
      contactId,
      channelAccountId: at.accountId,
      state: 'sending',
      body: 'Oi',
      claimToken: token,
      attempt: 2,
      claimedAt: sql`andante_now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  messageId = row.id;
});

const message = () =>
  database.db.selectFrom('messages').select(['state', 'claimToken', 'attempt']).where('id', '=', messageId).executeTakeFirstOrThrow();

test('an answer to a claim that is no longer the present one changes nothing', async () => {
  const late = { messageId, token: otherToken, attempt: 1, code: '451', text: 'try later' };
  await database.db.transaction().execute(async (tx) => {
    expect(await acceptMessages(tx, at.workspaceId, [{ ...late, providerId: 'p', acceptedAt, step: null }])).toEqual([]);
    expect(await failMessages(tx, at.workspaceId, [late])).toEqual([]);
    expect(await markUnknown(tx, at.workspaceId, [late])).toEqual([]);
    await requeueMessages(tx, at.workspaceId, [{ ...late, nextAttemptAt: acceptedAt }]);
  });
  expect(await message()).toEqual({ state: 'sending', claimToken: token, attempt: 2 });
});

test('the answer to the present claim settles it, once', async () => {
  const accepted = { messageId, token, providerId: 'p', acceptedAt, step: null };
  const settle = () => database.db.transaction().execute((tx) => acceptMessages(tx, at.workspaceId, [accepted]));
  expect((await settle()).map((outcome) => outcome.messageId)).toEqual([messageId]);
  expect((await message()).state).toBe('accepted');
  expect(await settle()).toEqual([]);
});

test('a message that is accepted has no index written for it', async () => {
  const accepted = { messageId, token, providerId: 'p', acceptedAt, step: null };
  await database.db.transaction().execute(async (tx) => {
    const inPlace = async () => {
      const { rows } = await sql<{ count: number }>`select pg_stat_get_xact_tuples_hot_updated('messages'::regclass) as count`.execute(tx);
      return rows[0]?.count ?? 0;
    };
    const before = await inPlace();
    expect(await acceptMessages(tx, at.workspaceId, [accepted])).toHaveLength(1);
    expect(await inPlace()).toBe(before + 1);
  });
});
