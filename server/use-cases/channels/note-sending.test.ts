import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { SendResult } from '#server/channels/channel.ts';
import { makeWorkspace, type TestWorkspace } from '../engine/testing.ts';
import { noteSending } from './note-sending.ts';

const database = useTestDatabase();
let home: TestWorkspace;
beforeEach(async () => {
  home = await makeWorkspace(database.db);
});

const accepted: SendResult = { kind: 'accepted', providerId: null };
const signIn: SendResult = { kind: 'retry', code: '535', message: 'no', afterMs: null, accountProblem: 'signIn' };
const later: SendResult = { kind: 'retry', code: '450', message: 'later', afterMs: null };

const note = (...results: SendResult[]) =>
  noteSending(
    database.db,
    home.workspaceId,
    results.map((result) => ({ outgoing: { channelAccountId: home.accountId }, result })),
  );
const account = () =>
  database.db.selectFrom('channelAccounts').select(['status', 'lastError']).where('id', '=', home.accountId).executeTakeFirstOrThrow();

test('an account that is at fault says so, and is well again when one message is accepted', async () => {
  await note(later, signIn);
  expect(await account()).toEqual({ status: 'failing', lastError: 'signIn' });
  await note(signIn, accepted);
  expect(await account()).toEqual({ status: 'active', lastError: null });
});

test('what concerns only a message says nothing about the account', async () => {
  await note(later, { kind: 'failed', code: '550', message: 'gone', bounced: true });
  expect(await account()).toEqual({ status: 'active', lastError: null });
});

test('a pause by a member stays a pause', async () => {
  await database.db.updateTable('channelAccounts').set({ status: 'paused' }).where('id', '=', home.accountId).execute();
  await note(signIn);
  expect(await account()).toMatchObject({ status: 'paused' });
  await note(accepted);
  expect(await account()).toMatchObject({ status: 'paused' });
});
