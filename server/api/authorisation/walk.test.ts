/** Walks every procedure of the API: every role, API keys, strangers, and the ids of a foreign workspace.
 *  A procedure without a line in the permissions, or without a fixture, fails here. */
import { beforeAll, describe, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type Actor, apiKeyActor } from '#server/auth/actor.ts';
import { openProcedures, permissions } from '#server/auth/permissions.ts';
import { type Role, roleAtLeast } from '#server/domain/roles.ts';
import { appRouter } from '../root.ts';
import { fingerprint } from './fingerprint.ts';
import type { World } from './fixture.ts';
import { fixtures } from './fixtures.ts';
import { apiAs, makeMember, makeWorld } from './world.ts';

const database = useTestDatabase();
const paths = Object.keys(appRouter._def.procedures).sort();
const open = new Set(Object.keys(openProcedures));
const inWorkspace = paths.filter((path) => !open.has(path));

let home: World;
let foreign: World;
const actors = new Map<string, Actor>();

beforeAll(async () => {
  home = await makeWorld(database.db, 'home');
  foreign = await makeWorld(database.db, 'foreign');
  actors.set('owner', home.owner);
  for (const role of ['viewer', 'editor', 'admin'] as const) {
    actors.set(role, (await makeMember(database.db, home.workspaceId, role, `${role}@home.example.com`)).actor);
    const key = await home.api.apiKeys.create({ name: role, role });
    actors.set(`${role} key`, apiKeyActor({ workspaceId: home.workspaceId, apiKeyId: key.id, role }));
  }
});

/** Calls `path`; answers the result, or the code of the error. */
async function call(actor: Actor | null, path: string, input: unknown): Promise<{ result: unknown } | { code: string; error: unknown }> {
  const [family = '', name = ''] = path.split('.');
  const api = apiAs(database.db, actor) as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
  try {
    return { result: await api[family]?.[name]?.(input) };
  } catch (error) {
    return { code: (error as { code: string }).code, error };
  }
}

it('has exactly one line of permission and one fixture for every procedure', () => {
  const listed = [...Object.keys(permissions), ...Object.keys(openProcedures)];
  expect(paths.filter((path) => !listed.includes(path))).toEqual([]);
  expect(listed.filter((path) => !paths.includes(path))).toEqual([]);
  expect(Object.keys(permissions).filter((path) => open.has(path))).toEqual([]);
  expect(inWorkspace.filter((path) => !(path in fixtures))).toEqual([]);
  expect(Object.keys(fixtures).filter((path) => !inWorkspace.includes(path))).toEqual([]);
});

describe.each(inWorkspace.filter((path) => path in fixtures))('%s', (path) => {
  const minimum = (permissions as Record<string, Role>)[path] ?? 'owner';
  const fixture = fixtures[path];
  if (!fixture) return;

  it('answers those whose role suffices, and nobody else', async () => {
    for (const [name, actor] of actors) {
      const role = actor.kind === 'system' ? 'owner' : actor.role;
      const answer = await call(actor, path, await fixture.input(home));
      const expected = roleAtLeast(role, minimum) ? 'result' : 'FORBIDDEN';
      const given = 'result' in answer ? 'result' : answer.code;
      expect(given, `${name}: ${'error' in answer ? String(answer.error) : ''}`).toBe(expected);
    }
  });

  it('answers no stranger', async () => {
    expect(await call(null, path, await fixture.input(home))).toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('neither shows nor changes anything of another workspace', async () => {
    const input = await fixture.input(foreign);
    const before = await fingerprint(database.db, foreign.workspaceId);
    const answer = await call(home.owner, path, input);
    if (fixture.foreign === 'notFound') expect(answer).toMatchObject({ code: 'NOT_FOUND' });
    if (fixture.foreign === 'nothing') expect(isNothing((answer as { result?: unknown }).result)).toBe(true);
    if (fixture.foreign === 'noIds') expect(answer).toHaveProperty('result');
    expect(await fingerprint(database.db, foreign.workspaceId)).toEqual(before);
    expect(JSON.stringify(answer)).not.toContain(foreign.workspaceId);
  });
});

describe('outside of any workspace', () => {
  it.each(Object.entries(openProcedures).filter(([, who]) => who === 'signedIn'))('%s asks strangers to sign in', async (path) => {
    expect(await call(null, path, {})).toMatchObject({ code: 'UNAUTHORIZED' });
  });
});

/** No items, nothing accepted, a count of nothing. */
function isNothing(result: unknown): boolean {
  const answer = result as { items?: unknown[]; accepted?: unknown[] | { count: number } };
  if (answer.items) return answer.items.length === 0;
  if (Array.isArray(answer.accepted)) return answer.accepted.length === 0;
  return answer.accepted?.count === 0;
}
