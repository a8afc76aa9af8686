import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { systemActor } from '#server/auth/actor.ts';
import { runOperation } from '#server/use-cases/operations/run-operation.ts';
import { makeEmptyWorkspace, type SystemApi } from './authorisation/empty-workspace.ts';

const database = useTestDatabase();
let workspaceId = '';
let api: SystemApi;

async function startAfresh(): Promise<void> {
  ({ workspaceId, api } = await makeEmptyWorkspace(database.db));
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
    await api.segments.create({ name: 'todos', filter: {} });
    expect((await api.segments.list()).items.map((item) => item.name)).toEqual(['Outros', 'todos', 'VIPs']);
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

  it('does not go while a trigger asks for it', async () => {
    const { id: segmentId } = await api.segments.create({ name: 'VIPs', filter: { tag: 'VIP' } });
    const { id: sequenceId } = await api.sequences.create({ name: 'Boas-vindas' });
    await api.triggers.create({ sequenceId, on: { kind: 'contactCreated' }, condition: { where: { on: 'segment', op: 'is', segmentId } } });
    await expect(api.segments.delete({ id: segmentId })).rejects.toMatchObject({
      cause: { code: 'conflict', details: { problem: 'segmentInTrigger', name: 'Boas-vindas' } },
    });
  });

  it('of everybody leaves nobody when it is not to hold, however many there are', async () => {
    const everybody = await api.segments.create({ name: 'Todos', filter: {} });
    await api.contacts.create({ name: 'Ana' });
    const where = { on: 'segment', op: 'isNot', segmentId: everybody.id } as const;
    expect(await api.contacts.count({ where })).toEqual({ count: 0, isExact: true });
    await sql`insert into contacts (workspace_id, name) select ${workspaceId}::uuid, 'P' || g from generate_series(1, 600) g`.execute(
      database.db,
    );
    expect((await api.contacts.list({ where })).items).toEqual([]);
  });

  it('is refused when segments within segments go deeper than can be kept', async () => {
    let filter: Parameters<typeof api.segments.create>[0]['filter'] = { tag: 'VIP' };
    for (let n = 0; n < 12; n += 1) {
      const { id: segmentId } = await api.segments.create({ name: `S${n}`, filter });
      filter = { where: { on: 'all', of: [{ on: 'any', of: [{ on: 'none', of: [{ on: 'segment', op: 'is', segmentId }] }] }] } };
      const isRefused = await api.contacts.count(filter).then(
        () => false,
        (error: { cause?: { details?: { problem?: string } } }) => error.cause?.details?.problem === 'filterTooLarge',
      );
      if (isRefused) return;
    }
    expect.fail('nothing was too deep');
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
