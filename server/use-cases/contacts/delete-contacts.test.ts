/** Contacts deleted while they are enrolled, claimed and sent to: nothing of them stays, whoever comes first. Enrolments and
 *  messages have no foreign keys that would see to it. */
import { sql } from 'kysely';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { createEngine } from '../engine/engine.ts';
import { advanceSequence } from '../engine/advance-sequence.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '../engine/testing.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { changeContacts } from './change-contacts.ts';

const database = useTestDatabase();
const rounds = 60;
const perRound = 20;

const deleteAll = (space: TestWorkspace, contactIds: string[]) =>
  changeContacts(database.db, space.actor, { kind: 'deleteContacts', target: { contactIds } });

/** Rows of enrolments, messages and events of a workspace. */
async function rowsLeft({ workspaceId }: TestWorkspace): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from enrolments where workspace_id = ${workspaceId}) + (select count(*) from messages where workspace_id = ${workspaceId})
      + (select count(*) from enrolment_events where workspace_id = ${workspaceId}) as count`.execute(database.db);
  return rows[0]?.count ?? -1;
}

async function makeSpace(): Promise<TestWorkspace & { sequenceId: string }> {
  const space = await makeWorkspace(database.db);
  const steps = [
    messageStep('a', space.accountId, { kind: 'immediately' }),
    messageStep('b', space.accountId, { kind: 'after', amount: 1, unit: 'hours' }),
  ];
  return { ...space, sequenceId: await makeSequence(database.db, space.workspaceId, { steps }) };
}

test('a contact who is deleted takes enrolments, messages and their history along', async () => {
  const space = await makeSpace();
  const [contactId = '', other = ''] = await makeContacts(database.db, space.workspaceId, 2);
  await enrolContacts(database.db, space.actor, { sequenceId: space.sequenceId, target: { contactIds: [contactId, other] } });
  const engine = createEngine(database.db);
  await advanceSequence(engine, space.workspaceId, space.sequenceId);
  await engine.dispatcher.idle();
  expect(await rowsLeft(space)).toBe(6);
  await deleteAll(space, [contactId]);
  expect(await rowsLeft(space)).toBe(3);
  await deleteAll(space, [other]);
  expect(await rowsLeft(space)).toBe(0);
});

test('nothing stays of contacts who are deleted while they are being enrolled', async () => {
  const space = await makeSpace();
  const ids = await makeContacts(database.db, space.workspaceId, rounds * perRound);
  for (let round = 0; round < rounds; round++) {
    const contactIds = ids.slice(round * perRound, (round + 1) * perRound);
    await Promise.all([
      enrolContacts(database.db, space.actor, { sequenceId: space.sequenceId, target: { contactIds } }),
      pause(round % 12).then(() => deleteAll(space, contactIds)),
    ]);
  }
  expect(await rowsLeft(space)).toBe(0);
});

test('nothing stays of contacts who are deleted while their steps are claimed and sent', async () => {
  const space = await makeSpace();
  let sent = 0;
  const send = () => {
    sent += 1;
    return Promise.resolve({ kind: 'accepted', providerId: null } as const);
  };
  const engine = createEngine(database.db, { senders: () => Promise.resolve({ send }) });
  for (let round = 0; round < rounds; round++) {
    const contactIds = await makeContacts(database.db, space.workspaceId, perRound);
    await enrolContacts(database.db, space.actor, { sequenceId: space.sequenceId, target: { contactIds } });
    await Promise.all([
      advanceSequence(engine, space.workspaceId, space.sequenceId),
      pause(round % 20).then(() => deleteAll(space, contactIds)),
    ]);
    await engine.dispatcher.idle();
  }
  expect(await rowsLeft(space)).toBe(0);
  expect(sent).toBeGreaterThan(0);
});

test('nothing stays of a workspace that is deleted', async () => {
  const space = await makeSpace();
  const contactIds = await makeContacts(database.db, space.workspaceId, 3);
  await enrolContacts(database.db, space.actor, { sequenceId: space.sequenceId, target: { contactIds } });
  const engine = createEngine(database.db);
  await advanceSequence(engine, space.workspaceId, space.sequenceId);
  await engine.dispatcher.idle();
  await database.db.deleteFrom('workspaces').where('id', '=', space.workspaceId).execute();
  expect(await rowsLeft(space)).toBe(0);
});

test('no contact is made where there is no workspace', async () => {
  const workspaceId = crypto.randomUUID();
  await expect(database.db.insertInto('contacts').values({ workspaceId, name: 'Ana' }).execute()).rejects.toMatchObject({ code: '23503' });
});
