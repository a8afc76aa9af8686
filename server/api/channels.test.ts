import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { userActor } from '#server/auth/actor.ts';
import type { Role } from '#server/domain/roles.ts';
import { message } from '#server/channels/conformance.ts';
import { type SmtpDouble, startSmtpDouble } from '#server/channels/smtp/smtp-double.ts';
import { emptyDefinition } from '#server/domain/definition/schema.ts';
import { ensureSandboxAccount } from '#server/use-cases/channels/ensure-sandbox-account.ts';
import { closeSenders, senderFor } from '#server/use-cases/channels/sender-pool.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { appRouter } from './root.ts';
import { createCaller } from './trpc.ts';

process.env['ANDANTE_SECRET'] ??= 'a secret of the tests, longer than thirty-two';
process.env['DATABASE_URL'] ??= 'postgres://unused@localhost/unused';

const database = useTestDatabase();
let workspaceId: WorkspaceId;
let smtp: SmtpDouble;

function apiAs(role: Role, id: string = workspaceId) {
  const actor = userActor({ workspaceId: id, userId: crypto.randomUUID(), memberId: crypto.randomUUID(), role });
  return createCaller(appRouter)({ db: database.db, actor });
}

async function newWorkspace(): Promise<WorkspaceId> {
  const slug = `w-${crypto.randomUUID()}`;
  const { id } = await database.db.insertInto('workspaces').values({ slug, name: slug }).returning('id').executeTakeFirstOrThrow();
  return id as WorkspaceId;
}

const smtpInput = (change: object = {}) => ({
  kind: 'smtp' as const,
  name: 'Recepção',
  config: { host: '127.0.0.1', port: smtp.port, security: 'none', user: 'aurora', fromAddress: 'ola@aurora.example', ...change },
  secret: { password: 'right-password' },
});

beforeAll(async () => {
  smtp = await startSmtpDouble({ wantsLogin: true });
});
afterAll(() => smtp.stop());
beforeEach(async () => {
  smtp.trouble = { login: { user: 'aurora', password: 'right-password' } };
  smtp.forget();
  workspaceId = await newWorkspace();
});

const send = async (id: string) => (await senderFor(database.db, workspaceId, id)).send(message(), AbortSignal.timeout(15_000));

