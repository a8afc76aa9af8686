import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { systemActor } from '#server/auth/actor.ts';
import { runOperation } from '#server/use-cases/operations/run-operation.ts';
import { appRouter } from './root.ts';
import { createCaller } from './trpc.ts';

const database = useTestDatabase();
let api: ReturnType<typeof callerOf>;
let workspaceId = '';

async function newWorkspace(slug: string): Promise<string> {
  const { id } = await database.db.insertInto('workspaces').values({ slug, name: slug }).returning('id').executeTakeFirstOrThrow();
  return id;
}

const callerOf = (id: string) => createCaller(appRouter)({ db: database.db, actor: systemActor(id) });

beforeEach(async () => {
  await database.db.deleteFrom('workspaces').execute();
  workspaceId = await newWorkspace('acme');
  api = callerOf(workspaceId);
});

describe('a contact', () => {
  it('is made with its addresses normalised and its zone from the phone', async () => {
    const made = await api.contacts.create({ name: '  Ana   Souza ', phone: '(92) 98765-4321', email: 'Ana@Exemplo.COM', locale: 'pt_br' });
    expect(made).toMatchObject({
      name: 'Ana Souza',
      phone: '+5592987654321',
      email: 'Ana@exemplo.com',
      locale: 'pt-BR',
      timeZone: 'America/Manaus',
      timeZoneOrigin: 'phone',
      notice: null,
    });
    const { notice: _notice, ...shown } = made;
    expect(await api.contacts.get({ id: made.id })).toEqual({
      ...shown,
      optOuts: [],
      consents: [],
      suppressed: { phone: false, email: false },
    });
  });

  it('shows the zone of the workspace where it has none of its own, and stores none', async () => {
    const made = await api.contacts.create({ name: 'Ana', phone: '+1 212 555 0123' });
    expect(made).toMatchObject({ timeZone: 'America/Sao_Paulo', timeZoneOrigin: 'workspace' });
    await database.db.updateTable('workspaces').set({ timeZone: 'Europe/Lisbon' }).execute();
    expect(await api.contacts.get({ id: made.id })).toMatchObject({ timeZone: 'Europe/Lisbon', timeZoneOrigin: 'workspace' });
  });

  it('keeps a zone that was set, and lets one from the phone follow the phone', async () => {
    const { id } = await api.contacts.create({ phone: '11987654321' });
    expect(await api.contacts.update({ id, phone: '68987654321' })).toMatchObject({
      timeZone: 'America/Rio_Branco',
      timeZoneOrigin: 'phone',
    });
    expect(await api.contacts.update({ id, timeZone: 'Europe/Paris' })).toMatchObject({ timeZoneOrigin: 'set' });
    expect(await api.contacts.update({ id, phone: '92987654321' })).toMatchObject({ timeZone: 'Europe/Paris', timeZoneOrigin: 'set' });
    expect(await api.contacts.update({ id, timeZone: null })).toMatchObject({ timeZone: 'America/Manaus', timeZoneOrigin: 'phone' });
    await expect(api.contacts.update({ id, phone: null })).rejects.toMatchObject({ cause: { code: 'invalid' } });
    expect(await api.contacts.update({ id, phone: null, name: 'Ana' })).toMatchObject({ timeZoneOrigin: 'workspace' });
  });

  it('says that an old mobile got its ninth digit', async () => {
    expect(await api.contacts.create({ phone: '(11) 8765-4321' })).toMatchObject({ phone: '+5511987654321', notice: 'ninthDigitAdded' });
  });

  it.each([
    [{ phone: '5,51E+12' }, 'phone', 'phoneExcelDamage'],
    [{ email: 'ana' }, 'email', 'emailInvalid'],
    [{ name: ' ' }, 'name', 'contactEmpty'],
    [{ name: 'Ana', fields: { city: 'Recife' } }, 'city', 'fieldUnknown'],
  ])('is refused for %o with the field and the problem', async (input, field, problem) => {
    await expect(api.contacts.create(input)).rejects.toMatchObject({ cause: { code: 'invalid', details: { field, problem } } });
  });

  it('is refused with a zone or a locale that is none, and with fields nobody knows', async () => {
    await expect(api.contacts.create({ name: 'Ana', timeZone: '+03:00' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(api.contacts.create({ name: 'Ana', locale: 'português' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(api.contacts.create({ name: 'Ana', nickname: 'A' } as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('cannot have the phone, the e-mail or the external id of another, and the error names that one', async () => {
    const ana = await api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@exemplo.com', externalId: 'A-1' });
    const bia = await api.contacts.create({ name: 'Bia', phone: '11987654322' });
    const named = { cause: { code: 'alreadyExists', details: { contactId: ana.id, name: 'Ana' } } };
    await expect(api.contacts.create({ name: 'Outra', phone: '+5511987654321' })).rejects.toMatchObject(named);
    await expect(api.contacts.create({ name: 'Outra', email: 'ANA@exemplo.com' })).rejects.toMatchObject(named);
    await expect(api.contacts.update({ id: bia.id, email: 'Ana@exemplo.com' })).rejects.toMatchObject(named);
    await expect(api.contacts.create({ name: 'Outra', externalId: 'A-1' })).rejects.toMatchObject(named);
    await expect(api.contacts.update({ id: bia.id, externalId: 'A-1' })).rejects.toMatchObject(named);
    expect(await api.contacts.update({ id: ana.id, email: 'ANA@exemplo.com' })).toMatchObject({ email: 'ANA@exemplo.com' });
    const elsewhere = callerOf(await newWorkspace('other'));
    expect(await elsewhere.contacts.create({ phone: '11987654321' })).toMatchObject({ phone: '+5511987654321' });
  });

  it('has custom fields by their kind; null clears one', async () => {
    await api.contacts.createField({ label: 'Cidade' });
    await api.contacts.createField({ label: 'Nascimento', kind: 'date' });
    await expect(api.contacts.createField({ label: 'cidade' })).rejects.toMatchObject({ cause: { code: 'alreadyExists' } });
    const { id, fields } = await api.contacts.create({ name: 'Ana', fields: { cidade: 'Recife', nascimento: '5/3/1990' } });
    expect(fields).toEqual({ cidade: 'Recife', nascimento: '1990-03-05' });
    expect((await api.contacts.update({ id, fields: { cidade: null } })).fields).toEqual({ nascimento: '1990-03-05' });
    await expect(api.contacts.update({ id, fields: { nascimento: 'ontem' } })).rejects.toMatchObject({
      cause: { details: { problem: 'fieldInvalid', field: 'nascimento' } },
    });
  });

  it('of another workspace is not found', async () => {
    const { id } = await callerOf(await newWorkspace('other')).contacts.create({ name: 'Ana' });
    const missing = { code: 'NOT_FOUND' };
    await expect(api.contacts.get({ id })).rejects.toMatchObject(missing);
    await expect(api.contacts.update({ id, name: 'Bia' })).rejects.toMatchObject(missing);
    await expect(api.contacts.delete({ id })).rejects.toMatchObject(missing);
    await expect(api.contacts.timeline({ contactId: id })).rejects.toMatchObject(missing);
    expect(await api.contacts.tag({ contactIds: [id], tags: ['vip'] })).toEqual({
      accepted: { count: 0 },
      refused: [{ contactId: id, reason: 'notFound' }],
    });
    expect(await database.db.selectFrom('contacts').select('name').execute()).toEqual([{ name: 'Ana' }]);
  });
});

describe('the list', () => {
  const names = async (search: string) => (await api.contacts.list({ search })).items.map((item) => item.name).sort();

  it('finds by name, e-mail and phone, without case and accents', async () => {
    await api.contacts.create({ name: 'José Antônio', phone: '11987654321' });
    await api.contacts.create({ name: 'Joana D’Arc', email: 'joana_100%@exemplo.com' });
    expect(await names('jose')).toEqual(['José Antônio']);
    expect(await names('ANTONIO josé')).toEqual(['José Antônio']);
    expect(await names('jo')).toHaveLength(2);
    expect(await names('(11) 98765-4321')).toEqual(['José Antônio']);
    expect(await names('98765')).toEqual(['José Antônio']);
    expect(await names('joana_100%@')).toEqual(['Joana D’Arc']);
    expect(await names('%')).toEqual([]);
    expect(await names('exemplo.com')).toEqual(['Joana D’Arc']);
    expect(await names('arc')).toEqual(['Joana D’Arc']);
    expect(await names('maria')).toEqual([]);
  });

  it('pages from newest to oldest without a gap, and filters by tag', async () => {
    for (let n = 0; n < 7; n += 1) await api.contacts.create({ name: `Contato ${n}`, tags: n % 2 ? ['VIP'] : [] });
    const seen: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof api.contacts.list>> = await api.contacts.list({ limit: 3, cursor });
      seen.push(...page.items.map((item) => item.name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `Contato ${n}`));
    expect((await api.contacts.list({ tag: 'vip' })).items).toHaveLength(3);
    expect(await api.contacts.count({ tag: 'vip', search: 'contato 1' })).toEqual({ count: 1, isExact: true });
    await expect(api.contacts.list({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

it('a tag is the same however its accents are put together, as on a Mac', async () => {
  const { tags } = await api.contacts.create({ name: 'Ana', tags: ['Ação', 'ação'.normalize('NFD')] });
  expect(tags).toEqual(['Ação']);
  const written = 'AÇÃO'.normalize('NFD');
  expect(await api.contacts.count({ tag: written })).toMatchObject({ count: 1 });
  expect(await api.contacts.count({ where: { on: 'tags', op: 'hasAll', tags: [written] } })).toMatchObject({ count: 1 });
});

describe('many contacts at once', () => {
  it('are tagged, untagged and deleted by a filter, with one audit row each', async () => {
    for (let n = 0; n < 5; n += 1) await api.contacts.create({ name: `Contato ${n}` });
    await api.contacts.create({ name: 'Outra pessoa' });
    expect(await api.contacts.tag({ filter: { search: 'contato' }, tags: ['Lead', 'lead', 'Feira'] })).toEqual({
      accepted: { count: 5 },
      refused: [],
    });
    expect((await api.contacts.tags()).items.filter(({ contactCount }) => contactCount !== null)).toEqual([]);
    expect((await api.contacts.tags({ withCounts: true })).items).toMatchObject([
      { name: 'Feira', contactCount: 5 },
      { name: 'Lead', contactCount: 5 },
    ]);
    await api.contacts.untag({ filter: { search: 'contato 1' }, tags: ['LEAD'] });
    expect(await api.contacts.count({ tag: 'Lead' })).toEqual({ count: 4, isExact: true });
    expect(await api.contacts.delete({ filter: { tag: 'lead' } })).toMatchObject({ accepted: { count: 4 } });
    expect(await api.contacts.count()).toEqual({ count: 2, isExact: true });
    const audit = await database.db.selectFrom('auditLog').select('action').where('action', 'not like', '%created').orderBy('id').execute();
    expect(audit.map((row) => row.action)).toEqual(['contact.tagged', 'contact.untagged', 'contact.deleted']);
  });
});

describe('more than a thousand contacts', () => {
  it('are changed by an operation that a worker applies, also when there are as many chunks', async () => {
    await sql`insert into contacts (workspace_id, name) select ${workspaceId}, 'Pessoa ' || n from generate_series(1, 2500) n`.execute(
      database.db,
    );
    const run = async (answer: object): Promise<void> => {
      if (!('operationId' in answer)) throw new Error('expected an operation');
      await runOperation(database.db, systemActor(workspaceId).workspaceId, String(answer.operationId));
      expect(await api.operations.get({ id: String(answer.operationId) })).toMatchObject({ status: 'done', total: 2500, accepted: 2500 });
    };
    await run(await api.contacts.tag({ filter: { search: 'pessoa' }, tags: ['Lead'] }));
    expect(await api.contacts.count({ tag: 'lead' })).toEqual({ count: 2500, isExact: true });
    await run(await api.contacts.untag({ filter: { tag: 'lead' }, tags: ['lead'] }));
    expect(await api.contacts.count({ tag: 'lead' })).toEqual({ count: 0, isExact: true });
    await run(await api.contacts.delete({ filter: {} }));
    expect(await api.contacts.count()).toEqual({ count: 0, isExact: true });
  });
});

describe('the timeline', () => {
  it('merges messages and enrolment events in the order of time, page by page', async () => {
    const { id: contactId } = await api.contacts.create({ name: 'Ana', phone: '11987654321' });
    await plantHistory(contactId);
    const pages = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof api.contacts.timeline>> = await api.contacts.timeline({ contactId, limit: 2, cursor });
      pages.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(pages.map((item) => item.message?.body ?? item.event?.kind ?? item.kind)).toEqual(['Sim', 'Oi', 'moved', 'enrolled', 'created']);
    expect(pages[1]).toMatchObject({
      sequence: { name: 'Boas-vindas' },
      reasons: ['window'],
      message: { state: 'accepted', channel: { name: 'Sandbox' } },
    });
  });

  async function plantHistory(contactId: string): Promise<void> {
    await sql`
      with account as (
        insert into channel_accounts (workspace_id, kind, name, rate_per_second) values (${workspaceId}, 'sandbox', 'Sandbox', 10) returning id
      ), sequence as (
        insert into sequences (workspace_id, name, draft) values (${workspaceId}, 'Boas-vindas', '{}') returning id
      ), version as (
        insert into sequence_versions (workspace_id, sequence_id, version, definition) select ${workspaceId}, id, 1, '{}' from sequence
      ), enrolment as (
        insert into enrolments (workspace_id, sequence_id, contact_id, source, version, anchor_at, time_zone, time_zone_origin)
        select ${workspaceId}, id, ${contactId}, 'manual', 1, now(), 'America/Sao_Paulo', 'phone' from sequence returning id, sequence_id
      ), sent as (
        insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, body, enrolment_id, sequence_id, step_number, created_at)
        select ${workspaceId}, 'out', 'step', ${contactId}, account.id, 'accepted', 'Oi', enrolment.id, sequence_id, 1, now() + interval '3 minutes'
        from account, enrolment returning id
      ), answered as (
        insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, body, created_at)
        select ${workspaceId}, 'in', 'contact', ${contactId}, account.id, 'received', 'Sim', now() + interval '4 minutes' from account
      )
      insert into enrolment_events (workspace_id, enrolment_id, at, kind, message_id, reasons)
      select ${workspaceId}, enrolment.id, now() + e.after * interval '1 minute', e.kind, case when e.kind = 'sent' then sent.id end, e.reasons
      from enrolment, sent, (values (2, 'moved', '{}'::text[]), (3, 'sent', '{window}')) as e (after, kind, reasons)`.execute(database.db);
  }
});

describe('consent', () => {
  it('is kept per channel with its source and date, and outlasts nothing that the contact said later', async () => {
    const { id } = await api.contacts.create({ name: 'Ana', email: 'ana@exemplo.com' });
    const at = '2026-01-05T12:00:00.000Z';
    await database.setClock('2026-02-01T12:00:00Z');
    await api.contacts.setConsent({ id, channelKind: 'smtp', status: 'given', source: 'Ficha de inscrição', at });
    expect((await api.contacts.get({ id })).consents).toEqual([
      { channelKind: 'smtp', status: 'given', source: 'Ficha de inscrição', at, import: null },
    ]);
    await api.contacts.setConsent({ id, channelKind: 'smtp', status: 'withdrawn', source: 'Telefonema' });
    const withdrawn = await api.contacts.get({ id });
    expect(withdrawn).toMatchObject({ consents: [{ status: 'withdrawn', source: 'Telefonema' }], optOuts: [{ channelKind: 'smtp' }] });
    const old = { id, channelKind: 'smtp', status: 'given', source: 'Ficha antiga', at } as const;
    await expect(api.contacts.setConsent(old)).rejects.toMatchObject({ cause: { code: 'conflict' } });
    await expect(api.contacts.setConsent({ ...old, at: '2027-01-01T00:00:00Z' })).rejects.toMatchObject({ cause: { code: 'invalid' } });
    await database.advanceClock(60_000);
    await api.contacts.setConsent({ id, channelKind: 'smtp', status: 'given', source: 'Nova ficha' });
    expect(await api.contacts.get({ id })).toMatchObject({ consents: [{ status: 'given', source: 'Nova ficha' }], optOuts: [] });
    await api.contacts.setConsent({ id, channelKind: 'smtp', status: 'unknown' });
    expect(await api.contacts.get({ id })).toMatchObject({ consents: [], optOuts: [] });
  });

  it('is told beside whether an address is on the suppression list', async () => {
    const { id } = await api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@exemplo.com' });
    await api.suppressions.add({ addresses: ['ANA@exemplo.com'] });
    expect((await api.contacts.get({ id })).suppressed).toEqual({ phone: false, email: true });
    expect((await api.suppressions.list({ address: 'ana@exemplo.com' })).items).toMatchObject([{ kind: 'email', reason: 'manual' }]);
    expect((await api.suppressions.list({ address: '11987654321' })).items).toEqual([]);
  });
});
