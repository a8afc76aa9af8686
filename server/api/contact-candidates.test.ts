/** Filters that an index is asked for first name everyone who may match. */
import { type RawBuilder, sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { candidatesOf } from '#db/queries/contact-candidates.ts';
import { conditionSql } from '#db/queries/contact-conditions.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { ContactCondition } from '#server/domain/contact/filter.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { makeEmptyWorkspace, type SystemApi } from './authorisation/empty-workspace.ts';

const database = useTestDatabase();
let workspaceId = '';
let api: SystemApi;

async function startAfresh(): Promise<void> {
  ({ workspaceId, api } = await makeEmptyWorkspace(database.db));
}

describe('what an index is asked for names everyone who may match', () => {
  const long = 'f0'.repeat(64);
  const texts = [
    'C:\\new\\temp',
    'linha\u000bnova',
    long,
    'ß'.repeat(60),
    'กรุงเทพ',
    '100㎏',
    'Acme℠',
    '①②③',
    'ʹʹʹ',
    'jose\u0301 lima',
    'anabela',
  ];

  beforeAll(async () => {
    await startAfresh();
    await api.contacts.createField({ label: 'Texto' });
    for (const [n, texto] of texts.entries()) await api.contacts.create({ name: `${n}`, fields: { texto } });
  });

  /** By every index that could be asked, and by looking at everyone. */
  async function found(where: ContactCondition): Promise<[string[][], string[]]> {
    const id = workspaceId as WorkspaceId;
    const matches = conditionSql(id, where);
    const read = async (from: RawBuilder<unknown>, named = sql`select`): Promise<string[]> =>
      (
        await sql<{ name: string }>`
          with named as (${named}) select c.name from ${from} where c.workspace_id = ${id} and ${matches} order by 1`.execute(database.db)
      ).rows.map(({ name }) => name);
    return [await Promise.all(candidatesOf(id, where).map(({ contacts, named }) => read(contacts, named))), await read(sql`contacts c`)];
  }

  it.each([...texts.entries()])('also text %i, %j', async (n, text) => {
    for (const op of ['is', 'startsWith', 'contains'] as const) {
      const [named, all] = await found({ on: 'field', key: 'texto', op, value: text });
      expect(all).toEqual([`${n}`]);
      for (const some of named) expect(some).toEqual(all);
    }
    const [named, all] = await found({ on: 'search', value: text });
    for (const some of named) expect(some).toEqual(all);
  });

  it.each(['ana@', 'ana.', 'lim,'])('also where %s is searched for, which goes on', async (value) => {
    const [named, all] = await found({ on: 'search', value });
    expect(all).toHaveLength(1);
    expect(named).toEqual([all]);
  });

  it.each(['ʹ', '①', 'ʹʹʹ'])('nobody is found by the sign %s, which leaves no word', async (value) => {
    expect((await found({ on: 'search', value }))[1]).toEqual([]);
    expect(await api.contacts.count({ search: value })).toEqual({ count: 0, isExact: true });
  });
});
