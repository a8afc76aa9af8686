/** What Prometheus gets, and who does not. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createDb, createPool } from '#db/client.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { insertWorker } from '#db/queries/workers.ts';
import { makeWorld } from './authorisation/world.ts';
import { handleMetricsRequest } from './metrics.ts';

const database = useTestDatabase();
const token = 'a token for the tests';

function scrape(authorization: string | null, configured: string | undefined = token, db = database.db): Promise<Response> {
  const headers: Record<string, string> = authorization === null ? {} : { authorization };
  return handleMetricsRequest(new Request('http://localhost/api/metrics', { headers }), db, configured);
}

test('there is nothing to see while no token is configured', async () => {
  const request = new Request('http://localhost/api/metrics', { headers: { authorization: 'Bearer undefined' } });
  expect((await handleMetricsRequest(request, database.db)).status).toBe(404);
});

test('only who sends the token gets an answer', async () => {
  for (const authorization of [null, '', token, 'Bearer ', `Bearer ${token} `.repeat(2), `Basic ${token}`]) {
    expect((await scrape(authorization)).status).toBe(401);
  }
  expect((await scrape(`Bearer ${token}`)).status).toBe(200);
});

test('the figures are those of the tables, by state, without names of anybody', async () => {
  const { workspaceId, contactId, channelAccountId, slug } = await makeWorld(database.db, 'escola-aurora');
  await insertWorker(database.db, { host: 'host-1', pid: 1 });
  await database.db
    .insertInto('messages')
    .values({
      workspaceId,
      contactId,
      channelAccountId,
      direction: 'out',
      origin: 'test',
      state: 'unknown',
      unknownAt: new Date(),
      body: 'Oi',
    })
    .execute();
  await sql`insert into pgboss.job (name, state, policy) values ('sequence.advance', 'active', 'short')`.execute(database.db);

  const answer = await scrape(`Bearer ${token}`);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await answer.text();
  for (const line of [
    'andante_up 1',
    'andante_workers 1',
    'andante_oldest_overdue_seconds 0',
    'andante_enrolments_due 0',
    'andante_messages{state="unknown"} 1',
    'andante_messages{state="queued"} 0',
    'andante_queue_jobs{queue="sequence.advance",state="active"} 1',
    'andante_queue_jobs{queue="import.run",state="ready"} 0',
    'andante_channel_accounts{status="active"} 1',
    'andante_channel_accounts{status="failing"} 0',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).toMatch(/^andante_database_pool\{state="open"\} \d+$/m);
  expect(text).not.toContain(slug);
});

test('a database that is away is told, not hidden', async () => {
  const away = createDb(createPool('postgres://nobody@127.0.0.1:1/none', { max: 1 }));
  const answer = await scrape(`Bearer ${token}`, token, away);
  await away.destroy();
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(text).toContain('andante_up 0');
  expect(text).not.toContain('andante_workers');
});
