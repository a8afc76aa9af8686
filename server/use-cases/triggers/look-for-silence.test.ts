import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { apiAs } from '#server/api/authorisation/world.ts';
import { listWorkspacesWithOccasions } from '#db/queries/sweep.ts';
import { lookForSilence } from './look-for-silence.ts';
import { runTriggers } from './run-triggers.ts';
import { letIn, makeScene, type TriggerScene, waiting } from './testing.ts';

const database = useTestDatabase();
let at: TriggerScene;
let api: ReturnType<typeof apiAs>;
const day = 86_400_000;

beforeEach(async () => {
  await database.setClock('2026-03-02T12:00:30Z');
  at = await makeScene(database, { reentry: { policy: 'afterExit', coolDownDays: 0 } });
  api = apiAs(database.db, at.actor);
});

const person = async (name: string, n: number, tags: string[] = []): Promise<string> =>
  (await api.contacts.create({ name, phone: `1198765000${n}`, tags })).id;
/** A message to or from the contact, now. */
const message = (contactId: string, direction: 'in' | 'out') =>
  sql`insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, body, created_at, accepted_at)
    values (${at.workspaceId}, ${direction}, ${direction === 'in' ? 'contact' : 'member'}, ${contactId}, ${at.accountId},
      ${direction === 'in' ? 'received' : 'accepted'}, 'Oi', andante_now(), case when ${direction} = 'out' then andante_now() end)`.execute(
    database.db,
  );
const entered = async (): Promise<string[]> => {
  await runTriggers(database.db, at.workspaceId);
  return letIn(database, at.sequenceId);
};
const leave = () => api.enrolments.remove({ filter: { sequenceId: at.sequenceId, status: 'active' } });

test('who was not contacted for so many days enters, once for each silence', async () => {
  await api.triggers.create({ sequenceId: at.sequenceId, on: { kind: 'inactivity', silence: 'notContacted', days: 10 } });
  const [ana, bia] = [await person('Ana', 1), await person('Bia', 2)];
  expect(await entered()).toEqual([]);
  await database.advanceClock(6 * day);
  await message(bia, 'out');
  await database.advanceClock(5 * day);
  expect(await entered()).toEqual(['Ana']);
  await leave();
  await database.advanceClock(2 * day);
  expect(await entered()).toEqual(['Ana']);
  await database.advanceClock(4 * day);
  expect(await entered()).toEqual(['Ana', 'Bia']);
  await leave();
  await message(ana, 'out');
  await database.advanceClock(9 * day);
  expect(await entered()).toEqual(['Ana', 'Bia']);
  await database.advanceClock(2 * day);
  expect(await entered()).toEqual(['Ana', 'Ana', 'Bia']);
});

test('who was written to and has not replied for so many days enters; who replied, or never was, does not', async () => {
  await api.triggers.create({ sequenceId: at.sequenceId, on: { kind: 'inactivity', silence: 'noReply', days: 3 } });
  const [ana, bia] = [await person('Ana', 1), await person('Bia', 2)];
  await person('Nunca', 3);
  await message(ana, 'out');
  await message(bia, 'out');
  await database.advanceClock(2 * day);
  await message(ana, 'out');
  await message(bia, 'in');
  await database.advanceClock(2 * day);
  expect(await entered()).toEqual(['Ana']);
  await message(bia, 'out');
  await database.advanceClock(4 * day);
  expect(await entered()).toEqual(['Ana', 'Bia']);
});

test('the condition decides, and a refusal is counted once for a silence', async () => {
  await api.triggers.create({
    sequenceId: at.sequenceId,
    on: { kind: 'inactivity', silence: 'notContacted', days: 1 },
    condition: { tag: 'lead' },
  });
  const ana = await person('Ana', 1, ['lead']);
  await person('Bia', 2);
  await api.enrolments.enrol({ sequenceId: at.sequenceId, contactIds: [ana] });
  for (let looks = 0; looks < 3; looks += 1) {
    await database.advanceClock(2 * day);
    expect(await entered()).toEqual([]);
  }
  expect((await api.triggers.list({})).items).toMatchObject([{ enrolled: 0, refused: [{ reason: 'alreadyActive', count: 1 }] }]);
});

test('a silence that was noted twice lets in once', async () => {
  await api.triggers.create({ sequenceId: at.sequenceId, on: { kind: 'inactivity', silence: 'notContacted', days: 1 } });
  await person('Ana', 1);
  await database.advanceClock(2 * day);
  await lookForSilence(database.db, at.workspaceId);
  await sql`create table noted as select workspace_id, trigger_id, contact_id, silent_since from trigger_occasions`.execute(database.db);
  expect(await entered()).toEqual(['Ana']);
  await leave();
  await sql`insert into trigger_occasions (workspace_id, trigger_id, contact_id, silent_since) select * from noted`.execute(database.db);
  expect(await entered()).toEqual(['Ana']);
  expect(await waiting(database)).toBe(0);
  expect((await api.triggers.list({})).items).toMatchObject([{ enrolled: 1, refused: [] }]);
});

test('a condition on what is gone since lets nobody in', async () => {
  const { id: segmentId } = await api.segments.create({ name: 'Interessados', filter: { tag: 'lead' } });
  await api.triggers.create({ sequenceId: at.sequenceId, on: { kind: 'contactCreated' }, condition: { segmentId } });
  await person('Ana', 1, ['lead']);
  expect(await entered()).toEqual(['Ana']);
  await person('Bia', 2, ['lead']);
  await sql`delete from segments where id = ${segmentId}`.execute(database.db);
  expect(await entered()).toEqual(['Ana']);
  expect((await api.triggers.list({})).items).toMatchObject([{ enrolled: 1, refused: [{ reason: 'conditionNotMet', count: 1 }] }]);
});

test('the sweep asks for a look once an hour, and goes on with one that was broken off', async () => {
  const asks = () => listWorkspacesWithOccasions(database.db);
  expect(await asks()).not.toContain(at.workspaceId);
  const { id } = await api.triggers.create({
    sequenceId: at.sequenceId,
    on: { kind: 'inactivity', silence: 'notContacted', days: 1 },
  });
  expect(await asks()).toContain(at.workspaceId);
  await entered();
  expect(await asks()).not.toContain(at.workspaceId);
  await database.advanceClock(3_601_000);
  expect(await asks()).toContain(at.workspaceId);
  await entered();
  await database.db
    .updateTable('triggers')
    .set({ lookAfter: await person('Ana', 1) })
    .where('id', '=', id)
    .execute();
  expect(await asks()).toContain(at.workspaceId);
  await api.sequences.archive({ id: at.sequenceId });
  expect(await asks()).not.toContain(at.workspaceId);
});

test('a trigger that looks for another silence has seen none of it yet', async () => {
  const on = { kind: 'inactivity', silence: 'notContacted', days: 10 } as const;
  const { id } = await api.triggers.create({ sequenceId: at.sequenceId, on });
  await message(await person('Ana', 1), 'out');
  await database.advanceClock(11 * day);
  expect(await entered()).toEqual(['Ana']);
  await leave();
  await api.triggers.update({ id, on: { kind: 'inactivity', silence: 'noReply', days: 3 } });
  expect(await entered()).toEqual(['Ana', 'Ana']);
});
