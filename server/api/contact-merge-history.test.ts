import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '#server/use-cases/engine/testing.ts';
import { apiAs, makeMember } from './authorisation/world.ts';

const database = useTestDatabase();
let space: TestWorkspace;
let api: ReturnType<typeof apiAs>;
let memberName = '';
beforeEach(async () => {
  space = await makeWorkspace(database.db);
  const { actor, user } = await makeMember(database.db, space.workspaceId, 'editor', `${crypto.randomUUID()}@example.com`);
  api = apiAs(database.db, actor, user);
  memberName = user.name;
});

const merges = async (contactId: string) => {
  const { items } = await api.contacts.timeline({ contactId });
  return items.flatMap(({ kind, merge }) => (kind === 'merge' && merge ? [merge] : []));
};

test('the history of a contact names who was merged into it, by whom, and what came along', async () => {
  const steps = [messageStep('a', space.accountId, { kind: 'after', amount: 1, unit: 'days' })];
  const sequenceId = await makeSequence(database.db, space.workspaceId, { steps });
  const kept = await api.contacts.create({ name: 'Ana', phone: '11987654321' });
  const other = await api.contacts.create({ name: 'Ana S.', phone: '11987654322', email: 'ana@x.com', externalId: 'C-1' });
  const bare = await api.contacts.create({ name: 'Aninha', email: 'aninha@x.com' });
  await api.enrolments.enrol({ sequenceId, contactIds: [kept.id, other.id] });
  await api.sandbox.reply({ contactId: other.id, channelAccountId: space.accountId, text: 'Oi' });
  await api.contacts.merge({ keepId: kept.id, mergeIds: [other.id, bare.id] });
  const none = { phone: null, email: null, externalId: null };
  const by = { actorKind: 'user', actorName: memberName };
  const ofOther = { contactId: other.id, name: 'Ana S.', phone: '+5511987654322', email: 'ana@x.com', externalId: 'C-1' };
  const ofBare = { contactId: bare.id, name: 'Aninha', ...none, email: 'aninha@x.com' };
  expect((await merges(kept.id)).toSorted((a, b) => String(a.name).localeCompare(String(b.name)))).toEqual([
    { ...ofOther, ...by, enrolments: 1, conversations: 1 },
    { ...ofBare, ...by, enrolments: 0, conversations: 0 },
  ]);
  const person = await apiAs(database.db, space.actor).contacts.exportPerson({ id: kept.id });
  expect(person.mergedContacts).toMatchObject([ofOther, ofBare]);
});

test('who was merged into a contact that was merged itself is in the history of the last one, page by page', async () => {
  const [first, second, third] = await Promise.all(['Um', 'Dois', 'Tres'].map((name) => api.contacts.create({ name })));
  const ids = { first: first?.id ?? '', second: second?.id ?? '', third: third?.id ?? '' };
  await api.contacts.merge({ keepId: ids.second, mergeIds: [ids.first] });
  await api.contacts.merge({ keepId: ids.third, mergeIds: [ids.second] });
  expect((await merges(ids.third)).map(({ name }) => name)).toEqual(['Dois', 'Um']);
  const page = await api.contacts.timeline({ contactId: ids.third, limit: 1 });
  expect(page.items).toMatchObject([{ kind: 'merge', merge: { name: 'Dois' } }]);
  const rest = await api.contacts.timeline({ contactId: ids.third, cursor: page.nextCursor });
  expect(rest.items).toMatchObject([{ kind: 'merge', merge: { name: 'Um' } }, { kind: 'created' }]);
});

test('of a merge in earlier versions it is said that there was one', async () => {
  const kept = await api.contacts.create({ name: 'Ana' });
  const contactId = crypto.randomUUID();
  await database.db.insertInto('contactMerges').values({ workspaceId: space.workspaceId, contactId, keptId: kept.id }).execute();
  expect(await merges(kept.id)).toMatchObject([{ contactId, name: null, enrolments: null, actorName: null }]);
});
