/** An API key that calls too often is told when to come back. */
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { World } from './authorisation/fixture.ts';
import { makeWorld } from './authorisation/world.ts';
import { handleApiRequest } from './http.ts';

const database = useTestDatabase();
const origin = 'http://127.0.0.1:3000';
let world: World;
let key = '';
let n = 0;

beforeAll(() => {
  vi.stubEnv('ANDANTE_SECRET', 'a secret for tests, 32 characters or more');
  vi.stubEnv('ANDANTE_URL', origin);
});
beforeEach(async () => {
  await database.setClock('2026-03-02T12:00:00Z');
  world = await makeWorld(database.db, `limit-${n++}`);
  key = (await world.api.apiKeys.create({ name: 'Ferramenta', role: 'editor' })).key;
});

/** One request; `calls` of them in a batch. */
function ask(perMinute: number, { as = key, calls = 1 } = {}): Promise<Response> | Response {
  const path = calls === 1 ? 'workspace.get' : `${Array.from({ length: calls }, () => 'workspace.get').join(',')}?batch=1&input=%7B%7D`;
  const request = new Request(`${origin}/api/trpc/${path}`, { headers: { authorization: `Bearer ${as}` } });
  return handleApiRequest(request, database.db, perMinute);
}

it('answers as many calls as the limit has, then 429 with the seconds to wait, and again after them', async () => {
  for (let call = 0; call < 6; call += 1) expect((await ask(6)).status).toBe(200);
  const refused = await ask(6);
  expect(refused.status).toBe(429);
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(5);
  expect(wait).toBeLessThanOrEqual(10);
  expect(await refused.json()).toMatchObject({
    error: { data: { domain: { code: 'tooManyRequests', details: { retryAfterSeconds: wait } } } },
  });
  await database.advanceClock(wait * 1_000);
  expect((await ask(6)).status).toBe(200);
  expect((await ask(6)).status).toBe(429);
  await database.advanceClock(3_600_000);
  for (let call = 0; call < 6; call += 1) expect((await ask(6)).status).toBe(200);
  expect((await ask(6)).status).toBe(429);
});

it('counts every call of a batch, and refuses them together', async () => {
  expect((await ask(20, { calls: 10 })).status).toBe(200);
  expect((await ask(20, { calls: 8 })).status).toBe(200);
  const refused = await ask(20, { calls: 10 });
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
  expect((await ask(20)).status).toBe(200);
});

it('gives every key its own, loses no call that came at the same moment, and has none where there is no limit', async () => {
  const other = (await world.api.apiKeys.create({ name: 'Outra', role: 'viewer' })).key;
  const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await ask(5)).status));
  expect(statuses.filter((status) => status === 200)).toHaveLength(5);
  expect((await ask(5, { as: other })).status).toBe(200);
  expect((await ask(0)).status).toBe(200);
});
