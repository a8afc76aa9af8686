import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { systemActor } from '#server/auth/actor.ts';
import { definitionOf, messageStep } from '#server/domain/definition/testing.ts';
import { router, createCaller } from './trpc.ts';
import { simulateProcedures } from './sequence-simulate.ts';

const database = useTestDatabase();
const simulateRouter = router({ sequences: router(simulateProcedures) });
const callerOf = (id: string) => createCaller(simulateRouter)({ db: database.db, actor: systemActor(id) });
const definition = definitionOf([messageStep('a'), messageStep('b', { kind: 'after', amount: 1, unit: 'days', at: '09:00' })], {
  window: { weekly: { mon: [['09:00', '18:00']], tue: [['09:00', '18:00']] } },
});
const startAt = '2026-11-23T17:00:00Z';
let api: ReturnType<typeof callerOf>;
let workspaceId = '';

async function newWorkspace(slug: string): Promise<string> {
  return (await database.db.insertInto('workspaces').values({ slug, name: slug }).returning('id').executeTakeFirstOrThrow()).id;
}

async function newContact(zone: string | null): Promise<string> {
  const values = { workspaceId, name: 'Ana', timeZone: zone, timeZoneOrigin: zone ? 'phone' : null };
  return (await database.db.insertInto('contacts').values(values).returning('id').executeTakeFirstOrThrow()).id;
}

beforeEach(async () => {
  await database.db.deleteFrom('workspaces').execute();
  workspaceId = await newWorkspace('acme');
  api = callerOf(workspaceId);
});

test('a contact is simulated in its own zone, one without a zone in the workspace’s', async () => {
  const manaus = await api.sequences.simulate({ definition, contactId: await newContact('America/Manaus'), startAt });
  expect(manaus.steps).toMatchObject([
    { stepKey: 'a', plannedAt: '2026-11-23T17:00:00.000Z', movedFrom: null, reasons: [], zone: 'America/Manaus', zoneOrigin: 'phone' },
    { stepKey: 'b', plannedAt: '2026-11-24T13:00:00.000Z', movedFrom: null },
  ]);
  const nowhere = await api.sequences.simulate({ definition, contactId: await newContact(null), startAt });
  expect(nowhere.steps[1]).toMatchObject({ plannedAt: '2026-11-24T12:00:00.000Z', zone: 'America/Sao_Paulo', zoneOrigin: 'workspace' });
});

test('quiet hours of the workspace move a step, and say so', async () => {
  const quietHours = JSON.stringify({ weekly: { tue: [['08:00', '10:30']] } });
  await database.db.updateTable('workspaces').set({ quietHours }).execute();
  const { steps } = await api.sequences.simulate({ definition, zone: 'America/Sao_Paulo', startAt });
  expect(steps[1]).toMatchObject({
    plannedAt: '2026-11-24T13:30:00.000Z',
    movedFrom: '2026-11-24T12:00:00.000Z',
    reasons: ['quietHours'],
    zoneOrigin: 'set',
  });
});

test('a sequence is simulated by its live version, or its draft while it has none', async () => {
  const draft = JSON.stringify(definition);
  const { id } = await database.db
    .insertInto('sequences')
    .values({ workspaceId, name: 'Oi', draft })
    .returning('id')
    .executeTakeFirstOrThrow();
  const zone = 'UTC';
  expect((await api.sequences.simulate({ sequenceId: id, zone, startAt })).steps).toHaveLength(2);
  const live = JSON.stringify(definitionOf([messageStep('only')]));
  await database.db.insertInto('sequenceVersions').values({ workspaceId, sequenceId: id, version: 1, definition: live }).execute();
  await database.db.updateTable('sequences').set({ liveVersion: 1 }).execute();
  expect((await api.sequences.simulate({ sequenceId: id, zone, startAt })).steps.map((step) => step.stepKey)).toEqual(['only']);
});

test('contacts and sequences of another workspace are not found', async () => {
  const contactId = await newContact(null);
  const other = callerOf(await newWorkspace('other'));
  await expect(other.sequences.simulate({ definition, contactId, startAt })).rejects.toMatchObject({ cause: { code: 'notFound' } });
  const sequenceId = crypto.randomUUID();
  await expect(api.sequences.simulate({ sequenceId, zone: 'UTC', startAt })).rejects.toMatchObject({ cause: { code: 'notFound' } });
});
