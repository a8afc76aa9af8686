import { expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { exitCode, makeBacklog, tallies, until, useWorkerProcesses } from './testing/worker-processes.ts';

const database = useTestDatabase();
const processes = useWorkerProcesses(database);
const { arrived, inState, workers } = tallies(database);
const people = 3_000;

test('a worker asked to stop under load settles what it has under way, and another goes on', { timeout: 300_000 }, async () => {
  await makeBacklog(database, people, 1_000);
  const stopping = processes.start();
  await until('the worker has signed on', async () => (await workers()) === 1);
  await database.advanceClock(120_000);
  await until('it has begun to send', async () => (await arrived()) > 0);
  const stopped = exitCode(stopping);
  stopping.kill('SIGTERM');
  expect(await stopped).toBe(0);
  expect(await inState('sending')).toBe(0);
  expect(await inState('unknown')).toBe(0);
  expect(await workers()).toBe(0);
  expect(await inState('accepted')).toBe(await arrived());
  processes.start();
  await until('everything is sent', async () => (await inState('accepted')) === people);
  expect(await arrived()).toBe(people);
});
