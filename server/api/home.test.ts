/** The home page of a workspace: what is told there, and that it is of nobody else. */
import { type RawBuilder, sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '#server/use-cases/engine/testing.ts';
import { appRouter } from './root.ts';
import { createCaller } from './trpc.ts';

const database = useTestDatabase();
let at: TestWorkspace;
let api: ReturnType<typeof callerOf>;

const callerOf = ({ actor }: TestWorkspace) => createCaller(appRouter)({ db: database.db, actor });
const ticked = async () => (await api.workspace.checklist()).items.flatMap(({ key, done }) => (done ? [key] : []));
const sequence = ({ workspaceId, accountId } = at) =>
  makeSequence(database.db, workspaceId, { steps: [messageStep('a', accountId, { kind: 'after', amount: 1, unit: 'days' })] });
const account = (values: { kind: string; name: string; status?: string; lastError?: string; isDeleted?: boolean }) =>
  sql`
    insert into channel_accounts (workspace_id, kind, name, status, last_error, rate_per_second, deleted_at)
    values (${at.workspaceId}, ${values.kind}, ${values.name}, ${values.status ?? 'active'}, ${values.lastError ?? null}, 1,
      case when ${values.isDeleted ?? false} then andante_now() end)`.execute(database.db);
const sent = ({ workspaceId, accountId }: TestWorkspace, contactId: string, acceptedAt: RawBuilder<unknown>) =>
  sql`
    insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, body, accepted_at, replied_at)
    values (${workspaceId}, 'out', 'member', ${contactId}, ${accountId}, 'accepted', 'Oi', ${acceptedAt}, ${acceptedAt})`.execute(
    database.db,
  );

beforeEach(async () => {
  at = await makeWorkspace(database.db);
  api = callerOf(at);
});

test('the first steps are ticked by what stands in the tables of this workspace', async () => {
  const neighbour = await makeWorkspace(database.db);
  const [theirs = ''] = await makeContacts(database.db, neighbour.workspaceId, 1);
  await callerOf(neighbour).enrolments.enrol({ sequenceId: await sequence(neighbour), contactIds: [theirs] });
  await sent(neighbour, theirs, sql`andante_now()`);
  await callerOf(neighbour).sandbox.reply({ channelAccountId: neighbour.accountId, contactId: theirs, text: 'Oi' });
  expect(await ticked()).toEqual([]);
  expect(await api.workspace.checklist()).toMatchObject({ sequenceId: null, contactId: null });

  const sample = await api.contacts.create({ name: 'Ana', email: 'ana@example.com' });
  await account({ kind: 'smtp', name: 'Antiga', isDeleted: true });
  expect(await ticked()).toEqual([]);
  const sequenceId = await sequence();
  expect(await ticked()).toEqual(['published']);
  await api.enrolments.enrol({ sequenceId, contactIds: [sample.id] });
  expect(await ticked()).toEqual(['published', 'enrolled']);
  await sent(at, sample.id, sql`null`);
  expect(await ticked()).toEqual(['published', 'enrolled']);
  await sent(at, sample.id, sql`andante_now()`);
  await api.sandbox.reply({ channelAccountId: at.accountId, contactId: sample.id, text: 'Oi' });
  expect(await ticked()).toEqual(['published', 'enrolled', 'arrived', 'answered']);
  await makeContacts(database.db, at.workspaceId, 1);
  await account({ kind: 'smtp', name: 'Escola' });
  expect(await ticked()).toEqual(['published', 'enrolled', 'arrived', 'answered', 'ownContacts', 'ownChannel']);
  expect(await api.workspace.checklist()).toMatchObject({ sequenceId, contactId: sample.id });
});

test('what goes out next is what is due first, of those whom nothing holds back', async () => {
  const [running, resting] = [await sequence(), await sequence()];
  const contacts = await makeContacts(database.db, at.workspaceId, 11);
  await api.enrolments.enrol({ sequenceId: running, contactIds: contacts.slice(0, 10) });
  await api.enrolments.enrol({ sequenceId: resting, contactIds: contacts.slice(10) });
  const neighbour = await makeWorkspace(database.db);
  const theirs = await makeContacts(database.db, neighbour.workspaceId, 1);
  await callerOf(neighbour).enrolments.enrol({ sequenceId: await sequence(neighbour), contactIds: theirs });
  await sql`update sequences set status = 'paused' where id = ${resting}`.execute(database.db);
  // The later somebody was made, the earlier they are due.
  await sql`
    update enrolments e set due_at = '2030-01-01T12:00:00Z'::timestamptz - array_position(${contacts}::uuid[], contact_id) * interval '1 hour'
    where workspace_id = ${at.workspaceId}`.execute(database.db);
  const but = (n: number, values: RawBuilder<unknown>) =>
    sql`update enrolments set ${values} where contact_id = ${contacts[n]}`.execute(database.db);
  await but(9, sql`paused_at = andante_now()`);
  await but(8, sql`held_at = andante_now()`);
  await but(7, sql`waiting_for = 'delivery'`);
  await but(6, sql`ended_at = andante_now(), exit_reason = 'removed'`);
  const { nextSends } = await api.workspace.overview();
  expect(nextSends.map(({ contactId }) => contactId)).toEqual([5, 4, 3, 2, 1].map((n) => contacts[n]));
  expect(nextSends[0]).toMatchObject({ sequenceId: running, stepKey: 'a', contactName: 'Pessoa 5', dueAt: '2030-01-01T06:00:00.000Z' });
});

test('today begins at midnight where the workspace is', async () => {
  const [contactId = ''] = await makeContacts(database.db, at.workspaceId, 1);
  const midnight = sql`date_trunc('day', andante_now() at time zone 'America/Sao_Paulo') at time zone 'America/Sao_Paulo'`;
  await sent(at, contactId, midnight);
  await sent(at, contactId, sql`${midnight} - interval '1 second'`);
  const neighbour = await makeWorkspace(database.db);
  await sent(neighbour, contactId, midnight);
  const one = { count: 1, isExact: true };
  expect(await api.workspace.overview()).toMatchObject({ sentToday: one, repliedToday: one });
});

test('channels that fail are named, unless they are gone', async () => {
  await account({ kind: 'smtp', name: 'Zelo', status: 'failing', lastError: 'signIn' });
  await account({ kind: 'smtp', name: 'Aurora', status: 'failing' });
  await account({ kind: 'smtp', name: 'Antiga', status: 'failing', isDeleted: true });
  expect(await callerOf(await makeWorkspace(database.db)).workspace.overview()).toMatchObject({ failingChannels: [] });
  expect((await api.workspace.overview()).failingChannels).toMatchObject([
    { name: 'Aurora', lastError: null },
    { name: 'Zelo', lastError: 'signIn' },
  ]);
});
