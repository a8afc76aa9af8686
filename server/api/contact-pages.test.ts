import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { ContactCondition } from '#server/domain/contact/filter.ts';
import { makeEmptyWorkspace, type SystemApi } from './authorisation/empty-workspace.ts';

const database = useTestDatabase();
let workspaceId = '';
let api: SystemApi;

async function startAfresh(): Promise<void> {
  ({ workspaceId, api } = await makeEmptyWorkspace(database.db));
}

describe('the search', () => {
  beforeEach(startAfresh);

  it.each([
    '(11) 98765-4321',
    '011 98765-4321',
    '015 11 98765-4321',
    '+55 11 98765-4321',
    '5511987654321',
    '11 8765-4321',
    '98765-4321',
    'ana 98765-4321',
  ])('finds a phone written as %s', async (search) => {
    await api.contacts.create({ name: 'Ana', phone: '11987654321' });
    await api.contacts.create({ name: 'Bia', phone: '11987650000' });
    expect((await api.contacts.list({ search })).items.map((item) => item.name)).toEqual(['Ana']);
  });

  it.each(['2025-02-03', '03/02/2025', '3/2/2025', '03.02.2025', 'ana 3/2/2025'])('finds a date written as %s', async (search) => {
    await api.contacts.createField({ key: 'adesao', label: 'Adesão', kind: 'date' });
    await api.contacts.create({ name: 'Ana', fields: { adesao: '2025-02-03' } });
    await api.contacts.create({ name: 'Bia', fields: { adesao: '2025-03-02' } });
    expect((await api.contacts.list({ search })).items.map((item) => item.name)).toEqual(['Ana']);
  });

  it.each(['98765', '(11) 987', '11987', '+55 11 987', '5511987', '4321', '321', '8765-4321', 'an 4321'])(
    'finds a phone while it is typed: %s',
    async (search) => {
      await api.contacts.create({ name: 'Ana', phone: '11987654321' });
      await api.contacts.create({ name: 'Bia', phone: '21976540000' });
      expect((await api.contacts.list({ search })).items.map((item) => item.name)).toEqual(['Ana']);
    },
  );

  it.each([
    ['joão', ['João D’Ávila-Prado']],
    ['avila joao', ['João D’Ávila-Prado']],
    ['pra', ['João D’Ávila-Prado']],
    ['vila', []],
    ['joao.avi', ['João D’Ávila-Prado']],
    ['joao.avila@ex', ['João D’Ávila-Prado']],
    ['exemplo', ['João D’Ávila-Prado']],
    ['M-48', ['João D’Ávila-Prado']],
    ['segunda', ['João D’Ávila-Prado']],
    ['x'.repeat(180), ['João D’Ávila-Prado']],
    ['ana', ['Ana']],
  ])('finds words by their beginnings: %s', async (search, names) => {
    await api.contacts.createField({ label: 'Nota' });
    const nota = `primeira linha\nsegunda "linha" ${'x'.repeat(1_900)} fim`;
    await api.contacts.create({ name: 'João D’Ávila-Prado', email: 'joao.avila@exemplo.com', externalId: 'M-48210', fields: { nota } });
    await api.contacts.create({ name: 'Ana', fields: { nota: `${'palavra '.repeat(240)}` } });
    expect((await api.contacts.list({ search })).items.map((item) => item.name)).toEqual(names);
  });

  it('finds what stands in custom fields', async () => {
    await api.contacts.createField({ label: 'Cidade' });
    await api.contacts.createField({ label: 'Contrato', kind: 'number' });
    await api.contacts.create({ name: 'Ana', fields: { cidade: 'Florianópolis', contrato: 48_210 } });
    await api.contacts.create({ name: 'Bia' });
    const found = async (search: string) => (await api.contacts.list({ search })).items.map((item) => item.name);
    expect(await found('florianopolis')).toEqual(['Ana']);
    expect(await found('48210 ana')).toEqual(['Ana']);
  });
});

