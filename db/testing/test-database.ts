/** A fresh database for one test file, cloned from the migrated template, with a clock that the test moves. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { createDb, createPool, type Db } from '#db/client.ts';
import { closeAlarms } from '#jobs/queues/boss.ts';
import { databaseUrl, templateName } from './global-setup.ts';

export interface TestDatabase {
  readonly db: Db;
  readonly url: string;
  /** Sets the test clock so that `andante_now()` is `instant` from here on, running on. */
  setClock(instant: string | Date): Promise<void>;
  advanceClock(milliseconds: number): Promise<void>;
  /** How many of its sessions wait for a lock. */
  waitingForLocks(): Promise<number>;
}

/** Call at the top of a test file; the database is there in every test and dropped after the last. */
export function useTestDatabase(): TestDatabase {
  let db: Db | undefined;
  let url = '';
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  beforeAll(async () => {
    url = databaseUrl(inject('databaseServerUrl'), name);
    await onServer(`create database ${name} template ${templateName}`);
    process.env['DATABASE_URL'] = url;
    process.env['ANDANTE_CLOCK'] = 'test';
    process.env['ANDANTE_SECRET'] ??= 'secret-of-the-tests-and-of-nothing-else';
    db = createDb(createPool(url, { max: 10, testClock: true }));
  });
  afterAll(async () => {
    await closeAlarms();
    await db?.destroy();
    await onServer(`drop database ${name} with (force)`);
  });
  const ready = (): Db => {
    if (!db) throw new Error('The test database is there only inside tests and hooks.');
    return db;
  };
  return {
    get db() {
      return ready();
    },
    get url() {
      return url;
    },
    async setClock(instant) {
      const at = new Date(instant).toISOString();
      await sql`update test_clock set ahead = ${at}::timestamptz - statement_timestamp()`.execute(ready());
    },
    async advanceClock(milliseconds) {
      await sql`update test_clock set ahead = ahead + ${milliseconds} * interval '1 millisecond'`.execute(ready());
    },
    async waitingForLocks() {
      const { rows } = await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
        ready(),
      );
      return rows.length;
    },
  };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseServerUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
