import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { userActor } from '#server/auth/actor.ts';
import { checkDefinition } from '../sequences/check-definition.ts';
import { definitionSchema } from '#server/domain/definition/schema.ts';
import { createFirstWorkspace } from './create-first-workspace.ts';
import { ensureOwner } from './ensure-owner.ts';

const database = useTestDatabase();
const input = {
  workspaceName: 'Clínica São José',
  name: 'Marta',
  email: ' Marta@Example.com ',
  password: 'uma senha boa',
  locale: 'pt-BR' as const,
  timeZone: 'America/Manaus',
};

beforeEach(async () => {
  await database.db.deleteFrom('workspaces').execute();
  await database.db.deleteFrom('users').execute();
});

describe('the first run', () => {
  it('makes the workspace, its owner and something to try out', async () => {
    expect(await createFirstWorkspace(database.db, input)).toEqual({ slug: 'clinica-sao-jose' });
    const workspace = await database.db.selectFrom('workspaces').selectAll().executeTakeFirstOrThrow();
    expect(workspace).toMatchObject({ name: 'Clínica São José', timeZone: 'America/Manaus', country: 'BR', locale: 'pt-BR' });
    const user = await database.db.selectFrom('users').selectAll().executeTakeFirstOrThrow();
    expect(user.email).toBe('marta@example.com');
    expect(user.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await database.db.selectFrom('members').select('role').execute()).toEqual([{ role: 'owner' }]);
    expect(await database.db.selectFrom('channelAccounts').select('kind').execute()).toEqual([{ kind: 'sandbox' }]);
    const contacts = await database.db.selectFrom('contacts').select(['email', 'phone', 'timeZone']).execute();
    expect(contacts.length).toBeGreaterThanOrEqual(3);
    expect(contacts.every((contact) => contact.email?.endsWith('@example.com'))).toBe(true);
    expect(await database.db.selectFrom('auditLog').select('action').execute()).toEqual([{ action: 'workspace.created' }]);
  });

  it.each(['pt-BR', 'en'] as const)('leaves a sample sequence that can be published as it is (%s)', async (locale) => {
    await createFirstWorkspace(database.db, { ...input, locale });
    const member = await database.db.selectFrom('members').selectAll().executeTakeFirstOrThrow();
    const sequence = await database.db.selectFrom('sequences').selectAll().executeTakeFirstOrThrow();
    const definition = definitionSchema.parse(sequence.draft);
    expect(definition.steps.map((step) => step.type)).toEqual(['message', 'chatbot', 'message']);
    const actor = userActor({ workspaceId: member.workspaceId, userId: member.userId, memberId: member.id, role: 'owner' });
    expect(await checkDefinition(database.db, actor, definition)).toEqual([]);
  });

  it('is won by one of many at once, and is over then', async () => {
    const tries = Array.from({ length: 5 }, (_, n) => createFirstWorkspace(database.db, { ...input, email: `a${n}@example.com` }));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'alreadyExists' });
    expect(await database.db.selectFrom('workspaces').select('id').execute()).toHaveLength(1);
    expect(await database.db.selectFrom('users').select('id').execute()).toHaveLength(1);
  });

  it('refuses what is no e-mail address', async () => {
    await expect(createFirstWorkspace(database.db, { ...input, email: 'marta＠example.com' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(createFirstWorkspace(database.db, { ...input, email: 'a@b@example.com' })).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('the owner from the environment', () => {
  it('is made once, whatever starts at the same time, and never changed', async () => {
    const settings = { email: 'op@example.com', password: 'uma senha boa', workspace: 'Operação' };
    const slugs = await Promise.all([1, 2, 3].map(() => ensureOwner(database.db, settings)));
    expect(slugs.filter((slug) => slug !== null)).toEqual(['operacao']);
    const before = await database.db.selectFrom('users').selectAll().execute();
    expect(await ensureOwner(database.db, { ...settings, password: 'outra senha boa' })).toBeNull();
    expect(await database.db.selectFrom('users').selectAll().execute()).toEqual(before);
  });
});
