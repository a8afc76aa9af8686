import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { apiKeyActor } from '#server/auth/actor.ts';
import { makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '#server/use-cases/engine/testing.ts';
import { apiAs } from './authorisation/world.ts';

const database = useTestDatabase();
let at: TestWorkspace;
let api: ReturnType<typeof apiAs>;

beforeEach(async () => {
  at = await makeWorkspace(database.db);
  api = apiAs(database.db, at.actor);
});

describe('many contacts in one call', () => {
  it('are made with addresses, zones, fields and tags; every row that is refused says why', async () => {
    const { id: known } = await api.contacts.create({ name: 'Ana', phone: '11987650001', email: 'ana@exemplo.com' });
    await api.contacts.createField({ label: 'Cidade', key: 'cidade', kind: 'text' });
    const answer = await api.contacts.createMany({
      contacts: [
        { name: 'Bia', phone: '(92) 98765-0002', fields: { cidade: 'Manaus' }, tags: ['lead', 'vip'] },
        { name: 'Ana de novo', phone: '+55 11 98765-0001' },
        { name: 'Outra Ana', email: 'ANA@exemplo.com' },
        { name: 'Bia de novo', phone: '92987650002' },
        { name: 'Só o nome' },
        { phone: '5,51E+12' },
        { name: 'Caio', fields: { estado: 'AM' } },
        { name: '  ' },
        { name: 'Dora', phone: '(11) 8765-0005', tags: ['lead'] },
      ],
    });
    expect(answer.accepted).toMatchObject([
      { row: 0, notice: null },
      { row: 4, notice: null },
      { row: 8, notice: 'ninthDigitAdded' },
    ]);
    expect(answer.refused).toEqual([
      { row: 1, reason: 'alreadyExists', field: 'phone', contactId: known },
      { row: 2, reason: 'alreadyExists', field: 'email', contactId: known },
      { row: 3, reason: 'duplicateInRequest', field: 'phone' },
      { row: 5, reason: 'phoneExcelDamage', field: 'phone' },
      { row: 6, reason: 'fieldUnknown', field: 'estado' },
      { row: 7, reason: 'contactEmpty', field: 'name' },
    ]);
    const bia = await api.contacts.get({ id: answer.accepted[0]?.contactId ?? '' });
    expect(bia).toMatchObject({
      name: 'Bia',
      phone: '+5592987650002',
      timeZone: 'America/Manaus',
      fields: { cidade: 'Manaus' },
      tags: ['lead', 'vip'],
    });
    expect(await api.contacts.count({ tag: 'lead' })).toEqual({ count: 2, isExact: true });
  });

  it('are one where only the case of their e-mails differs', async () => {
    const emails = ['Ana@Exemplo.com', 'ana@exemplo.COM'];
    const answer = await api.contacts.createMany({ contacts: emails.map((email) => ({ email })) });
    expect(answer).toMatchObject({ accepted: [{ row: 0 }], refused: [{ row: 1, reason: 'duplicateInRequest', field: 'email' }] });
  });

  it('are a thousand at most, in the order of the call', async () => {
    const contacts = Array.from({ length: 1_000 }, (_, n) => ({ name: `Pessoa ${n}`, phone: `119${60_000_000 + n}` }));
    const { accepted, refused } = await api.contacts.createMany({ contacts });
    expect([accepted.length, refused.length]).toEqual([1_000, 0]);
    expect(await api.contacts.get({ id: accepted[700]?.contactId ?? '' })).toMatchObject({ name: 'Pessoa 700' });
    await expect(api.contacts.createMany({ contacts: [...contacts, { name: 'Mais uma' }] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(api.contacts.createMany({ contacts: [{ name: 'Ana', apelido: 'A' } as never] })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('are made once by two calls at the same moment: each address in one of the answers', async () => {
    const contacts = Array.from({ length: 200 }, (_, n) => ({ name: `Pessoa ${n}`, phone: `119${61_000_000 + n}` }));
    const answers = await Promise.all(
      [contacts, contacts.toReversed(), contacts].map((rows) => api.contacts.createMany({ contacts: rows })),
    );
    expect(answers.reduce((sum, { accepted }) => sum + accepted.length, 0)).toBe(200);
    expect(new Set(answers.flatMap(({ refused }) => refused.map(({ reason }) => reason)))).toEqual(new Set(['alreadyExists']));
    expect(answers.flatMap(({ refused }) => refused).every(({ contactId }) => contactId !== undefined)).toBe(true);
  });
});

describe('the same request with its idempotency key', () => {
  it('makes a contact once and answers the same again; another request with that key is refused', async () => {
    const request = { name: 'Ana', phone: '11987650001', idempotencyKey: 'once' };
    const first = await api.contacts.create(request);
    expect(await api.contacts.create(request)).toEqual(first);
    await expect(api.contacts.create({ ...request, name: 'Bia' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await api.contacts.count()).toEqual({ count: 1, isExact: true });
  });

  it('makes many once, also when both come at the same moment', async () => {
    const request = { contacts: [{ name: 'Ana' }, { name: 'Bia' }], idempotencyKey: 'many' };
    const answers = await Promise.all([api.contacts.createMany(request), api.contacts.createMany(request)]);
    expect(answers[1]).toEqual(answers[0]);
    expect(await api.contacts.count()).toEqual({ count: 2, isExact: true });
    await expect(api.contacts.createMany({ ...request, contacts: [{ name: 'Caio' }] })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

it('enrols by a filter at once up to a thousand contacts, as a program', async () => {
  const key = await database.db
    .insertInto('apiKeys')
    .values({ workspaceId: at.workspaceId, name: 'Ferramenta', role: 'editor', prefix: '…', keyHash: Buffer.from('x') })
    .returning('id')
    .executeTakeFirstOrThrow();
  const program = apiAs(database.db, apiKeyActor({ workspaceId: at.workspaceId, apiKeyId: key.id, role: 'editor' }));
  const sequenceId = await makeSequence(database.db, at.workspaceId, {
    steps: [messageStep('a', at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
  });
  await program.contacts.createMany({
    contacts: [
      { name: 'Ana', phone: '11987650001', tags: ['lead'] },
      { name: 'Bia', tags: ['lead'] },
    ],
  });
  const request = { sequenceId, filter: { tag: 'lead' }, idempotencyKey: 'leads' };
  const answer = await program.enrolments.enrol(request);
  expect(answer).toMatchObject({ accepted: [{}], refused: [{ reason: 'noAddress' }] });
  expect(await program.enrolments.enrol(request)).toEqual(answer);
  expect(await database.db.selectFrom('enrolments').select('source').where('sequenceId', '=', sequenceId).execute()).toEqual([
    { source: 'api' },
  ]);
});
