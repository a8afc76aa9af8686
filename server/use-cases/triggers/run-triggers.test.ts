import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { patchContacts } from '#db/queries/bot-effects.ts';
import { setCause } from '#db/queries/trigger-occasions.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { apiAs } from '#server/api/authorisation/world.ts';
import { mostTriggers, type TriggerOn } from '#server/domain/trigger.ts';
import { makeContacts } from '../engine/testing.ts';
import { runOperation } from '../operations/run-operation.ts';
import { letIn as letInSet } from './let-in.ts';
import { runTriggers } from './run-triggers.ts';
import { importFile, letIn, makeScene, type TriggerScene, waiting } from './testing.ts';

const database = useTestDatabase();
let at: TriggerScene;
let api: ReturnType<typeof apiAs>;

beforeEach(async () => {
  await database.setClock('2026-03-02T12:00:30Z');
  at = await makeScene(database);
  api = apiAs(database.db, at.actor);
});

const trigger = (on: TriggerOn, condition = {}, sequenceId = at.sequenceId) => api.triggers.create({ sequenceId, on, condition });
const run = () => runTriggers(database.db, at.workspaceId);
const entered = async (): Promise<string[]> => {
  await run();
  return letIn(database, at.sequenceId);
};
const onTag = { kind: 'tagAdded', tag: 'Cliente' } as const;
/** Of the only trigger: how many it refused, by reason. */
const refusals = async () => {
  const { items } = await api.triggers.list({});
  return Object.fromEntries(items.flatMap((item) => item.refused.map(({ reason, count }) => [reason, count])));
};

describe('a contact that is made enters', () => {
  test('by hand, in bulk and from a file; one that was there before does not', async () => {
    await api.contacts.create({ name: 'Antes', phone: '11987650000' });
    await trigger({ kind: 'contactCreated' });
    await api.contacts.create({ name: 'Ana', phone: '11987650001' });
    await api.contacts.createMany({
      contacts: [
        { name: 'Bia', phone: '11987650002' },
        { name: 'Antes', phone: '11987650000' },
      ],
    });
    await importFile(database, at, api, 'Nome;Celular\r\nCaio;11987650003\r\nAntes de novo;11987650000\r\n');
    expect(await entered()).toEqual(['Ana', 'Bia', 'Caio']);
  });

  test('when it meets the condition, with what it was given in the same request', async () => {
    await trigger({ kind: 'contactCreated' }, { tag: 'lead' });
    await api.contacts.create({ name: 'Ana', phone: '11987650001', tags: ['Lead'] });
    await api.contacts.create({ name: 'Bia', phone: '11987650002', tags: ['Outra'] });
    const { id: gone } = await api.contacts.create({ name: 'Caio', phone: '11987650003', tags: ['Lead'] });
    await api.contacts.delete({ id: gone });
    expect(await entered()).toEqual(['Ana']);
    expect(await refusals()).toEqual({ conditionNotMet: 1, notFound: 1 });
  });
});

describe('a tag that is added lets in', () => {
  test('by hand, when a contact is made, in bulk, by an operation and from a file; a tag that was there does not', async () => {
    const { id: ana } = await api.contacts.create({ name: 'Ana', phone: '11987650001' });
    const { id: bia } = await api.contacts.create({ name: 'Bia', phone: '11987650002' });
    const { id: had } = await api.contacts.create({ name: 'Tinha', phone: '11987650009', tags: ['cliente'] });
    await api.contacts.create({ name: 'Elo', phone: '11987650005' });
    await trigger(onTag);
    await api.contacts.update({ id: ana, tags: ['CLIENTE'] });
    await api.contacts.update({ id: had, tags: ['cliente', 'vip'] });
    await api.contacts.tag({ contactIds: [bia, had], tags: ['cliente'] });
    await api.contacts.create({ name: 'Caio', phone: '11987650003', tags: ['cliente'] });
    await api.contacts.createMany({ contacts: [{ name: 'Dora', phone: '11987650004', tags: ['cliente', 'vip'] }] });
    await importFile(database, at, api, 'Nome;Celular;Tags\r\nElo;11987650005;cliente\r\nTinha;11987650009;cliente\r\n');
    await api.contacts.create({ name: 'Fora', phone: '11987650006', tags: ['vip'] });
    expect(await entered()).toEqual(['Ana', 'Bia', 'Caio', 'Dora', 'Elo']);
  });

  test('10,000 contacts that an operation tags, each once', { timeout: 60_000 }, async () => {
    await trigger(onTag);
    const contactIds = await makeContacts(database.db, at.workspaceId, 10_000);
    const answer = await api.contacts.tag({ contactIds, tags: ['cliente'] });
    if (!('operationId' in answer)) throw new Error('expected an operation');
    await runOperation(database.db, at.workspaceId, answer.operationId);
    await run();
    const { rows } = await sql`
      select count(*) as entered, count(distinct contact_id) as people from enrolments where sequence_id = ${at.sequenceId} and source = 'trigger'`.execute(
      database.db,
    );
    expect(rows).toEqual([{ entered: 10_000, people: 10_000 }]);
    expect((await api.triggers.list({})).items).toMatchObject([{ enrolled: 10_000, refused: [] }]);
  });
});

