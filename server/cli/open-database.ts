/** The database that a command works on: the one of DATABASE_URL, else the embedded one, running already or started now. */
import { join } from 'node:path';
import pg from 'pg';
import { dataFolder, keptSecret } from './data-folder.ts';
import { findEmbeddedDatabase, startEmbeddedDatabase, stopEmbeddedDatabase } from './embedded-database.ts';

export interface OpenDatabase {
  readonly url: string;
  readonly origin: 'DATABASE_URL' | 'running' | 'started';
  /** Stops the server if this command started it. */
  stop(): Promise<void>;
}

const databaseName = 'andante';

/** Also sets DATABASE_URL, for this process and its children. With `adopt`, a server that is running already (its `npm start`
 *  was killed) is stopped at the end as if it had been started now. */
export async function openDatabase(options: { adopt?: boolean } = {}): Promise<OpenDatabase> {
  const given = process.env['DATABASE_URL'];
  const opened = given ? { url: given, origin: 'DATABASE_URL' as const, stop: async () => {} } : await openEmbedded(options.adopt ?? false);
  process.env['DATABASE_URL'] = opened.url;
  return opened;
}

async function openEmbedded(adopt: boolean): Promise<OpenDatabase> {
  const folder = dataFolder();
  const directory = join(folder, 'postgres');
  const password = keptSecret(folder, 'database-password');
  const running = findEmbeddedDatabase(directory, password);
  if (running) return { url: named(running), origin: 'running', stop: async () => (adopt ? stopEmbeddedDatabase(directory) : undefined) };
  const server = await startEmbeddedDatabase({ directory, password });
  await createDatabase(server.url);
  return { url: named(server.url), origin: 'started', stop: () => server.stop() };
}

function named(serverUrl: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${databaseName}`;
  return url.href;
}

async function createDatabase(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
