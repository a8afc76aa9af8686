/** Merges of earlier versions are told with whoever made them, as far as the audit log says it. */
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createDb, createPool, type Db } from '../client.ts';
import { migrateToLatest } from '../migrate.ts';
import { databaseUrl } from '../testing/global-setup.ts';
import { migrations } from './index.ts';

const name = `upgrade_${crypto.randomUUID().replaceAll('-', '')}`;
let db: Db;

beforeAll(async () => {
  await onServer(`create database ${name}`);
  db = createDb(createPool(databaseUrl(inject('databaseServerUrl'), name), { max: 2 }));
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateTo('0017-instants-of-messages');
  if (error) throw error;
});
afterAll(async () => {
  await db.destroy();
  await onServer(`drop database ${name} with (force)`);
});

test('who merged is taken from the audit log', async () => {
  const [keptId, known, unknown, userId] = Array.from({ length: 4 }, () => crypto.randomUUID());
  const details = JSON.stringify({ mergedIds: [crypto.randomUUID(), known] });
  await sql`insert into workspaces (slug, name) values ('escola', 'Escola')`.execute(db);
  await sql`insert into contacts (workspace_id, id, name) select id, ${keptId}, 'Ana' from workspaces`.execute(db);
  await sql`insert into contact_merges (workspace_id, contact_id, kept_id)
    select w.id, m.id, ${keptId} from workspaces w cross join unnest(${[known, unknown]}::uuid[]) m (id)`.execute(db);
  await sql`insert into audit_log (workspace_id, actor_kind, actor_id, action, subject_kind, subject_id, details)
    select id, 'user', ${userId}, 'contact.merged', 'contact', ${keptId}, ${details} from workspaces`.execute(db);
  expect(await migrateToLatest(db)).toContain('0018-history-of-merges');
  const merges = await db.selectFrom('contactMerges').select(['contactId', 'actorKind', 'actorId', 'name']).execute();
  const of = (id: string | undefined) => merges.find(({ contactId }) => contactId === id);
  expect(of(known)).toMatchObject({ actorKind: 'user', actorId: userId, name: null });
  expect(of(unknown)).toMatchObject({ actorKind: null, actorId: null });
});

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseServerUrl') });
  await client.connect();
  await client.query(statement);
  await client.end();
}