describe('an SMTP account', () => {
  test('is made, listed without its password, and sends real mail', async () => {
    const api = apiAs('admin');
    const made = await api.channels.create(smtpInput());
    expect(made).toMatchObject({ kind: 'smtp', name: 'Recepção', status: 'active', hasSecret: true, ratePerSecond: 10 });
    const { items, nextCursor } = await apiAs('viewer').channels.list({});
    expect(items).toEqual([made]);
    expect(nextCursor).toBeNull();
    expect(JSON.stringify(items)).not.toContain('right-password');
    expect(await send(made.id)).toMatchObject({ kind: 'accepted' });
    expect(await smtp.received()).toHaveLength(1);
  });

  test('keeps its password sealed: neither table nor audit log shows it, and in another row it does not open', async () => {
    const { id } = await apiAs('admin').channels.create(smtpInput());
    const stored = await database.db.selectFrom('channelAccounts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const audited = await database.db.selectFrom('auditLog').selectAll().where('workspaceId', '=', workspaceId).execute();
    expect(JSON.stringify([stored.config, audited])).toContain('Recepção');
    expect(JSON.stringify([stored.config, audited])).not.toContain('right-password');
    expect(stored.secret?.includes('right-password')).toBe(false);
    const other = await apiAs('admin').channels.create(smtpInput());
    await sql`update channel_accounts a set secret = b.secret from channel_accounts b where a.id = ${other.id} and b.id = ${id}`.execute(
      database.db,
    );
    await expect(senderFor(database.db, workspaceId, other.id)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('is opened once, and anew after every change', async () => {
    const api = apiAs('admin');
    const { id } = await api.channels.create(smtpInput());
    const first = await senderFor(database.db, workspaceId, id);
    expect(await senderFor(database.db, workspaceId, id)).toBe(first);
    await api.channels.update({ id, secret: { password: 'wrong' } });
    expect(await senderFor(database.db, workspaceId, id)).not.toBe(first);
    expect(await send(id)).toMatchObject({ kind: 'retry' });
    await api.channels.update({ id, secret: { password: 'right-password' } });
    expect(await send(id)).toMatchObject({ kind: 'accepted' });
    await closeSenders(database.db);
    expect(await send(id)).toMatchObject({ kind: 'accepted' });
  });

  test('hands its password to no other server: it has to be given again', async () => {
    const api = apiAs('admin');
    const { id, config } = await api.channels.create(smtpInput());
    const elsewhere = { ...config, host: 'evil.example' };
    await expect(api.channels.update({ id, config: elsewhere })).rejects.toMatchObject({ cause: { code: 'invalid' } });
    await expect(api.channels.update({ id, config: { ...config, user: 'other' } })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await api.channels.update({ id, config: { ...config, fromName: 'Aurora' } })).toMatchObject({ hasSecret: true });
    expect(await api.channels.update({ id, config: elsewhere, secret: null })).toMatchObject({ hasSecret: false });
  });

  test.each([
    [{ host: 'http://mail.example' }, 'config.host'],
    [{ port: 0 }, 'config.port'],
    [{ fromAddress: 'ola' }, 'config.fromAddress'],
    [{ fromName: 'Aurora\r\nBcc: x@example.com' }, 'config.fromName'],
    [{ colour: 'red' }, 'config'],
  ])('is refused for %o, with the field', async (change, path) => {
    const making = apiAs('admin').channels.create(smtpInput(change));
    await expect(making).rejects.toMatchObject({ code: 'BAD_REQUEST', cause: { details: { problems: [{ path }] } } });
  });

  test('is tried: the connection alone, then with a message; trouble is noted and cleared', async () => {
    const api = apiAs('admin');
    const { id } = await api.channels.create(smtpInput());
    expect(await api.channels.test({ id })).toEqual({ ok: true, problem: null, sent: null });
    expect(await api.channels.test({ id, address: 'maria@example.com', body: 'Olá' })).toMatchObject({
      ok: true,
      sent: { kind: 'accepted' },
    });
    expect(await smtp.received()).toMatchObject([{ address: 'maria@example.com', text: 'Olá\n' }]);
    smtp.trouble = {};
    expect(await api.channels.test({ id, address: 'maria@example.com' })).toMatchObject({
      ok: false,
      problem: { code: 'signIn' },
      sent: null,
    });
    expect(await api.channels.health({ id })).toMatchObject({ status: 'failing', lastError: 'signIn' });
    smtp.trouble = { login: { user: 'aurora', password: 'right-password' } };
    await api.channels.test({ id });
    expect(await api.channels.health({ id })).toMatchObject({
      status: 'active',
      lastError: null,
      queued: 0,
      unknown: 0,
      acceptedLastDay: 0,
    });
  });

  test('is paused and resumed, and says so in the audit log', async () => {
    const api = apiAs('editor');
    const { id } = await apiAs('admin').channels.create(smtpInput());
    expect(await api.channels.pause({ id })).toMatchObject({ status: 'paused' });
    expect(await api.channels.pause({ id })).toMatchObject({ status: 'paused' });
    expect(await api.channels.resume({ id })).toMatchObject({ status: 'active' });
    const actions = await database.db
      .selectFrom('auditLog')
      .select('action')
      .where('workspaceId', '=', workspaceId)
      .orderBy('id')
      .execute();
    expect(actions.map(({ action }) => action)).toEqual(['channelAccount.created', 'channelAccount.paused', 'channelAccount.resumed']);
  });
});

describe('deleting an account', () => {
  async function runSequenceWith(channelAccountId: string): Promise<void> {
    const step = { key: 'hi', type: 'message', timing: { kind: 'immediately' }, message: { channelAccountId, body: 'Oi' } };
    const ask = {
      key: 'ask',
      type: 'waitFor',
      timing: { kind: 'immediately' },
      waitFor: { reply: true, timeoutMinutes: 5 },
      paths: { happened: [step] },
    };
    const definition = JSON.stringify({ ...emptyDefinition, steps: [ask] });
    const { id: sequenceId } = await database.db
      .insertInto('sequences')
      .values({ workspaceId, name: 'Retorno', draft: definition, status: 'running', liveVersion: 1 })
      .returning('id')
      .executeTakeFirstOrThrow();
    await database.db.insertInto('sequenceVersions').values({ workspaceId, sequenceId, version: 1, definition }).execute();
  }

  test('is refused while a running sequence sends through it, at any depth, and names the sequence', async () => {
    const api = apiAs('admin');
    const { id } = await api.channels.create(smtpInput());
    await runSequenceWith(id);
    await expect(api.channels.delete({ id })).rejects.toMatchObject({
      code: 'CONFLICT',
      cause: { details: { sequences: [{ name: 'Retorno' }] } },
    });
    await database.db.updateTable('sequences').set({ status: 'archived' }).where('workspaceId', '=', workspaceId).execute();
    expect(await api.channels.delete({ id })).toEqual({ canceledMessages: 0 });
    expect((await api.channels.list()).items).toEqual([]);
    await expect(senderFor(database.db, workspaceId, id)).rejects.toMatchObject({ code: 'notFound' });
    const row = await database.db.selectFrom('channelAccounts').select('secret').where('id', '=', id).executeTakeFirstOrThrow();
    expect(row.secret).toBeNull();
  });

  test('cancels what was queued for it', async () => {
    const api = apiAs('admin');
    const { id } = await api.channels.create(smtpInput());
    const contact = await database.db
      .insertInto('contacts')
      .values({ workspaceId, email: 'a@example.com' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await database.db
      .insertInto('messages')
      .values({
        workspaceId,
        contactId: contact.id,
        channelAccountId: id,
        direction: 'out',
        origin: 'member',
        state: 'queued',
        nextAttemptAt: new Date(),
        body: 'Oi',
      })
      .execute();
    expect(await api.channels.delete({ id })).toEqual({ canceledMessages: 1 });
    const rows = await database.db.selectFrom('messages').select(['state', 'reason']).where('workspaceId', '=', workspaceId).execute();
    expect(rows).toEqual([{ state: 'canceled', reason: 'channelDeleted' }]);
  });
});

test('every workspace has one sandbox', async () => {
  const ids = await database.db
    .transaction()
    .execute(async (tx) => [await ensureSandboxAccount(tx, workspaceId), await ensureSandboxAccount(tx, workspaceId)]);
  expect(ids[0]).toBe(ids[1]);
  await expect(apiAs('admin').channels.create({ kind: 'sandbox', name: 'Outra', config: {} })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('an account of another workspace is not found, whatever one asks of it', async () => {
  const { id } = await apiAs('admin').channels.create(smtpInput());
  const { channels } = apiAs('owner', await newWorkspace());
  const calls = [
    channels.update({ id, name: 'x' }),
    channels.test({ id }),
    channels.pause({ id }),
    channels.resume({ id }),
    channels.delete({ id }),
    channels.health({ id }),
  ];
  for (const answer of await Promise.allSettled(calls)) expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } });
});

test('editors may pause and resume; only admins make, change, try and delete', async () => {
  const { id } = await apiAs('admin').channels.create(smtpInput());
  const { channels } = apiAs('editor');
  const calls = [channels.create(smtpInput()), channels.update({ id, name: 'x' }), channels.test({ id }), channels.delete({ id })];
  for (const answer of await Promise.allSettled(calls)) expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'FORBIDDEN' } });
  await expect(apiAs('viewer').channels.pause({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