describe('the order of the list', () => {
  beforeEach(startAfresh);

  it.each(['created', 'name', 'updated'] as const)('by %s goes page by page without a gap, both ways', async (sort) => {
    for (const name of ['Érica', 'ana', 'Bruno', 'Ana', 'Caio', 'Davi']) await api.contacts.create({ name });
    await api.contacts.create({ email: 'bento@exemplo.com' });
    const read = async (direction: 'asc' | 'desc') => {
      const seen: (string | null)[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof api.contacts.list>> = await api.contacts.list({ sort, direction, limit: 2, cursor });
        seen.push(...page.items.map((item) => item.name));
        cursor = page.nextCursor;
      } while (cursor !== null);
      return seen;
    };
    const forwards = await read('asc');
    expect(forwards).toHaveLength(7);
    expect(await read('desc')).toEqual([...forwards].reverse());
    if (sort === 'name')
      expect(forwards.map((name) => name?.toLowerCase())).toEqual(['ana', 'ana', undefined, 'bruno', 'caio', 'davi', 'érica']);
  });
});

describe('with many contacts', () => {
  beforeAll(async () => {
    await startAfresh();
    await api.contacts.createField({ label: 'Pontos', kind: 'number' });
    await api.contacts.createField({ label: 'Nota' });
    const nota = `colibri ${'x'.repeat(1_900)} florada`;
    const { id: writtenTo } = await api.contacts.create({
      name: 'Zuleica',
      phone: '11987654321',
      email: 'zu.leica@exemplo.com',
      externalId: 'M-48210',
      fields: { nota },
    });
    await sql`insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, body, accepted_at)
      select ${workspaceId}, 'out', 'member', ${writtenTo}, gen_random_uuid(), 'accepted', 'Oi', andante_now()`.execute(database.db);
    await sql`insert into contacts (workspace_id, name, fields) select ${workspaceId}, 'Pessoa ' || n,
        jsonb_build_object('pontos', n) || case when n % 6 = 0 then '{"nota": "Lima"}' else '{}' end::jsonb
      from generate_series(1, 31000) n`.execute(database.db);
    await sql`analyze contacts`.execute(database.db);
  });

  it('the rare one is found by an index wherever it stands, and without one page by page', async () => {
    expect((await api.contacts.list({ search: 'pessoa 30999' })).items).toHaveLength(1);
    expect(
      (await api.contacts.list({ where: { on: 'field', key: 'pontos', op: 'is', value: 123 } })).items.map((item) => item.name),
    ).toEqual(['Pessoa 123']);
    const where: ContactCondition = { on: 'field', key: 'pontos', op: 'lessThan', value: 3 };
    const first = await api.contacts.list({ where });
    expect(first.items).toEqual([]);
    const second = await api.contacts.list({ where, cursor: first.nextCursor });
    expect(second).toMatchObject({ items: [{ name: 'Pessoa 2' }, { name: 'Pessoa 1' }], nextCursor: null });
  });

  it.each([
    'zul',
    'leica@exemplo.com',
    'm-48210',
    '98765',
    '987654321',
    '11987',
    '+55 11 98765',
    '4321',
    'x'.repeat(150),
    'colibri florada',
  ])('who stands behind all others is found by %s', async (search) => {
    expect((await api.contacts.list({ search })).items.map((item) => item.name)).toContain('Zuleica');
  });

  it.each<ContactCondition>([
    { on: 'name', op: 'startsWith', value: 'Zul' },
    { on: 'contacted', op: 'inLastDays', days: 7 },
    { on: 'email', op: 'startsWith', value: 'zu.lei' },
    { on: 'phone', op: 'startsWith', value: '11 98765' },
    { on: 'field', key: 'nota', op: 'startsWith', value: 'Colibri xxx' },
    {
      on: 'any',
      of: [
        { on: 'name', op: 'is', value: 'ZULEICA' },
        { on: 'email', op: 'is', value: 'zu@exemplo.com' },
      ],
    },
  ])('who stands behind all others is found by %o', async (where) => {
    expect((await api.contacts.list({ where })).items.map((item) => item.name)).toEqual(['Zuleica']);
  });

  it('are counted exactly up to ten thousand, and estimated above', async () => {
    expect(await api.contacts.count({ where: { on: 'field', key: 'pontos', op: 'atMost', value: 10_000 } })).toEqual({
      count: 10_000,
      isExact: true,
    });
    const everybody = await api.contacts.count();
    expect(everybody.isExact).toBe(false);
    expect(Math.abs(everybody.count - 31_000)).toBeLessThan(2_000);
    const { count, isExact } = await api.contacts.count({ where: { on: 'field', key: 'pontos', op: 'atMost', value: 25_000 } });
    expect(isExact).toBe(false);
    expect(count).toBeGreaterThan(19_000);
    expect(count).toBeLessThan(31_000);
  });

  it('are estimated without a look at everybody where that is asked for', async () => {
    const where: ContactCondition = { on: 'field', key: 'pontos', op: 'atMost', value: 5_000 };
    expect(await api.contacts.count({ where })).toEqual({ count: 5_000, isExact: true });
    const { count, isExact } = await api.contacts.count({ where, precision: 'quick' });
    expect(isExact).toBe(false);
    expect(count).toBeGreaterThan(3_000);
    expect(count).toBeLessThan(7_000);
    const { count: everybody } = await database.db
      .selectFrom('contacts')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('workspaceId', '=', workspaceId)
      .executeTakeFirstOrThrow();
    expect(await api.contacts.count({ precision: 'exact' })).toEqual({ count: Number(everybody), isExact: true });
    // An index names them, and they are few to look at.
    expect(await api.contacts.count({ search: 'pessoa 30999', precision: 'quick' })).toEqual({ count: 1, isExact: true });
    // It names these as well, but that takes longer than the sample.
    expect(await api.contacts.count({ search: 'lima', precision: 'quick' })).toMatchObject({ isExact: false });
    expect(await api.contacts.count({ search: 'lima' })).toEqual({ count: 5_166, isExact: true });
  });
});