describe('a field that changes lets in', () => {
  beforeEach(async () => {
    await api.contacts.createField({ label: 'Plano', key: 'plano', kind: 'text' });
    await api.contacts.createField({ label: 'Valor', key: 'valor', kind: 'number' });
  });

  test('by hand, from a file and by a bot; the same value again does not, nor does making a contact', async () => {
    await trigger({ kind: 'fieldChanged', field: 'fields.plano' });
    const { id: ana } = await api.contacts.create({ name: 'Ana', phone: '11987650001', fields: { plano: 'ouro' } });
    const { id: bia } = await api.contacts.create({ name: 'Bia', phone: '11987650002', fields: { plano: 'ouro' } });
    const { id: caio } = await api.contacts.create({ name: 'Caio', phone: '11987650003' });
    await api.contacts.create({ name: 'Dora', phone: '11987650004' });
    expect(await waiting(database)).toBe(0);
    await api.contacts.update({ id: ana, fields: { plano: 'ouro' } });
    expect(await waiting(database)).toBe(0);
    await api.contacts.update({ id: bia, fields: { plano: null } });
    const patch = { contactId: caio, name: null, email: null, phone: null, timeZone: null, fields: { plano: 'prata' } };
    await database.db.transaction().execute((tx) => patchContacts(tx, at.workspaceId, [patch]));
    await importFile(database, at, api, 'Nome;Celular;Plano\r\nDora;11987650004;ouro\r\nAna;11987650001;ouro\r\n');
    expect(await entered()).toEqual(['Bia', 'Caio', 'Dora']);
  });

  test('only when it becomes what was asked for, in the kind of the field', async () => {
    await trigger({ kind: 'fieldChanged', field: 'fields.valor', becomes: '1.500,00' });
    const { id: ana } = await api.contacts.create({ name: 'Ana', phone: '11987650001', fields: { valor: 10 } });
    const { id: bia } = await api.contacts.create({ name: 'Bia', phone: '11987650002', fields: { valor: 10 } });
    await api.contacts.update({ id: ana, fields: { valor: 1500 } });
    await api.contacts.update({ id: bia, fields: { valor: 1501 } });
    expect(await entered()).toEqual(['Ana']);
  });

  test('what every contact has too, and never a field that nobody made', async () => {
    await trigger({ kind: 'fieldChanged', field: 'email' });
    const { id } = await api.contacts.create({ name: 'Ana', phone: '11987650001' });
    await api.contacts.update({ id, name: 'Ana Lima' });
    expect(await entered()).toEqual([]);
    await api.contacts.update({ id, email: 'ana@exemplo.com' });
    expect(await entered()).toEqual(['Ana Lima']);
    await expect(trigger({ kind: 'fieldChanged', field: 'fields.nada' })).rejects.toMatchObject({ cause: { code: 'invalid' } });
    await expect(trigger({ kind: 'fieldChanged', field: 'fields.valor', becomes: 'muito' })).rejects.toMatchObject({
      cause: { details: { problem: 'fieldInvalid' } },
    });
  });
});

