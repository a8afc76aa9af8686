/** Filters by what is recorded of contacts in other tables: consents with source and date, what imports did. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { candidatesOf } from '#db/queries/contact-candidates.ts';
import { conditionSql } from '#db/queries/contact-conditions.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ContactCondition, contactConditionSchema } from '#server/domain/contact/filter.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { makeEmptyWorkspace, type SystemApi, systemApi } from './authorisation/empty-workspace.ts';

const database = useTestDatabase();
let workspaceId = '';
let api: SystemApi;

async function startAfresh(): Promise<Map<string, string>> {
  ({ workspaceId, api } = await makeEmptyWorkspace(database.db));
  const made = new Map<string, string>();
  for (const name of ['Ana', 'Bia', 'Caio', 'Davi']) made.set(name, (await api.contacts.create({ name })).id);
  return made;
}

/** Names of those of whom `where` holds; the same by every index that could be asked. */
async function names(where: ContactCondition): Promise<(string | null)[]> {
  const id = workspaceId as WorkspaceId;
  const found = (await api.contacts.list({ where, sort: 'name' })).items.map((item) => item.name);
  const matches = conditionSql(id, where);
  for (const { named, contacts } of candidatesOf(id, where)) {
    const { rows } = await sql<{ name: string }>`
      with named as (${named}) select distinct c.name from ${contacts} where c.workspace_id = ${id} and ${matches} order by 1`.execute(
      database.db,
    );
    expect(rows.map(({ name }) => name)).toEqual(found);
  }
  return found;
}

describe('a consent is asked for', () => {
  beforeAll(async () => {
    await database.setClock('2026-11-26T12:00:00Z');
    const made = await startAfresh();
    const consent = (name: string, channelKind: 'smtp' | 'sandbox', status: 'given' | 'withdrawn', source: string, at: string) =>
      api.contacts.setConsent({ id: made.get(name) ?? '', channelKind, status, source, at });
    await consent('Ana', 'smtp', 'given', 'Ficha de inscrição', '2026-11-20T12:00:00Z');
    await consent('Bia', 'smtp', 'given', 'Feira de Março, 100%', '2026-03-10T12:00:00Z');
    await consent('Bia', 'sandbox', 'given', 'Ficha', '2026-11-25T12:00:00Z');
    await consent('Caio', 'smtp', 'withdrawn', 'E-mail de 2 de março', '2026-03-02T12:00:00Z');
  });

  it.each<[string, ContactCondition, string[]]>([
    ['in the last days', { on: 'consent', op: 'given', inLastDays: 7 }, ['Ana', 'Bia']],
    ['in the last days, for one channel', { on: 'consent', op: 'given', channelKind: 'smtp', inLastDays: 7 }, ['Ana']],
    ['before a day', { on: 'consent', op: 'given', before: '2026-04-01T00:00:00Z' }, ['Bia']],
    ['since an instant, which counts', { on: 'consent', op: 'given', channelKind: 'smtp', since: '2026-11-20T12:00:00Z' }, ['Ana']],
    [
      'between two days, of either kind',
      { on: 'consent', op: 'isNotEmpty', since: '2026-03-01T00:00:00Z', before: '2026-03-11T00:00:00Z' },
      ['Bia', 'Caio'],
    ],
    ['by a part of its source, without case and accents', { on: 'consent', op: 'isNotEmpty', source: 'MARCO' }, ['Bia', 'Caio']],
    ['by signs in its source', { on: 'consent', op: 'given', source: '0%' }, ['Bia']],
    ['by source and date of one record', { on: 'consent', op: 'given', source: 'feira', inLastDays: 7 }, []],
    ['as missing from a source', { on: 'consent', op: 'notGiven', source: 'ficha' }, ['Caio', 'Davi']],
    ['as not recorded since then', { on: 'consent', op: 'isEmpty', inLastDays: 30 }, ['Caio', 'Davi']],
  ])('%s', async (_what, where, expected) => {
    expect(await names(where)).toEqual(expected);
  });

  it('not by a date that is none', () => {
    const dated = (since: string) => contactConditionSchema.safeParse({ on: 'consent', op: 'given', since }).success;
    expect([dated('2026-03-01T00:00:00-03:00'), dated('2026-03-01'), dated('')]).toEqual([true, false, false]);
  });
});

describe('what an import did is asked for', () => {
  const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];

  beforeAll(async () => {
    const made = await startAfresh();
    const row = (importId: string, line: number, outcome: string, name: string | null, enrolmentId: string | null = null) =>
      sql`
      insert into import_rows (workspace_id, import_id, line, outcome, contact_id, enrolment_id)
      values (${workspaceId}, ${importId}, ${line}, ${outcome}, ${name && made.get(name)}, ${enrolmentId})`.execute(database.db);
    await row(first, 2, 'created', 'Ana', crypto.randomUUID());
    await row(first, 3, 'merged', 'Ana');
    await row(first, 4, 'updated', 'Bia');
    await row(first, 5, 'rejected', null);
    await row(second, 2, 'unchanged', 'Bia', crypto.randomUUID());
    await row(second, 3, 'updated', 'Caio');
  });

  it.each<[string, 'createdOrUpdated' | 'created' | 'updated' | 'enrolled' | 'named' | 'notNamed', string[], string[]]>([
    ['made or changed', 'createdOrUpdated', [first], ['Ana', 'Bia']],
    ['made', 'created', [first], ['Ana']],
    ['changed', 'updated', [first], ['Bia']],
    ['changed, by either of two', 'updated', [first, second], ['Bia', 'Caio']],
    ['enrolled, also whom it left as they were', 'enrolled', [second], ['Bia']],
    ['in its file', 'named', [second], ['Bia', 'Caio']],
    ['not in its file', 'notNamed', [first], ['Caio', 'Davi']],
    ['of an import that is gone', 'named', [crypto.randomUUID()], []],
  ])('%s', async (_what, op, importIds, expected) => {
    expect(await names({ on: 'import', op, importIds })).toEqual(expected);
  });

  it('by a segment, which a bulk change follows', async () => {
    const where: ContactCondition = { on: 'import', op: 'updated', importIds: [second] };
    const { id: segmentId } = await api.segments.create({ name: 'Da segunda planilha', filter: { where } });
    expect(await api.contacts.tag({ filter: { segmentId }, tags: ['planilha'] })).toMatchObject({ accepted: { count: 1 } });
    expect(await names({ on: 'tags', op: 'hasAny', tags: ['planilha'] })).toEqual(['Caio']);
  });

  it('never of another workspace', async () => {
    const { id } = await database.db.insertInto('workspaces').values({ slug: 'b', name: 'B' }).returning('id').executeTakeFirstOrThrow();
    const { items } = await systemApi(database.db, id).contacts.list({ where: { on: 'import', op: 'named', importIds: [first] } });
    expect(items).toEqual([]);
  });
});
