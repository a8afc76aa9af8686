import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeBacklog, tallies, until, useWorkerProcesses } from './testing/worker-processes.ts';

const database = useTestDatabase();
const processes = useWorkerProcesses(database);
const { arrived, count, due, inState, workers } = tallies(database);
const people = 5_000;

test('a worker killed in mid-batch loses nothing and sends nothing twice', { timeout: 300_000 }, async () => {
  await makeBacklog(database, people, 2_000);
  const [killed] = [processes.start(), processes.start()];
  await until('two workers have signed on', async () => (await workers()) === 2);
  await database.advanceClock(120_000);
  await until('a batch is on its way', async () => (await inState('sending')) > 0 && (await arrived()) > 0);
  killed.kill('SIGKILL');
  await until('the other has worked off the rest', async () => (await due()) === 0);
  await database.advanceClock(180_000);
  await until('what the dead worker held has come to light', async () => (await inState('sending')) === 0);

  const unknown = await inState('unknown');
  expect((await inState('accepted')) + unknown).toBe(people);
  expect(await count(sql`(select from sandbox_deliveries group by message_id having count(*) > 1) twice`)).toBe(0);
  const logged = sql`sandbox_deliveries d join messages m on m.workspace_id = d.workspace_id and m.id = d.message_id`;
  expect(await count(sql`${logged} where m.state not in ('accepted', 'unknown')`)).toBe(0);
  const acceptedUnlogged = sql`messages m where m.state = 'accepted' and not exists (select from sandbox_deliveries d where d.message_id = m.id)`;
  expect(await count(acceptedUnlogged)).toBe(0);
  expect(await count(sql`enrolments where hold_reason = 'unknownDelivery' and waiting_for = 'unknown'`)).toBe(unknown);
});
