/** Faults of the database: restarted, its connections cut. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { patiently } from '../patience.ts';
import type { Scenario } from '../scenario.ts';

export const databaseRestarted: Scenario = {
  name: 'database-restarted',
  workers: 2,
  long: { people: 350, ratePerSecond: 20 },
  short: { people: 120, ratePerSecond: 20 },
  async run({ random, isShort, restartDatabase }) {
    for (let round = 0; round < (isShort ? 3 : 12); round++) {
      await pause(random.between(1_000, 3_500));
      await restartDatabase(random.next() < 0.5 ? 'immediate' : 'fast');
    }
  },
};

export const backendsTerminated: Scenario = {
  name: 'backends-terminated',
  workers: 2,
  long: { people: 300, ratePerSecond: 20 },
  short: { people: 60, ratePerSecond: 20 },
  async run({ database, random, isShort }) {
    for (let round = 0; round < (isShort ? 5 : 40); round++) {
      await pause(random.between(100, 1_000));
      await patiently(() =>
        sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`.execute(database.db),
      );
    }
  },
};
