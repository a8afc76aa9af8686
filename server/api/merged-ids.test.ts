/** One rule for the id of a contact that was merged: what reads or changes one contact leads on to the one that was kept; what takes
 *  a contact away, and what is asked for many, says which one that is. */
import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { emptyDefinition } from '#server/domain/definition/schema.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '#server/use-cases/engine/testing.ts';
import { apiAs } from './authorisation/world.ts';

const database = useTestDatabase();
let space: TestWorkspace;
let api: ReturnType<typeof apiAs>;
let keepId = '';
let id = '';
let sequenceId = '';
beforeEach(async () => {
  space = await makeWorkspace(database.db);
  api = apiAs(database.db, space.actor);
  [keepId = '', id = ''] = await makeContacts(database.db, space.workspaceId, 2);
  sequenceId = await makeSequence(database.db, space.workspaceId, {
    steps: [messageStep('a', space.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  await api.contacts.merge({ keepId, mergeIds: [id] });
});

const subjectOfLast = async (): Promise<string | null> =>
  (await database.db.selectFrom('auditLog').select('subjectId').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()).subjectId;

describe('the id of a merged contact leads on to the kept one', () => {
  test('in what changes the contact, and the answer and the audit log name the kept one', async () => {
    expect(await api.contacts.update({ id, name: 'Ana' })).toMatchObject({ id: keepId, name: 'Ana' });
    expect(await subjectOfLast()).toBe(keepId);
    expect(await api.contacts.setConsent({ id, channelKind: 'smtp', status: 'given', source: 'Ficha' })).toEqual({ id: keepId });
    expect(await api.contacts.optOut({ id, channelKind: 'sandbox' })).toEqual({ id: keepId });
    expect(await api.contacts.get({ id })).toMatchObject({ id: keepId, optOuts: [{ channelKind: 'sandbox' }] });
    expect(await api.contacts.optIn({ id, channelKind: 'sandbox' })).toEqual({ id: keepId });
    expect(await subjectOfLast()).toBe(keepId);
    expect(await api.contacts.get({ id })).toMatchObject({ id: keepId, optOuts: [], consents: [{ channelKind: 'smtp' }] });
    await api.events.record({ contactId: id, name: 'visit' });
    await api.sandbox.reply({ contactId: id, channelAccountId: space.accountId, text: 'Oi' });
    expect((await api.contacts.exportPerson({ id: keepId })).events).toHaveLength(1);
  });

  test('in what reads about the contact', async () => {
    await api.enrolments.enrol({ sequenceId, contactIds: [keepId] });
    await api.sandbox.reply({ contactId: keepId, channelAccountId: space.accountId, text: 'Oi' });
    expect((await api.contacts.exportPerson({ id })).contact['id']).toBe(keepId);
    expect((await api.contacts.timeline({ contactId: id })).items.length).toBeGreaterThan(0);
    expect((await api.sandbox.messages({ contactId: id })).items).toMatchObject([{ body: 'Oi' }]);
    expect((await api.conversations.list({ contactId: id })).items).toMatchObject([{ contactId: keepId }]);
    expect((await api.enrolments.list({ contactId: id })).items).toMatchObject([{ contactId: keepId }]);
    const preview = await api.sequences.simulate({
      definition: { ...emptyDefinition, window: null },
      contactId: id,
      startAt: '2026-01-05T12:00:00Z',
    });
    expect(preview).toHaveProperty('steps');
  });

  test('in the answer to the same request for a contact, asked again with its key', async () => {
    const request = { name: 'Bia', phone: '11987650001', idempotencyKey: 'bia-1' };
    const made = await api.contacts.create(request);
    await api.contacts.merge({ keepId, mergeIds: [made.id] });
    expect(await api.contacts.create(request)).toMatchObject({ id: keepId });
  });

  test('in saying that it is somebody else than a third contact', async () => {
    const [third = '', fourth = ''] = await makeContacts(database.db, space.workspaceId, 2);
    await api.contacts.dismissDuplicate({ contactIds: [third, id] });
    const pair = await database.db.selectFrom('distinctContacts').select(['contactId', 'otherId']).execute();
    expect(pair.flatMap((row) => [row.contactId, row.otherId]).toSorted()).toEqual([keepId, third].toSorted());
    const both = api.contacts.dismissDuplicate({ contactIds: [keepId, id, fourth] });
    await expect(both).rejects.toMatchObject({ cause: { code: 'conflict', details: { mergedInto: keepId } } });
  });
});

describe('what takes a contact away says which contact it is now', () => {
  const conflict = { cause: { code: 'conflict', details: expect.objectContaining({ mergedInto: '' }) as { mergedInto: string } } };
  beforeEach(() => {
    conflict.cause.details = expect.objectContaining({ mergedInto: keepId }) as { mergedInto: string };
  });

  test('deleting, erasing, merging into it', async () => {
    await expect(api.contacts.delete({ id })).rejects.toMatchObject(conflict);
    await expect(api.contacts.erase({ id, suppress: false })).rejects.toMatchObject(conflict);
    const [third = ''] = await makeContacts(database.db, space.workspaceId, 1);
    await expect(api.contacts.merge({ keepId: id, mergeIds: [third] })).rejects.toMatchObject(conflict);
    expect(await api.contacts.get({ id })).toMatchObject({ id: keepId });
  });
});

test('what is asked for many refuses the old id and names the kept contact, and does the rest', async () => {
  const [third = ''] = await makeContacts(database.db, space.workspaceId, 1);
  const contactIds = [id, third];
  const refused = [{ contactId: id, reason: 'notFound', mergedInto: keepId }];
  expect(await api.contacts.tag({ contactIds, tags: ['vip'] })).toEqual({ accepted: { count: 1 }, refused });
  expect(await api.contacts.untag({ contactIds, tags: ['vip'] })).toEqual({ accepted: { count: 1 }, refused });
  expect(await api.enrolments.enrol({ sequenceId, contactIds })).toMatchObject({ accepted: [{ contactId: third }], refused });
  expect(await api.contacts.delete({ contactIds })).toEqual({ accepted: { count: 1 }, refused });
});

test('a duplicate that is deleted while it is dismissed is answered clearly', async () => {
  const pairs = await makeContacts(database.db, space.workspaceId, 20);
  const answers = await Promise.allSettled(
    Array.from({ length: 10 }, (_, n) => [pairs[2 * n] ?? '', pairs[2 * n + 1] ?? '']).flatMap(([a = '', b = '']) => [
      api.contacts.dismissDuplicate({ contactIds: [a, b] }),
      api.contacts.delete({ id: b }),
    ]),
  );
  for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ cause: { code: 'notFound' } });
});
