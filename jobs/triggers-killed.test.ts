import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { apiAs } from '#server/api/authorisation/world.ts';
import { makeContacts } from '#server/use-cases/engine/testing.ts';
import { makeScene } from '#server/use-cases/triggers/testing.ts';
import { tallies, until, useWorkerProcesses } from './testing/worker-processes.ts';

const database = useTestDatabase();
const processes = useWorkerProcesses(database);
const { count } = tallies(database);
const people = 10_000;

test('a worker killed while it enrols by a trigger loses nobody and enrols nobody twice', { timeout: 120_000 }, async () => {
  const at = await makeScene(database, { reentry: { policy: 'afterExit', coolDownDays: 0 } });
  const api = apiAs(database.db, at.actor);
  await api.triggers.create({ sequenceId: at.sequenceId, on: { kind: 'tagAdded', tag: 'cliente' } });
  const contactIds = await makeContacts(database.db, at.workspaceId, people);
  const killed = processes.start();
  await until('the worker has signed on', async () => (await count(sql`workers`)) === 1);
  await api.contacts.tag({ contactIds, tags: ['cliente'] });
  await until('the first are in', async () => (await count(sql`enrolments`)) > 0);
  killed.kill('SIGKILL');
  processes.start();
  await until('everybody is in', async () => (await count(sql`enrolments`)) >= people);
  await until('nothing waits', async () => (await count(sql`trigger_occasions`)) === 0);
  expect(await count(sql`enrolments`)).toBe(people);
  expect(await count(sql`(select distinct contact_id from enrolments) once`)).toBe(people);
  expect((await api.triggers.list({})).items).toMatchObject([{ enrolled: people, refused: [] }]);
});
