import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '#server/use-cases/engine/testing.ts';
import { runOperation } from '#server/use-cases/operations/run-operation.ts';
import { appRouter } from './root.ts';
import { createCaller } from './trpc.ts';

const database = useTestDatabase();
let at: TestWorkspace;
let api: ReturnType<typeof callerOf>;

const callerOf = (workspace: TestWorkspace) => createCaller(appRouter)({ db: database.db, actor: workspace.actor });
const sequence = () =>
  makeSequence(database.db, at.workspaceId, { steps: [messageStep('a', at.accountId, { kind: 'after', amount: 1, unit: 'hours' })] });
const open = async (sequenceId: string) =>
  (await api.enrolments.list({ sequenceId, status: 'active' })).items.map((item) => item.contactId);

beforeEach(async () => {
  at = await makeWorkspace(database.db);
  api = callerOf(at);
});

describe('taking contacts out of a sequence', () => {
  it('ends what the selected have in it, leaves their other sequences alone, and tells once who was not in it', async () => {
    const [one, other] = [await sequence(), await sequence()];
    const [ana = '', bia = '', caio = ''] = await makeContacts(database.db, at.workspaceId, 3);
    await api.enrolments.enrol({ sequenceId: one, contactIds: [ana, bia] });
    await api.enrolments.enrol({ sequenceId: other, contactIds: [ana] });
    const nobody = crypto.randomUUID();
    const answer = await api.contacts.removeFromSequence({ contactIds: [ana, ana, caio, caio, nobody, nobody], sequenceId: one });
    expect(answer).toEqual({
      accepted: { count: 1 },
      refused: [
        { contactId: caio, reason: 'notEnrolled' },
        { contactId: nobody, reason: 'notFound' },
      ],
    });
    expect(await open(one)).toEqual([bia]);
    expect(await open(other)).toEqual([ana]);
    const [ended] = (await api.enrolments.list({ contactId: ana, status: 'ended' })).items;
    expect(ended).toMatchObject({ sequenceId: one, exitReason: 'removed' });
    const audit = await database.db.selectFrom('auditLog').select(['action', 'details']).orderBy('id', 'desc').executeTakeFirstOrThrow();
    expect(audit).toMatchObject({ action: 'contact.removedFromSequence', details: { sequenceId: one, count: 1 } });
    await expect(api.contacts.removeFromSequence({ filter: {}, sequenceId: nobody })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('takes all that a filter means out of every sequence, and counts only who was in one', async () => {
    const [one, other] = [await sequence(), await sequence()];
    const [ana = '', bia = '', caio = ''] = await makeContacts(database.db, at.workspaceId, 3);
    await api.contacts.tag({ contactIds: [ana, caio], tags: ['sair'] });
    for (const sequenceId of [one, other]) await api.enrolments.enrol({ sequenceId, contactIds: [ana, bia] });
    expect(await api.contacts.removeFromSequence({ filter: { tag: 'sair' } })).toEqual({ accepted: { count: 1 }, refused: [] });
    expect([await open(one), await open(other)]).toEqual([[bia], [bia]]);
  });

  it('of thousands is an operation with progress', async () => {
    const sequenceId = await sequence();
    const contactIds = await makeContacts(database.db, at.workspaceId, 2_300);
    await api.enrolments.enrol({ sequenceId, contactIds: contactIds.slice(0, 900) });
    await api.enrolments.enrol({ sequenceId, contactIds: contactIds.slice(900, 1_800) });
    const [last = ''] = contactIds.slice(-1);
    await api.enrolments.enrol({ sequenceId, contactIds: contactIds.slice(1_800, 2_200) });
    const answer = await api.contacts.removeFromSequence({ filter: {}, sequenceId });
    if (!('operationId' in answer)) throw new Error('expected an operation');
    expect(await api.operations.get({ id: answer.operationId })).toMatchObject({
      kind: 'removeFromSequence',
      status: 'queued',
      total: 2_200,
    });
    await api.enrolments.enrol({ sequenceId, contactIds: [last] });
    await runOperation(database.db, at.workspaceId, answer.operationId);
    expect(await api.operations.get({ id: answer.operationId })).toMatchObject({ status: 'done', refused: 0 });
    expect(await open(sequenceId)).toEqual([]);
    const { rows } = await sql<{ by: string; count: number }>`
      select actor_kind as by, count(*) as count from enrolment_events where workspace_id = ${at.workspaceId} and kind = 'exited' group by 1`.execute(
      database.db,
    );
    expect(rows).toEqual([{ by: at.actor.kind, count: 2_201 }]);
  });
});

describe('contacts up to the limit', () => {
  it('are changed at once, and one more makes an operation of it', async () => {
    const contactIds = await makeContacts(database.db, at.workspaceId, 1_000);
    expect(await api.contacts.tag({ filter: {}, tags: ['todos'] })).toEqual({ accepted: { count: 1_000 }, refused: [] });
    expect(await api.contacts.tag({ contactIds, tags: ['os mesmos'] })).toEqual({ accepted: { count: 1_000 }, refused: [] });
    await makeContacts(database.db, at.workspaceId, 1);
    expect(await api.contacts.tag({ filter: {}, tags: ['todos'] })).toEqual({ operationId: expect.any(String) });
  });
});

describe('an owner for many contacts', () => {
  const makeMember = async (workspaceId: string): Promise<string> => {
    const user = { email: `${crypto.randomUUID()}@exemplo.com`, name: 'Rui', passwordHash: '-' };
    const { id: userId } = await database.db.insertInto('users').values(user).returning('id').executeTakeFirstOrThrow();
    const member = { workspaceId, userId, role: 'editor' as const };
    return (await database.db.insertInto('members').values(member).returning('id').executeTakeFirstOrThrow()).id;
  };

  it('is set by selection and by filter, and taken away', async () => {
    const ownerId = await makeMember(at.workspaceId);
    const [ana = '', bia = ''] = await makeContacts(database.db, at.workspaceId, 3);
    expect(await api.contacts.setOwner({ contactIds: [ana, bia], ownerId })).toEqual({ accepted: { count: 2 }, refused: [] });
    expect(await api.contacts.setOwner({ filter: { where: { on: 'owner', op: 'isEmpty' } }, ownerId })).toMatchObject({
      accepted: { count: 1 },
    });
    expect(await api.contacts.setOwner({ contactIds: [ana], ownerId: null })).toMatchObject({ accepted: { count: 1 } });
    expect((await api.contacts.list({ where: { on: 'owner', op: 'isEmpty' } })).items.map(({ id }) => id)).toEqual([ana]);
  });

  it('is a member of this workspace', async () => {
    const [ana = ''] = await makeContacts(database.db, at.workspaceId, 1);
    const ownerId = await makeMember((await makeWorkspace(database.db)).workspaceId);
    await expect(api.contacts.setOwner({ contactIds: [ana], ownerId })).rejects.toMatchObject({
      cause: { details: { problem: 'ownerUnknown' } },
    });
  });

  it('of thousands is set by an operation', async () => {
    const ownerId = await makeMember(at.workspaceId);
    await makeContacts(database.db, at.workspaceId, 2_100);
    const answer = await api.contacts.setOwner({ filter: {}, ownerId });
    if (!('operationId' in answer)) throw new Error('expected an operation');
    await runOperation(database.db, at.workspaceId, answer.operationId);
    expect(await api.operations.get({ id: answer.operationId })).toMatchObject({ status: 'done', total: 2_100, accepted: 2_100 });
    expect(await api.contacts.count({ where: { on: 'owner', op: 'isAnyOf', memberIds: [ownerId] } })).toEqual({
      count: 2_100,
      isExact: true,
    });
  });

  it('who leaves the workspace meanwhile is not set, and the operation says why it ended', async () => {
    const ownerId = await makeMember(at.workspaceId);
    await makeContacts(database.db, at.workspaceId, 1_100);
    const answer = await api.contacts.setOwner({ filter: {}, ownerId });
    if (!('operationId' in answer)) throw new Error('expected an operation');
    await database.db.deleteFrom('members').where('id', '=', ownerId).execute();
    await runOperation(database.db, at.workspaceId, answer.operationId);
    const { status, accepted, error } = await api.operations.get({ id: answer.operationId });
    expect({ status, accepted }).toEqual({ status: 'failed', accepted: 0 });
    expect(error).toMatch(/^ownerLeft: The member who was to be the owner has left the workspace meanwhile\./);
    expect(await api.contacts.count({ where: { on: 'owner', op: 'isEmpty' } })).toEqual({ count: 1_100, isExact: true });
  });
});
