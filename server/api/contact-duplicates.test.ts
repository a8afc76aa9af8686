import { beforeEach, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { systemActor } from '#server/auth/actor.ts';
import { runOperation } from '#server/use-cases/operations/run-operation.ts';
import { appRouter } from './root.ts';
import { createCaller } from './trpc.ts';

const database = useTestDatabase();
let workspaceId = '';
let api: ReturnType<ReturnType<typeof createCaller<(typeof appRouter)['_def']['record']>>>;

beforeEach(async () => {
  const { id } = await database.db
    .insertInto('workspaces')
    .values({ slug: `w-${crypto.randomUUID()}`, name: 'Escola Aurora' })
    .returning('id')
    .executeTakeFirstOrThrow();
  workspaceId = id;
  api = createCaller(appRouter)({ db: database.db, actor: systemActor(id) });
});

it('finds duplicates, shows them side by side, merges them, and leads the old id to the contact that stays', async () => {
  expect(await api.contacts.duplicates()).toEqual({ items: [], nextCursor: null, groups: 0, search: null });
  const one = await api.contacts.create({ name: 'Ana', email: 'ana.souza@gmail.com', tags: ['vip'] });
  const other = await api.contacts.create({ name: 'Ana S.', email: 'anasouza@gmail.com', phone: '(11) 98765-4321' });
  const { operationId } = await api.contacts.findDuplicates();
  expect(await api.contacts.duplicates()).toMatchObject({ items: [], search: { operationId, status: 'queued' } });
  await runOperation(database.db, systemActor(workspaceId).workspaceId, operationId);
  expect(await api.operations.get({ id: operationId })).toMatchObject({ status: 'done', accepted: 1 });
  expect(await api.contacts.duplicates()).toMatchObject({
    items: [{ reasons: ['email'], contacts: [{ id: one.id, tags: ['vip'] }, { id: other.id }] }],
    groups: 1,
    search: { status: 'done' },
  });
  const answer = await api.contacts.merge({ keepId: other.id, mergeIds: [one.id], fields: { name: one.id } });
  expect(answer).toMatchObject({ id: other.id, merged: 1 });
  expect(await api.contacts.get({ id: one.id })).toMatchObject({
    id: other.id,
    name: 'Ana',
    email: 'anasouza@gmail.com',
    phone: '+5511987654321',
    tags: ['vip'],
  });
  expect(await api.contacts.duplicates()).toMatchObject({ items: [], groups: 0 });
});

it('shows beside each contact what it agreed to and refused, its notes and its owner', async () => {
  const one = await api.contacts.create({ name: 'Ana', email: 'ana.souza@gmail.com', notes: 'Prefere de manhã' });
  const other = await api.contacts.create({ name: 'Ana S.', email: 'anasouza@gmail.com' });
  const consent = { channelKind: 'smtp', status: 'given', source: 'Ficha', at: '2026-03-10T12:00:00.000Z' } as const;
  await api.contacts.setConsent({ id: one.id, ...consent });
  await api.contacts.optOut({ id: other.id, channelKind: 'sandbox' });
  const { operationId } = await api.contacts.findDuplicates();
  await runOperation(database.db, systemActor(workspaceId).workspaceId, operationId);
  const [group] = (await api.contacts.duplicates()).items;
  expect(group?.contacts).toMatchObject([
    { id: one.id, notes: 'Prefere de manhã', ownerId: null, optOuts: [] },
    { id: other.id, consents: [], optOuts: [{ channelKind: 'sandbox', at: expect.any(String) }] },
  ]);
  expect(group?.contacts[0]?.consents).toEqual([consent]);
});