describe('nothing is lost and nobody enters twice', () => {
  test('when the worker dies between the change and the enrolment', async () => {
    await trigger(onTag);
    const contactIds = await makeContacts(database.db, at.workspaceId, 50);
    await api.contacts.tag({ contactIds, tags: ['cliente'] });
    const { id: triggerId } = (await api.triggers.list({})).items[0] ?? { id: '' };
    const dying = database.db.transaction().execute(async (tx) => {
      expect(await letInSet(tx, at.workspaceId, triggerId, 30)).toBe(30);
      throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
    expect(await waiting(database)).toBe(50);
    expect(await entered()).toHaveLength(50);
    expect(await entered()).toHaveLength(50);
    expect(await refusals()).toEqual({});
  });

  test('when several workers look at once', async () => {
    await trigger(onTag);
    const contactIds = await makeContacts(database.db, at.workspaceId, 900);
    await api.contacts.tag({ contactIds, tags: ['cliente'] });
    await Promise.all([run(), run(), run(), run()]);
    expect(await entered()).toHaveLength(900);
    expect((await api.triggers.list({})).items).toMatchObject([{ enrolled: 900, refused: [] }]);
  });

  test('when the change itself is taken back', async () => {
    await trigger({ kind: 'contactCreated' });
    const failing = database.db.transaction().execute(async (tx) => {
      await tx.insertInto('contacts').values({ workspaceId: at.workspaceId, name: 'Ana', phone: '+5511987650001' }).execute();
      throw new Error('taken back');
    });
    await expect(failing).rejects.toThrow('taken back');
    expect(await waiting(database)).toBe(0);
  });
});

describe('who may not enter is counted with the reason', () => {
  test('as at every enrolment: in already, no address, gone', async () => {
    await trigger(onTag);
    const { id: active } = await api.contacts.create({ name: 'Ana', phone: '11987650001' });
    const { id: gone } = await api.contacts.create({ name: 'Bia', phone: '11987650002' });
    const { id: mute } = await api.contacts.create({ name: 'Caio' });
    await api.enrolments.enrol({ sequenceId: at.sequenceId, contactIds: [active] });
    await api.contacts.tag({ contactIds: [active, gone, mute], tags: ['cliente'] });
    await api.contacts.delete({ id: gone });
    expect(await entered()).toEqual([]);
    expect(await refusals()).toEqual({ alreadyActive: 1, notFound: 1, noAddress: 1 });
  });

  test('by a sequence that is archived or was never published; one that is paused takes them in', async () => {
    const draft = await api.sequences.create({ name: 'Rascunho' });
    const { id: early } = await trigger(onTag, {}, draft.id);
    const { id: late } = await trigger({ kind: 'tagAdded', tag: 'vip' });
    await api.sequences.pause({ id: at.sequenceId });
    await api.contacts.create({ name: 'Ana', phone: '11987650001', tags: ['cliente', 'vip'] });
    expect(await entered()).toEqual(['Ana']);
    await api.sequences.archive({ id: at.sequenceId });
    await api.contacts.create({ name: 'Bia', phone: '11987650002', tags: ['vip'] });
    expect(await entered()).toEqual(['Ana']);
    const { items } = await api.triggers.list({});
    expect(items.find(({ id }) => id === early)?.refused).toEqual([{ reason: 'sequenceNotPublished', count: 1 }]);
    expect(items.find(({ id }) => id === late)).toMatchObject({ enrolled: 1, refused: [{ reason: 'sequenceArchived', count: 1 }] });
    await expect(trigger(onTag)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('when the trigger was switched off meanwhile, and nothing more is noted', async () => {
    const { id } = await trigger(onTag);
    await api.contacts.create({ name: 'Ana', phone: '11987650001', tags: ['cliente'] });
    await api.triggers.update({ id, enabled: false });
    await api.contacts.create({ name: 'Bia', phone: '11987650002', tags: ['cliente'] });
    expect(await waiting(database)).toBe(1);
    expect(await entered()).toEqual([]);
    expect(await refusals()).toEqual({ triggerOff: 1 });
  });
});

test('a loop of automatic changes ends, and a change by a person begins anew', async () => {
  at = await makeScene(database, { reentry: { policy: 'afterExit', coolDownDays: 0 } });
  api = apiAs(database.db, at.actor);
  await api.contacts.createField({ label: 'Volta', key: 'volta', kind: 'number' });
  await trigger({ kind: 'fieldChanged', field: 'fields.volta' });
  const { id: contactId } = await api.contacts.create({ name: 'Ana', phone: '11987650001' });
  let round = 0;
  /** What a bot of the sequence would do: changes the field that lets its contact in again, and the enrolment ends. */
  const lap = async (): Promise<number> => {
    const patch = { contactId, name: null, email: null, phone: null, timeZone: null, fields: { volta: (round += 1) } };
    await database.db.transaction().execute((tx) => patchContacts(tx, at.workspaceId, [patch]));
    await run();
    await api.enrolments.remove({ filter: { sequenceId: at.sequenceId, status: 'active' } }).catch(() => {});
    await database.advanceClock(3_600_000);
    return (await letIn(database, at.sequenceId)).length;
  };
  const laps: number[] = [];
  for (let n = 0; n < 6; n += 1) laps.push(await lap());
  expect(laps).toEqual([1, 2, 3, 3, 3, 3]);
  expect(await refusals()).toEqual({ loop: 3 });
  await api.contacts.update({ id: contactId, fields: { volta: 100 } });
  await run();
  expect(await letIn(database, at.sequenceId)).toHaveLength(4);
});

test('what is marked as no occasion lets nobody in', async () => {
  await trigger({ kind: 'contactCreated' });
  await database.db.transaction().execute(async (tx) => {
    await setCause(tx, 'none');
    await tx.insertInto('contacts').values({ workspaceId: at.workspaceId, name: 'Ana', phone: '+5511987650001' }).execute();
  });
  await api.contacts.create({ name: 'Bia', phone: '11987650002' });
  expect(await entered()).toEqual(['Bia']);
});

test('another workspace has its own triggers', async () => {
  await trigger({ kind: 'contactCreated' });
  const elsewhere = await makeScene(database);
  await apiAs(database.db, elsewhere.actor).contacts.create({ name: 'Ana', phone: '11987650001' });
  expect(await waiting(database)).toBe(0);
});

test('a trigger that is deleted takes what it has not looked at along, and whom it enrolled goes on', async () => {
  const { id } = await trigger(onTag);
  await api.contacts.create({ name: 'Ana', phone: '11987650001', tags: ['cliente'] });
  await run();
  await api.contacts.create({ name: 'Bia', phone: '11987650002', tags: ['cliente'] });
  await api.triggers.delete({ id });
  expect(await waiting(database)).toBe(0);
  expect(await entered()).toEqual(['Ana']);
  const audit = await database.db.selectFrom('auditLog').select('action').where('workspaceId', '=', at.workspaceId).execute();
  expect(audit.map(({ action }) => action)).toEqual(expect.arrayContaining(['trigger.created', 'trigger.deleted']));
});

test('a contact is made although the trigger that listens is being deleted', async () => {
  const { id } = await trigger({ kind: 'contactCreated' });
  let making: Promise<unknown> = Promise.resolve();
  await database.db.transaction().execute(async (tx) => {
    await sql`delete from triggers where id = ${id}`.execute(tx);
    making = api.contacts.create({ name: 'Ana', phone: '11987650001' });
    await new Promise((go) => setTimeout(go, 100));
  });
  expect(await making).toMatchObject({ name: 'Ana' });
  expect(await waiting(database)).toBe(0);
});

test('a workspace has a hundred triggers at most', async () => {
  for (let n = 0; n < mostTriggers; n += 1) await trigger(onTag);
  await expect(trigger(onTag)).rejects.toMatchObject({ cause: { code: 'conflict', details: { limit: 100 } } });
});

test('a condition stays where another value changes, and one on what is not there is refused', async () => {
  const { id } = await trigger(onTag, { tag: 'lead' });
  await api.triggers.update({ id, enabled: true });
  expect((await api.triggers.list({})).items).toMatchObject([{ condition: { tag: 'lead' } }]);
  const condition = { where: { on: 'field', key: 'cidade', op: 'is', value: 'Recife' } } as const;
  await expect(api.triggers.update({ id, condition })).rejects.toMatchObject({ cause: { details: { problem: 'fieldUnknown' } } });
});
