import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { systemActor } from '#server/auth/actor.ts';
import { runOperation } from '#server/use-cases/operations/run-operation.ts';
import { appRouter } from './root.ts';
import { createCaller } from './trpc.ts';

const database = useTestDatabase();
let workspaceId = '';
let api: ReturnType<typeof callerOf>;

const callerOf = (id: string) => createCaller(appRouter)({ db: database.db, actor: systemActor(id) });

async function startAfresh(): Promise<void> {
  const workspace = { slug: crypto.randomUUID(), name: 'Acme' };
  ({ id: workspaceId } = await database.db.insertInto('workspaces').values(workspace).returning('id').executeTakeFirstOrThrow());
  api = callerOf(workspaceId);
}

beforeEach(startAfresh);

describe('a segment', () => {
  it('is a filter under a name, alone and as part of others', async () => {
    await api.contacts.create({ name: 'Ana', tags: ['vip'] });
    await api.contacts.create({ name: 'Bia' });
    const vip = await api.segments.create({ name: 'VIPs', filter: { tag: 'VIP' } });
    expect((await api.contacts.list({ segmentId: vip.id })).items.map((item) => item.name)).toEqual(['Ana']);
    const others = await api.segments.create({ name: 'Outros', filter: { where: { on: 'segment', op: 'isNot', segmentId: vip.id } } });
    expect((await api.contacts.list({ segmentId: others.id })).items.map((item) => item.name)).toEqual(['Bia']);
    expect(await api.contacts.count({ segmentId: others.id, search: 'ana' })).toEqual({ count: 0, isExact: true });
    expect((await api.segments.list()).items.map((item) => item.name)).toEqual(['Outros', 'VIPs']);
  });

  it('cannot take a taken name, contain itself, or go while another is made of it', async () => {
    const a = await api.segments.create({ name: 'A', filter: {} });
    const b = await api.segments.create({ name: 'B', filter: { segmentId: a.id } });
    await expect(api.segments.create({ name: 'a', filter: {} })).rejects.toMatchObject({ cause: { code: 'alreadyExists' } });
    await expect(api.segments.update({ id: a.id, filter: { segmentId: b.id } })).rejects.toMatchObject({
      cause: { details: { problem: 'segmentLoop' } },
    });
    await expect(api.segments.delete({ id: a.id })).rejects.toMatchObject({ cause: { code: 'conflict', details: { name: 'B' } } });
    await api.segments.delete({ id: b.id });
    await api.segments.delete({ id: a.id });
    await expect(api.contacts.list({ segmentId: a.id })).rejects.toMatchObject({ cause: { details: { problem: 'segmentUnknown' } } });
  });

  it('goes on meaning whom it meant in an operation that began before it was changed', async () => {
    await api.contacts.createField({ label: 'Lote' });
    await sql`insert into contacts (workspace_id, name) select ${workspaceId}, 'Pessoa ' || n from generate_series(1, 1500) n`.execute(
      database.db,
    );
    const segment = await api.segments.create({ name: 'Todos', filter: { search: 'pessoa' } });
    const answer = await api.contacts.setField({ filter: { segmentId: segment.id }, key: 'lote', value: '7' });
    await api.segments.delete({ id: segment.id });
    if (!('operationId' in answer)) throw new Error('expected an operation');
    await runOperation(database.db, systemActor(workspaceId).workspaceId, answer.operationId);
    expect(await api.operations.get({ id: answer.operationId })).toMatchObject({ status: 'done', total: 1500, accepted: 1500 });
    expect(await api.contacts.count({ where: { on: 'field', key: 'lote', op: 'is', value: '7' } })).toEqual({ count: 1500, isExact: true });
  });
});
