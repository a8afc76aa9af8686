import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { World } from '#server/api/authorisation/fixture.ts';
import { apiAs, makeMember, makeWorld } from '#server/api/authorisation/world.ts';

const database = useTestDatabase();
const anyone = () => apiAs(database.db, null);
let world: World;
let n = 0;

beforeEach(async () => {
  world = await makeWorld(database.db, `team-${n++}`);
});

const newAddress = () => `person-${n++}@example.com`;
const person = { name: 'Rui', password: 'uma senha boa', locale: 'pt-BR' as const };

describe('an invitation', () => {
  it('makes a new person a member with its role, once', async () => {
    const email = newAddress();
    const { token } = await world.api.members.invite({ email: email.toUpperCase(), role: 'editor' });
    expect(await anyone().members.invitation({ token })).toEqual({ workspaceName: world.slug, email, role: 'editor', hasAccount: false });
    expect(await anyone().members.accept({ token, person })).toEqual({ slug: world.slug, email });
    const { items } = await world.api.members.list({});
    expect(items.find((item) => item.email === email)).toMatchObject({ name: 'Rui', role: 'editor' });
    await expect(anyone().members.accept({ token, person })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await world.api.members.invitations({})).items).toEqual([]);
  });

  it('is accepted once, also when it is used twice at once', async () => {
    const { token } = await world.api.members.invite({ email: newAddress(), role: 'viewer' });
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => anyone().members.accept({ token, person })));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });

  it('for somebody with an account is accepted only by them', async () => {
    const elsewhere = await makeWorld(database.db, `other-${n++}`);
    const { token } = await world.api.members.invite({ email: elsewhere.user.email, role: 'viewer' });
    const reason = { cause: { details: { reason: 'signInToAccept' } } };
    await expect(anyone().members.accept({ token, person })).rejects.toMatchObject(reason);
    const third = await makeWorld(database.db, `third-${n++}`);
    await expect(apiAs(database.db, null, third.user).members.accept({ token })).rejects.toMatchObject(reason);
    expect(await apiAs(database.db, null, elsewhere.user).members.accept({ token })).toMatchObject({ slug: world.slug });
  });

  it('stops working when it is revoked or expires', async () => {
    const first = await world.api.members.invite({ email: newAddress(), role: 'viewer' });
    await world.api.members.revokeInvitation({ id: first.id });
    await expect(anyone().members.accept({ token: first.token, person })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const second = await world.api.members.invite({ email: newAddress(), role: 'viewer' });
    await database.advanceClock(7 * 24 * 3_600_000 + 1_000);
    await expect(anyone().members.invitation({ token: second.token })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(anyone().members.invitation({ token: 'nonsense' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is stored as a hash, and made once per address', async () => {
    const email = newAddress();
    const { id, token } = await world.api.members.invite({ email, role: 'viewer' });
    const row = await database.db.selectFrom('invitations').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(row.tokenHash.toString('hex')).not.toContain(token.slice(-32));
    const again = world.api.members.invite({ email, role: 'viewer' });
    await expect(again).rejects.toMatchObject({ cause: { details: { reason: 'alreadyInvited' } } });
    const member = world.api.members.invite({ email: world.user.email, role: 'viewer' });
    await expect(member).rejects.toMatchObject({ cause: { details: { reason: 'alreadyMember' } } });
  });
});

describe('owners', () => {
  const memberIdOf = async (email: string) => (await world.api.members.list({})).items.find((item) => item.email === email)?.id ?? '';

  it('cannot all go: the last one is neither demoted nor removed', async () => {
    const id = await memberIdOf(world.user.email);
    const lastOwner = { cause: { details: { reason: 'lastOwner' } } };
    await expect(world.api.members.update({ id, role: 'admin' })).rejects.toMatchObject(lastOwner);
    await expect(world.api.members.remove({ id })).rejects.toMatchObject(lastOwner);
  });

  it('cannot both remove each other at once', async () => {
    const second = await makeMember(database.db, world.workspaceId, 'owner', newAddress());
    const first = await memberIdOf(world.user.email);
    const outcomes = await Promise.allSettled([
      world.api.members.remove({ id: second.memberId }),
      apiAs(database.db, second.actor).members.remove({ id: first }),
    ]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect((await database.db.selectFrom('members').select('id').where('workspaceId', '=', world.workspaceId).execute()).length).toBe(1);
  });

  it('are made, changed and invited by owners alone', async () => {
    const admin = apiAs(database.db, (await makeMember(database.db, world.workspaceId, 'admin', newAddress())).actor);
    const editor = await makeMember(database.db, world.workspaceId, 'editor', newAddress());
    const ownerOnly = { code: 'FORBIDDEN', cause: { details: { reason: 'ownerOnly' } } };
    await expect(admin.members.update({ id: editor.memberId, role: 'owner' })).rejects.toMatchObject(ownerOnly);
    await expect(admin.members.remove({ id: await memberIdOf(world.user.email) })).rejects.toMatchObject(ownerOnly);
    await expect(admin.members.invite({ email: newAddress(), role: 'owner' })).rejects.toMatchObject(ownerOnly);
    await expect(admin.members.update({ id: editor.memberId, role: 'admin' })).resolves.toEqual({});
  });
});

it('writes down who changed what, without secrets', async () => {
  const email = newAddress();
  const { token } = await world.api.members.invite({ email, role: 'viewer' });
  const { key } = await world.api.apiKeys.create({ name: 'CRM', role: 'viewer' });
  const { items } = await world.api.audit.list({ limit: 2 });
  expect(items.map((item) => item.action)).toEqual(['apiKey.created', 'member.invited']);
  expect(items[1]).toMatchObject({ actorKind: 'user', actorName: world.user.name, details: { email, role: 'viewer' } });
  expect(JSON.stringify(items)).not.toContain(token);
  expect(JSON.stringify(items)).not.toContain(key);
});

it('pages through lists by a cursor', async () => {
  for (let i = 0; i < 3; i++) await makeMember(database.db, world.workspaceId, 'viewer', newAddress());
  const first = await world.api.members.list({ limit: 3 });
  const second = await world.api.members.list({ limit: 3, cursor: first.nextCursor });
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 1, null]);
  await expect(world.api.members.list({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