describe('many contacts of long ago', () => {
  const importId = crypto.randomUUID();

  beforeAll(async () => {
    await startAfresh();
    await api.contacts.create({ name: 'Etiqueta', tags: ['antiga'] });
    await sql`
      with made as (insert into contacts (workspace_id, name) select ${workspaceId}::uuid, 'Antigo ' || g from generate_series(1, 6000) g returning id),
      tagged as (insert into contact_tags (workspace_id, contact_id, tag_id)
        select ${workspaceId}::uuid, m.id, t.id from made m join tags t on t.workspace_id = ${workspaceId})
      insert into import_rows (workspace_id, import_id, line, outcome, contact_id)
      select ${workspaceId}::uuid, ${importId}::uuid, 2 * row_number() over () + k, case k when 0 then 'created' else 'merged' end, m.id
      from made m cross join generate_series(0, 1) k`.execute(database.db);
    await sql`insert into contacts (workspace_id, name) select ${workspaceId}::uuid, 'Novo ' || g from generate_series(1, 21000) g`.execute(
      database.db,
    );
    // Some are gone since, and their rows stay.
    await sql`delete from contacts where workspace_id = ${workspaceId} and name like 'Antigo %7'`.execute(database.db);
    await sql`analyze contacts, contact_tags, import_rows`.execute(database.db);
  }, 60_000);

  it.each<[string, ContactCondition]>([
    ['by an import', { on: 'import', op: 'created', importIds: [importId] }],
    ['by a tag', { on: 'tags', op: 'hasAny', tags: ['Antiga'] }],
    [
      'by both and a name',
      {
        on: 'all',
        of: [
          { on: 'name', op: 'contains', value: 'ntigo' },
          { on: 'tags', op: 'hasAll', tags: ['antiga'] },
          { on: 'import', op: 'named', importIds: [importId] },
        ],
      },
    ],
  ])('are found on the first page %s, and each once to the end', async (_how, where) => {
    const page = await api.contacts.list({ where, limit: 200 });
    expect(page.items).toHaveLength(200);
    const seen = new Set<string>(page.items.map(({ id }) => id));
    let pages = 1;
    for (let cursor = page.nextCursor; cursor !== null; pages += 1) {
      const next: typeof page = await api.contacts.list({ where, cursor, limit: 200 });
      for (const { id } of next.items) {
        expect(seen.has(id)).toBe(false);
        seen.add(id);
      }
      cursor = next.nextCursor;
    }
    const { count } = await api.contacts.count({ where, precision: 'exact' });
    expect(seen.size).toBe(count);
    expect(pages).toBeLessThan(40);
  });

  it('are found the other way round, too', async () => {
    const where: ContactCondition = { on: 'import', op: 'created', importIds: [importId] };
    const { items } = await api.contacts.list({ where, direction: 'asc', limit: 200 });
    expect(items[0]?.name).toBe('Antigo 1');
    expect(items).toHaveLength(200);
  });
});
