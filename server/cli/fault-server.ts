/** The private PostgreSQL of the fault battery: a migrated template, a database for every fault, restarts as `pg_ctl restart` does them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { sql } from 'kysely';
import { createDb, createPool } from '#db/client.ts';
import type { FaultDatabase, RestartMode } from '#jobs/faults/scenario.ts';
import { commandOf } from './database-process.ts';
import { freePort, startEmbeddedDatabase } from './embedded-database.ts';
import { migrateDatabase } from './migrate-database.ts';

export interface FaultServer {
  /** Makes a database, hands it to `work`, and drops it. */
  withDatabase<Result>(name: string, work: (database: FaultDatabase) => Promise<Result>): Promise<Result>;
  restart(how: RestartMode): Promise<void>;
  stop(): Promise<void>;
}

const template = 'faults_template';
/** A server that is killed loses nothing by `fsync=off` as long as the machine stays up; commits wait for the log as always. */
const settings = ['fsync=off', 'max_connections=200', 'shared_buffers=128MB'];

export async function startFaultServer(): Promise<FaultServer> {
  const folder = await mkdtemp(join(tmpdir(), 'andante-faults-db-'));
  const place = { directory: join(folder, 'postgres'), port: await freePort(), settings };
  let server = await startEmbeddedDatabase(place);
  await onServer(server.url, `create database ${template}`);
  await migrateDatabase(databaseUrl(server.url, template));
  return {
    async withDatabase(name, work) {
      await onServer(server.url, `create database ${name} template ${template}`);
      const url = databaseUrl(server.url, name);
      const db = createDb(createPool(url, { max: 6, testClock: true, applicationName: 'andante-faults' }));
      try {
        return await work({
          db,
          url,
          async setClock(instant) {
            await sql`update test_clock set ahead = ${new Date(instant).toISOString()}::timestamptz - statement_timestamp()`.execute(db);
          },
          async advanceClock(milliseconds) {
            await sql`update test_clock set ahead = ahead + ${milliseconds} * interval '1 millisecond'`.execute(db);
          },
        });
      } finally {
        await db.destroy();
        await onServer(server.url, `drop database ${name} with (force)`);
      }
    },
    async restart(how) {
      if (how === 'fast') await server.stop();
      else await kill(server.url);
      server = await startEmbeddedDatabase(place);
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Immediate shutdown: no checkpoint, every connection dropped, recovery at the next start. */
async function kill(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(`select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid`);
  const pid = rows[0]?.pid ?? 0;
  if (!commandOf(pid).includes('postgres')) throw new Error('The database server was not found.');
  process.kill(pid, 'SIGQUIT');
  while (commandOf(pid) !== '') await pause(10);
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
