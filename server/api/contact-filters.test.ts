import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { ContactCondition } from '#server/domain/contact/filter.ts';
import { makeEmptyWorkspace, type SystemApi, systemApi } from './authorisation/empty-workspace.ts';

const database = useTestDatabase();
let workspaceId = '';
let api: SystemApi;

async function startAfresh(): Promise<void> {
  ({ workspaceId, api } = await makeEmptyWorkspace(database.db));
}

/** Names of those of whom `where` holds, by name. */
async function names(where: ContactCondition): Promise<(string | null)[]> {
  const { items } = await api.contacts.list({ where, sort: 'name' });
  expect(await api.contacts.count({ where })).toEqual({ count: items.length, isExact: true });
  return items.map((item) => item.name);
}

describe('a filter', () => {
  beforeAll(async () => {
    await startAfresh();
    await api.contacts.createField({ label: 'Cidade' });
    await api.contacts.createField({ label: 'Pontos', kind: 'number' });
    await api.contacts.createField({ label: 'Nascimento', kind: 'date' });
    await api.contacts.createField({ label: 'Cliente', kind: 'boolean' });
    await api.contacts.createField({ label: 'Plano', kind: 'choice', options: ['Ouro', 'Prata', 'Bronze'] });
    await api.contacts.create({
      name: 'Ana Conceição',
      phone: '11987654321',
      email: 'ana@exemplo.com',
      locale: 'pt-BR',
      tags: ['VIP', 'Feira'],
      fields: { cidade: 'São Paulo', pontos: 120, nascimento: '1990-05-20', cliente: true, plano: 'ouro' },
    });
    await api.contacts.create({
      name: 'Bruno 50%',
      phone: '21987654321',
      timeZone: 'Europe/Lisbon',
      tags: ['Feira'],
      fields: { cidade: 'Vila "do" Conde', pontos: 80.5, nascimento: '2001-01-01', cliente: false, plano: 'Prata' },
    });
    await api.contacts.create({ email: 'Caio@Exemplo.com' });
  });

  it.each<[string, ContactCondition, string[]]>([
    ['the name, without case and accents', { on: 'name', op: 'is', value: 'ana conceicao' }, ['Ana Conceição']],
    ['a part of the name', { on: 'name', op: 'contains', value: '50%' }, ['Bruno 50%']],
    ['the beginning of the name', { on: 'name', op: 'startsWith', value: 'BRU' }, ['Bruno 50%']],
    ['another name', { on: 'name', op: 'isNot', value: 'Ana Conceição' }, ['Bruno 50%', 'null']],
    ['no name', { on: 'name', op: 'isEmpty' }, ['null']],
    ['an e-mail', { on: 'email', op: 'is', value: 'caio@exemplo.COM' }, ['null']],
    ['an e-mail at a domain', { on: 'email', op: 'contains', value: '@exemplo' }, ['Ana Conceição', 'null']],
    ['a phone in another form', { on: 'phone', op: 'is', value: '011 98765-4321' }, ['Ana Conceição']],
    ['a phone of an area', { on: 'phone', op: 'startsWith', value: '(21)' }, ['Bruno 50%']],
    ['a phone of another country', { on: 'phone', op: 'startsWith', value: '+98' }, []],
    ['a part of a phone', { on: 'phone', op: 'notContains', value: '8765-4' }, ['null']],
    ['a language', { on: 'locale', op: 'isNot', value: 'pt-BR' }, ['Bruno 50%', 'null']],
    ['a zone', { on: 'timeZone', op: 'is', value: 'Europe/Lisbon' }, ['Bruno 50%']],
    ['any of some tags', { on: 'tags', op: 'hasAny', tags: ['vip', 'nada'] }, ['Ana Conceição']],
    ['all of some tags', { on: 'tags', op: 'hasAll', tags: ['vip', 'feira'] }, ['Ana Conceição']],
    ['none of some tags', { on: 'tags', op: 'hasNone', tags: ['VIP'] }, ['Bruno 50%', 'null']],
    ['no tags', { on: 'tags', op: 'isEmpty' }, ['null']],
    ['a text field', { on: 'field', key: 'cidade', op: 'is', value: 'sao paulo' }, ['Ana Conceição']],
    ['a text field with quotes', { on: 'field', key: 'cidade', op: 'contains', value: '"do" con' }, ['Bruno 50%']],
    ['a number', { on: 'field', key: 'pontos', op: 'is', value: 120 }, ['Ana Conceição']],
    ['a number as text', { on: 'field', key: 'pontos', op: 'atMost', value: '80,5' }, ['Bruno 50%']],
    ['a number above', { on: 'field', key: 'pontos', op: 'moreThan', value: 80.5 }, ['Ana Conceição']],
    ['a date before', { on: 'field', key: 'nascimento', op: 'lessThan', value: '2000-01-01' }, ['Ana Conceição']],
    ['a date', { on: 'field', key: 'nascimento', op: 'is', value: '01/01/2001' }, ['Bruno 50%']],
    ['yes', { on: 'field', key: 'cliente', op: 'is', value: true }, ['Ana Conceição']],
    ['not yes', { on: 'field', key: 'cliente', op: 'isNot', value: true }, ['Bruno 50%', 'null']],
    ['a choice', { on: 'field', key: 'plano', op: 'isAnyOf', values: ['Ouro', 'Prata'] }, ['Ana Conceição', 'Bruno 50%']],
    ['no choice', { on: 'field', key: 'plano', op: 'isEmpty' }, ['null']],
    [
      'and with or',
      {
        on: 'all',
        of: [
          { on: 'tags', op: 'hasAny', tags: ['feira'] },
          {
            on: 'any',
            of: [
              { on: 'field', key: 'pontos', op: 'lessThan', value: 100 },
              { on: 'email', op: 'isEmpty' },
            ],
          },
        ],
      },
      ['Bruno 50%'],
    ],
    [
      'none of several',
      {
        on: 'none',
        of: [
          { on: 'name', op: 'startsWith', value: 'ana' },
          { on: 'name', op: 'isEmpty' },
        ],
      },
      ['Bruno 50%'],
    ],
  ])('asks for %s', async (_what, where, expected) => {
    expect((await names(where)).map(String)).toEqual(expect.arrayContaining(expected));
    expect(await names(where)).toHaveLength(expected.length);
  });

  it('is refused with the reason when it asks for what is not there or does not fit', async () => {
    const list = (where: ContactCondition) => api.contacts.list({ where });
    const because = (problem: string) => ({ cause: { code: 'invalid', details: { problem } } });
    await expect(list({ on: 'field', key: 'altura', op: 'isEmpty' })).rejects.toMatchObject(because('fieldUnknown'));
    await expect(list({ on: 'field', key: 'cidade', op: 'lessThan', value: 3 })).rejects.toMatchObject(because('operatorUnfit'));
    await expect(list({ on: 'field', key: 'pontos', op: 'is', value: 'muitos' })).rejects.toMatchObject(because('fieldInvalid'));
    await expect(list({ on: 'name', op: 'is' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(list({ on: 'all', of: [] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    let deep: ContactCondition = { on: 'name', op: 'isEmpty' };
    for (let level = 0; level < 6; level += 1) deep = { on: 'any', of: [deep] };
    await expect(list(deep)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('reaches the same contacts in bulk changes as in the list', async () => {
    const where: ContactCondition = { on: 'field', key: 'plano', op: 'is', value: 'Ouro' };
    expect(await api.contacts.setField({ filter: { where }, key: 'plano', value: 'bronze' })).toEqual({
      accepted: { count: 1 },
      refused: [],
    });
    expect(await names({ on: 'field', key: 'plano', op: 'is', value: 'Bronze' })).toEqual(['Ana Conceição']);
    await expect(api.contacts.setField({ filter: { where }, key: 'plano', value: 'Latão' })).rejects.toMatchObject({
      cause: { details: { problem: 'fieldInvalid', field: 'plano' } },
    });
    await api.contacts.setField({ filter: {}, key: 'plano', value: null });
    expect(await names({ on: 'field', key: 'plano', op: 'isNotEmpty' })).toEqual([]);
  });

  it('keeps contacts of one workspace from another', async () => {
    const { id } = await database.db.insertInto('workspaces').values({ slug: 'b', name: 'B' }).returning('id').executeTakeFirstOrThrow();
    expect((await systemApi(database.db, id).contacts.list({ where: { on: 'email', op: 'isNotEmpty' } })).items).toEqual([]);
  });
});

it('any of several tags counts and lists each contact once, and all of them', { timeout: 60_000 }, async () => {
  await startAfresh();
  await api.contacts.create({ name: 'Sem etiqueta', tags: ['a', 'b'] });
  await sql`
    with made as (insert into contacts (workspace_id, name) select ${workspaceId}::uuid, 'P' || g from generate_series(1, 5999) g returning id),
    numbered as (select id, row_number() over () as n from made)
    insert into contact_tags (workspace_id, contact_id, tag_id)
    select ${workspaceId}::uuid, m.id, t.id from numbered m join tags t on t.workspace_id = ${workspaceId}
      and (t.name = 'a' and m.n < 4000 or t.name = 'b' and m.n >= 2000)`.execute(database.db);
  const where: ContactCondition = { on: 'tags', op: 'hasAny', tags: ['a', 'b'] };
  expect(await api.contacts.count({ where })).toEqual({ count: 6_000, isExact: true });
  const seen = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof api.contacts.list>> = await api.contacts.list({ where, cursor, limit: 200 });
    for (const { id } of page.items) {
      expect(seen.has(id)).toBe(false);
      seen.add(id);
    }
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen.size).toBe(6_000);
});

describe('what contacts did', () => {
  it('is asked for: in a sequence, replied, written to, created, opted out', async () => {
    await startAfresh();
    await database.setClock('2026-11-26T12:00:00Z');
    const [ana, bia, caio] = await Promise.all(['Ana', 'Bia', 'Caio'].map((name) => api.contacts.create({ name })));
    const { id: account } = await database.db
      .insertInto('channelAccounts')
      .values({ workspaceId, kind: 'sandbox', name: 'Sandbox', ratePerSecond: 10 })
      .returning('id')
      .executeTakeFirstOrThrow();
    const sequence = await api.sequences.create({ name: 'Boas-vindas' });
    await sql`insert into enrolments (workspace_id, sequence_id, contact_id, source, version, anchor_at, time_zone, time_zone_origin, ended_at, exit_reason)
      values (${workspaceId}, ${sequence.id}, ${ana?.id}, 'manual', 1, now(), 'UTC', 'set', null, null),
        (${workspaceId}, ${sequence.id}, ${bia?.id}, 'manual', 1, now(), 'UTC', 'set', now(), 'completed')`.execute(database.db);
    await sql`insert into conversations (workspace_id, contact_id, channel_account_id, last_inbound_at)
      values (${workspaceId}, ${bia?.id}, ${account}, andante_now() - interval '3 days')`.execute(database.db);
    // The one to Bia was tried for days before it was accepted.
    await sql`insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, body, created_at, accepted_at)
      select ${workspaceId}, 'out', v.origin, v.id, ${account}, 'accepted', 'Oi', andante_now() - v.made, andante_now() - v.accepted
      from (values ('member', ${ana?.id}::uuid, interval '10 days', interval '10 days'), ('test', ${caio?.id}, '0', '0'),
        ('member', ${bia?.id}, '20 days', '12 days')) v (origin, id, made, accepted)`.execute(database.db);
    await api.contacts.optOut({ id: caio?.id ?? '', channelKind: 'sandbox' });
    expect(await names({ on: 'inSequence', op: 'is' })).toEqual(['Ana']);
    expect(await names({ on: 'inSequence', op: 'isNot', sequenceIds: [sequence.id] })).toEqual(['Bia', 'Caio']);
    expect(await names({ on: 'replied', op: 'inLastDays', days: 4 })).toEqual(['Bia']);
    expect(await names({ on: 'replied', op: 'inLastDays', days: 2 })).toEqual([]);
    expect(await names({ on: 'contacted', op: 'notInLastDays', days: 7 })).toEqual(['Ana', 'Bia', 'Caio']);
    expect(await names({ on: 'contacted', op: 'notInLastDays', days: 14 })).toEqual(['Caio']);
    expect(await names({ on: 'optedOut', op: 'is' })).toEqual(['Caio']);
    await database.advanceClock(2 * 86_400_000);
    await api.contacts.create({ name: 'Davi' });
    expect(await names({ on: 'created', op: 'inLastDays', days: 1 })).toEqual(['Davi']);
    expect(await names({ on: 'createdAt', op: 'before', at: '2026-11-27T00:00:00Z' })).toEqual(['Ana', 'Bia', 'Caio']);
    const at = '2026-11-26T15:00:00Z';
    await sql`update contacts set created_at = ${at} where id = ${bia?.id}`.execute(database.db);
    expect(await names({ on: 'createdAt', op: 'before', at })).toEqual(['Ana', 'Caio']);
    expect(await names({ on: 'createdAt', op: 'since', at })).toEqual(['Bia', 'Davi']);
  });
});

describe('an owner and notes', () => {
  it('are kept of a contact, asked for, and let go with the member', async () => {
    await startAfresh();
    const { id: userId } = await database.db
      .insertInto('users')
      .values({ email: `${crypto.randomUUID()}@exemplo.com`, name: 'Rui', passwordHash: '-' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const member = await database.db
      .insertInto('members')
      .values({ workspaceId, userId, role: 'editor' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { id } = await api.contacts.create({ name: 'Ana', ownerId: member.id, notes: '  Ligar depois das 18h ' });
    await api.contacts.create({ name: 'Bia' });
    expect(await api.contacts.get({ id })).toMatchObject({ ownerId: member.id, notes: 'Ligar depois das 18h' });
    expect(await names({ on: 'owner', op: 'isAnyOf', memberIds: [member.id] })).toEqual(['Ana']);
    expect(await names({ on: 'owner', op: 'isEmpty' })).toEqual(['Bia']);
    await expect(api.contacts.update({ id, ownerId: crypto.randomUUID() })).rejects.toMatchObject({
      cause: { details: { problem: 'ownerUnknown' } },
    });
    expect(await names({ on: 'notes', op: 'contains', value: 'DEPOIS das' })).toEqual(['Ana']);
    expect(await names({ on: 'notes', op: 'contains', value: '18' })).toEqual(['Ana']);
    expect(await names({ on: 'notes', op: 'contains', value: '%' })).toEqual([]);
    expect(await names({ on: 'notes', op: 'notContains', value: 'depois' })).toEqual(['Bia']);
    expect(await names({ on: 'notes', op: 'isNotEmpty' })).toEqual(['Ana']);
    expect(await names({ on: 'notes', op: 'isEmpty' })).toEqual(['Bia']);
    await database.db.deleteFrom('members').execute();
    expect(await api.contacts.get({ id })).toMatchObject({ ownerId: null });
  });
});

describe('whom one may write to', () => {
  beforeAll(async () => {
    await startAfresh();
    const [ana, bia, caio] = await Promise.all(['Ana', 'Bia', 'Caio', 'Davi'].map((name) => api.contacts.create({ name })));
    const agreed = { channelKind: 'smtp', status: 'given', source: 'Ficha de inscrição' } as const;
    await api.contacts.setConsent({ id: ana?.id ?? '', ...agreed });
    await api.contacts.setConsent({ id: bia?.id ?? '', ...agreed, channelKind: 'sandbox' });
    await api.contacts.setConsent({ id: bia?.id ?? '', ...agreed, status: 'withdrawn' });
    await api.contacts.optOut({ id: caio?.id ?? '', channelKind: 'sandbox' });
  });

  it.each<[string, ContactCondition, string[]]>([
    ['who agreed to any channel', { on: 'consent', op: 'given' }, ['Ana', 'Bia']],
    ['who agreed to e-mail', { on: 'consent', op: 'given', channelKind: 'smtp' }, ['Ana']],
    ['who did not agree to e-mail', { on: 'consent', op: 'notGiven', channelKind: 'smtp' }, ['Bia', 'Caio', 'Davi']],
    ['who took it back', { on: 'consent', op: 'withdrawn' }, ['Bia']],
    ['who took nothing back', { on: 'consent', op: 'notWithdrawn' }, ['Ana', 'Caio', 'Davi']],
    ['of whom nothing is recorded', { on: 'consent', op: 'isEmpty' }, ['Caio', 'Davi']],
    ['of whom something is recorded for a channel', { on: 'consent', op: 'isNotEmpty', channelKind: 'sandbox' }, ['Bia']],
    ['who opted out of any channel', { on: 'optedOut', op: 'is' }, ['Bia', 'Caio']],
    ['who opted out of one', { on: 'optedOut', op: 'is', channelKind: 'sandbox' }, ['Caio']],
    ['who did not opt out of one', { on: 'optedOut', op: 'isNot', channelKind: 'smtp' }, ['Ana', 'Caio', 'Davi']],
  ])('is asked for: %s', async (_what, where, expected) => {
    expect(await names(where)).toEqual(expected);
  });

  it('follows the suppression list by phone, by e-mail or by either, whatever else is asked', async () => {
    await startAfresh();
    await api.contacts.create({ name: 'Ana', phone: '11987654321' });
    await api.contacts.create({ name: 'Bia', phone: '11987650002', email: 'Bia@Exemplo.com' });
    await api.contacts.create({ name: 'Caio', tags: ['vip'] });
    const suppressed: ContactCondition = { on: 'suppressed', op: 'is' };
    expect(await names(suppressed)).toEqual([]);
    expect(await names({ on: 'suppressed', op: 'isNot' })).toEqual(['Ana', 'Bia', 'Caio']);
    await api.suppressions.add({ addresses: ['+55 11 98765-4321', 'bia@exemplo.com', '+5511987650009'] });
    expect(await names(suppressed)).toEqual(['Ana', 'Bia']);
    expect(await names({ ...suppressed, address: 'phone' })).toEqual(['Ana']);
    expect(await names({ ...suppressed, address: 'email' })).toEqual(['Bia']);
    expect(await names({ on: 'suppressed', op: 'isNot' })).toEqual(['Caio']);
    expect(
      await names({
        on: 'any',
        of: [
          { on: 'tags', op: 'hasAny', tags: ['vip'] },
          { ...suppressed, address: 'email' },
        ],
      }),
    ).toEqual(['Bia', 'Caio']);
    await api.contacts.create({ name: 'Nova', phone: '11987650009' });
    const segment = await api.segments.create({ name: 'Bloqueados', filter: { where: suppressed } });
    expect((await api.contacts.list({ segmentId: segment.id, sort: 'name' })).items.map(({ name }) => name)).toEqual([
      'Ana',
      'Bia',
      'Nova',
    ]);
    expect(await api.contacts.tag({ filter: { segmentId: segment.id }, tags: ['bloqueado'] })).toMatchObject({ accepted: { count: 3 } });
    const { id } = await database.db.insertInto('workspaces').values({ slug: 'c', name: 'C' }).returning('id').executeTakeFirstOrThrow();
    await systemApi(database.db, id).contacts.create({ name: 'Ana', phone: '11987654321' });
    expect((await systemApi(database.db, id).contacts.list({ where: suppressed })).items).toEqual([]);
  });
});
