/** What a request must look like, and how quickly what was taken away is gone. */
import { encode } from 'next-auth/jwt';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { insertSession, revokeSession } from '#db/queries/sessions.ts';
import { sealedSession, sessionCookieName } from '#server/auth/session-token.ts';
import { changePassword } from '#server/use-cases/account/change-password.ts';
import { hashPassword } from '#server/auth/passwords.ts';
import { updateUser } from '#db/queries/users.ts';
import type { World } from './authorisation/fixture.ts';
import { makeMember, makeWorld, type UserActor } from './authorisation/world.ts';
import { handleApiRequest } from './http.ts';

const database = useTestDatabase();
const secret = 'a secret for tests, 32 characters or more';
const origin = 'http://127.0.0.1:3000';
let world: World;
let n = 0;

beforeAll(() => {
  vi.stubEnv('ANDANTE_SECRET', secret);
  vi.stubEnv('ANDANTE_URL', origin);
  vi.stubEnv('DATABASE_URL', 'postgres://unused');
});

beforeEach(async () => {
  world = await makeWorld(database.db, `space-${n++}`);
});

async function cookieFor(sessionId: string): Promise<string> {
  return `${sessionCookieName()}=${await sealedSession(sessionId, secret)}`;
}

async function status(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<number> {
  const request = new Request(`${origin}/api/trpc/${path}`, init);
  return (await handleApiRequest(request, database.db)).status;
}

const asMember = async (sessionId = world.user.sessionId) => ({
  cookie: await cookieFor(sessionId),
  'x-andante-workspace': world.slug,
});
const json = { 'content-type': 'application/json' };
const create = { method: 'POST', body: JSON.stringify({ name: 'Eva' }) };

describe('a call with a session cookie', () => {
  it('changes things when it is JSON from one of our own pages', async () => {
    const headers = { ...(await asMember()), ...json };
    expect(await status('contacts.create', { ...create, headers: { ...headers, origin, host: '127.0.0.1:3000' } })).toBe(200);
    expect(await status('contacts.create', { ...create, headers: { ...headers, 'sec-fetch-site': 'same-origin' } })).toBe(200);
  });

  it('is refused from elsewhere, or without saying from where', async () => {
    const headers = { ...(await asMember()), ...json };
    expect(await status('contacts.create', { ...create, headers: { ...headers, origin: 'https://evil.example' } })).toBe(403);
    expect(await status('contacts.create', { ...create, headers: { ...headers, origin: 'null' } })).toBe(403);
    expect(await status('contacts.create', { ...create, headers })).toBe(403);
  });

  it('is refused as a form, and changes nothing as a GET', async () => {
    const member = { ...(await asMember()), origin };
    const body = new FormData();
    body.set('name', 'Eva');
    expect(await status('contacts.create', { method: 'POST', body, headers: member })).toBe(415);
    expect(await status('contacts.create', { method: 'POST', body: '{}', headers: { ...member, 'content-type': 'text/plain' } })).toBe(415);
    expect(await status('contacts.create?input=%7B%7D', { headers: member })).toBe(405);
  });

  it('sees only the workspace it is a member of', async () => {
    const other = await makeWorld(database.db, `other-${n++}`);
    expect(await status('workspace.get', { headers: await asMember() })).toBe(200);
    expect(await status('workspace.get', { headers: { ...(await asMember()), 'x-andante-workspace': other.slug } })).toBe(401);
  });
});

it('carries at most ten calls in a request', async () => {
  const key = (await world.api.apiKeys.create({ name: 'Tool', role: 'viewer' })).key;
  const headers = { authorization: `Bearer ${key}` };
  const batch = (size: number) => `${Array.from({ length: size }, () => 'workspace.get').join(',')}?batch=1&input=%7B%7D`;
  expect(await status(batch(10), { headers })).toBe(200);
  expect(await status(batch(11), { headers })).toBe(400);
});

describe('a captured cookie is worth nothing', () => {
  it('after signing out', async () => {
    const headers = await asMember();
    await revokeSession(database.db, { sessionId: world.user.sessionId });
    expect(await status('workspace.get', { headers })).toBe(401);
  });

  it('after the password changed', async () => {
    await updateUser(database.db, world.user.userId, { passwordHash: await hashPassword('the old password') });
    const headers = await asMember();
    await changePassword(database.db, world.user, { current: 'the old password', next: 'the new password' });
    expect(await status('workspace.get', { headers })).toBe(401);
  });

  it('after 30 days', async () => {
    const sessionId = await insertSession(database.db, { userId: world.user.userId, userAgent: null, days: 30 });
    await database.db
      .updateTable('sessions')
      .set({ expiresAt: new Date(0) })
      .where('id', '=', sessionId)
      .execute();
    expect(await status('workspace.get', { headers: await asMember(sessionId) })).toBe(401);
  });

  it('when it was sealed with another secret', async () => {
    const forged = await encode({ token: { sessionId: world.user.sessionId }, secret: 'another secret of 32 characters or more' });
    const headers = { cookie: `${sessionCookieName()}=${forged}`, 'x-andante-workspace': world.slug };
    expect(await status('workspace.get', { headers })).toBe(401);
  });
});

describe('access ends with the next request', () => {
  let editor: { actor: UserActor; user: World['user']; memberId: string };
  beforeEach(async () => {
    editor = await makeMember(database.db, world.workspaceId, 'editor', `editor${n++}@example.com`);
  });

  it('for a member who was removed', async () => {
    const headers = await asMember(editor.user.sessionId);
    expect(await status('workspace.get', { headers })).toBe(200);
    await world.api.members.remove({ id: editor.memberId });
    expect(await status('workspace.get', { headers })).toBe(401);
  });

  it('for the old role of a member, also in a new session', async () => {
    const headers = await asMember(editor.user.sessionId);
    await world.api.members.update({ id: editor.memberId, role: 'viewer' });
    expect(await status('workspace.get', { headers })).toBe(401);
    const sessionId = await insertSession(database.db, { userId: editor.user.userId, userAgent: null, days: 1 });
    const again = { ...(await asMember(sessionId)), ...json, origin };
    expect(await status('contacts.create', { ...create, headers: again })).toBe(403);
    expect(await status('workspace.get', { headers: again })).toBe(200);
  });

  it('for a key that was revoked', async () => {
    const { id, key } = await world.api.apiKeys.create({ name: 'Tool', role: 'viewer' });
    const headers = { authorization: `Bearer ${key}` };
    expect(await status('workspace.get', { headers })).toBe(200);
    await world.api.apiKeys.revoke({ id });
    expect(await status('workspace.get', { headers })).toBe(401);
  });
});

describe('an API key', () => {
  it('is stored as a hash, belongs to its workspace, and notes its use', async () => {
    const other = await makeWorld(database.db, `other-${n++}`);
    const { id, key, prefix } = await world.api.apiKeys.create({ name: 'Tool', role: 'viewer' });
    const row = await database.db.selectFrom('apiKeys').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(JSON.stringify({ ...row, keyHash: row.keyHash.toString('hex') })).not.toContain(key.slice(-32));
    expect(key).toContain(prefix.slice(1));
    const headers = { authorization: `Bearer ${key}`, 'x-andante-workspace': other.slug };
    const answer = await handleApiRequest(new Request(`${origin}/api/trpc/workspace.get`, { headers }), database.db);
    expect(await answer.json()).toMatchObject({ result: { data: { slug: world.slug, role: 'viewer' } } });
    const { items } = await world.api.apiKeys.list({});
    expect(items.find((item) => item.id === id)?.lastUsedAt).not.toBeNull();
  });

  it('of another workspace id does not fit', async () => {
    const other = await makeWorld(database.db, `other-${n++}`);
    const { key } = await world.api.apiKeys.create({ name: 'Tool', role: 'viewer' });
    const moved = key.replace(world.workspaceId.replaceAll('-', ''), other.workspaceId.replaceAll('-', ''));
    expect(await status('workspace.get', { headers: { authorization: `Bearer ${moved}` } })).toBe(401);
    expect(await status('workspace.get', { headers: { authorization: 'Bearer nonsense' } })).toBe(401);
    expect(await status('workspace.get', { headers: { authorization: `Bearer ${key}` } })).toBe(200);
  });

  it('wins over a cookie, and a wrong one is not helped by a cookie', async () => {
    const headers = { ...(await asMember()), authorization: 'Bearer nonsense' };
    expect(await status('workspace.get', { headers })).toBe(401);
  });
});
