/** Before all tests: one embedded server, one migrated template database that every test file clones. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { createDb, createPool } from '#db/client.ts';
import { migrateToLatest } from '#db/migrate.ts';
import { createQueues } from '#jobs/queues/boss.ts';
import { startEmbeddedDatabase } from '#server/cli/embedded-database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    databaseServerUrl: string;
  }
}

export const templateName = 'andante_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'andante-test-'));
  const server = await startEmbeddedDatabase({
    directory: join(directory, 'postgres'),
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300', 'shared_buffers=256MB'],
  });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`create database ${templateName}`);
  await admin.end();
  const db = createDb(createPool(databaseUrl(server.url, templateName), { max: 2 }));
  await migrateToLatest(db);
  await db.destroy();
  await createQueues(databaseUrl(server.url, templateName));
  project.provide('databaseServerUrl', server.url);
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
