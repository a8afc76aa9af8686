/** Claims whose lease ran out end one at a time, each with all that it still sends. */
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeContacts, makeWorkspace, type TestWorkspace } from '#server/use-cases/engine/testing.ts';
import { maintainWorkspace } from '#server/use-cases/engine/maintain-workspace.ts';
import { claimOf, closeClaims, expireClaim, messagesUnderWay } from './message-claims.ts';

const database = useTestDatabase();
let at: TestWorkspace;
beforeEach(async () => {
  at = await makeWorkspace(database.db);
});

/** A claim of `size` messages whose lease ends `leaseMs` from now. */
async function makeClaim(size: number, leaseMs: number): Promise<string> {
  const token = crypto.randomUUID();
  const contactIds = await makeContacts(database.db, at.workspaceId, size);
  await database.db
    .insertInto('messages')
    .values(
      contactIds.map((contactId) => ({
        workspaceId: at.workspaceId,
        direction: 'out',
        origin: 'member',
        contactId,
        channelAccountId: at.accountId,
        state: 'sending',
        body: 'Oi',
        claimToken: token,
        attempt: 1,
        claimedAt: new Date(),
      })),
    )
    .execute();
  const ours = sql`messages where workspace_id = ${at.workspaceId} and claim_token = ${token}`;
  await sql`${claimOf(at.workspaceId, { token, leaseMs }, ours)}`.execute(database.db);
  return token;
}

async function states(): Promise<Record<string, number>> {
  const rows = await database.db
    .selectFrom('messages')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where('workspaceId', '=', at.workspaceId)
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

async function underWay(): Promise<number> {
  const { rows } = await sql`select from ${messagesUnderWay} where k.workspace_id = ${at.workspaceId}`.execute(database.db);
  return rows.length;
}

/** What the planner knows of the table most of the time: that it is empty. */
async function takeTheTableForEmpty(): Promise<void> {
  await sql`truncate message_claims`.execute(database.db);
  await sql`analyze message_claims`.execute(database.db);
}

test('each call ends one claim, and nothing of the others', async () => {
  await takeTheTableForEmpty();
  for (let n = 0; n < 3; n++) await makeClaim(4, -1_000);
  const expire = () => database.db.transaction().execute((tx) => expireClaim(tx, at.workspaceId, 'workerLost'));
  for (const left of [8, 4, 0]) {
    expect(await expire()).toHaveLength(4);
    expect(await underWay()).toBe(left);
  }
  expect(await expire()).toBeNull();
  expect(await states()).toEqual({ unknown: 12 });
});

test('maintenance ends all that have run out, and leaves those that have not', async () => {
  await takeTheTableForEmpty();
  for (let n = 0; n < 3; n++) await makeClaim(3, -1_000);
  await makeClaim(2, 60_000);
  await maintainWorkspace(database.db, at.workspaceId);
  expect(await states()).toEqual({ unknown: 9, sending: 2 });
  expect(await underWay()).toBe(2);
});

test('a message that was settled meanwhile is no longer under way, and its claim ends without a word', async () => {
  const token = await makeClaim(2, -1_000);
  await sql`update messages set state = 'accepted', accepted_at = andante_now() where workspace_id = ${at.workspaceId}`.execute(
    database.db,
  );
  expect(await underWay()).toBe(0);
  expect(await database.db.transaction().execute((tx) => expireClaim(tx, at.workspaceId, 'workerLost'))).toEqual([]);
  await closeClaims(database.db, at.workspaceId, [token]);
  expect(await states()).toEqual({ accepted: 2 });
});
