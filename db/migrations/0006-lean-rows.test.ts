/** An installation with messages in every passing state is brought to claims of their own. */
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createDb, createPool, type Db } from '../client.ts';
import { migrateToLatest } from '../migrate.ts';
import { databaseUrl } from '../testing/global-setup.ts';
import { migrations } from './index.ts';

const name = `upgrade_${crypto.randomUUID().replaceAll('-', '')}`;
const token = crypto.randomUUID();
let db: Db;

beforeAll(async () => {
  await onServer(`create database ${name}`);
  db = createDb(createPool(databaseUrl(inject('databaseServerUrl'), name), { max: 2 }));
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateTo('0005-worker-clocks');
  if (error) throw error;
});
afterAll(async () => {
  await db.destroy();
  await onServer(`drop database ${name} with (force)`);
});

test('what was being sent keeps its lease, what was queued or uncertain stays so, and nothing of it is lost', async () => {
  await sql`
    with w as (insert into workspaces (slug, name) values ('escola', 'Escola') returning id),
    a as (insert into channel_accounts (workspace_id, kind, name, rate_per_second) select id, 'sandbox', 'Sandbox', 10 from w returning workspace_id, id),
    c as (insert into contacts (workspace_id, name) select id, 'Ana' from w returning workspace_id, id)
    insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, body, state, claim_token, claimed_at, lease_until, next_attempt_at)
    select c.workspace_id, 'out', 'member', c.id, a.id, x.body, x.state, x.token, x.claimed_at, x.lease_until, x.next_attempt_at
    from c cross join a cross join (values
      ('on its way', 'sending', ${token}::uuid, now(), now() + interval '80 seconds', null::timestamptz),
      ('on its way, too', 'sending', ${token}::uuid, now(), now() + interval '90 seconds', null),
      ('nobody has it', 'sending', null, now(), null, null),
      ('again later', 'queued', null, null, null, now() + interval '1 hour'),
      ('without a time', 'queued', null, null, null, null),
      ('uncertain', 'unknown', null, '2026-03-02T12:00:00Z', null, null),
      ('gone out', 'accepted', ${token}::uuid, now(), null, now())) x (body, state, token, claimed_at, lease_until, next_attempt_at)`.execute(
    db,
  );
  expect(await migrateToLatest(db)).toContain('0006-lean-rows');

  const messages = await db.selectFrom('messages').select(['body', 'state', 'nextAttemptAt', 'unknownAt', 'id']).execute();
  const of = (body: string) => messages.find((message) => message.body === body);
  expect(of('on its way')?.state).toBe('sending');
  expect(of('nobody has it')).toMatchObject({ state: 'unknown', unknownAt: expect.any(Date) as Date });
  expect(of('again later')?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
  expect(of('without a time')).toMatchObject({ state: 'queued', nextAttemptAt: expect.any(Date) as Date });
  expect(of('uncertain')?.unknownAt).toEqual(new Date('2026-03-02T12:00:00Z'));
  expect(of('gone out')).toMatchObject({ state: 'accepted', nextAttemptAt: null });

  const claims = await db.selectFrom('messageClaims').selectAll().execute();
  expect(claims).toHaveLength(1);
  expect(claims[0]?.token).toBe(token);
  expect(claims[0]?.messageIds.toSorted()).toEqual([of('on its way')?.id, of('on its way, too')?.id].toSorted());
  expect(claims[0]?.leaseUntil.getTime()).toBeGreaterThan(Date.now() + 80_000);
});

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseServerUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
