import { beforeAll, beforeEach, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { insertUser } from '#db/queries/users.ts';
import { hashPassword } from '#server/auth/passwords.ts';
import { signIn } from './sign-in.ts';

const database = useTestDatabase();
const password = 'uma senha boa';
const client = (ip: string) => ({ ip, userAgent: 'test' });
const attempt = (email: string, typed: string, ip = '10.0.0.1') => signIn(database.db, { email, password: typed, client: client(ip) });

beforeAll(async () => {
  await insertUser(database.db, { email: 'marta@example.com', name: 'Marta', passwordHash: await hashPassword(password), locale: 'pt-BR' });
});

beforeEach(async () => {
  await database.db.deleteFrom('signInFailures').execute();
  await database.db.deleteFrom('sessions').execute();
});

it('opens a session, however the address was typed', async () => {
  const { userId, sessionId } = await attempt('  MARTA@Example.COM ', password);
  const session = await database.db.selectFrom('sessions').selectAll().where('id', '=', sessionId).executeTakeFirstOrThrow();
  expect(session).toMatchObject({ userId, userAgent: 'test', revokedAt: null });
});

it('says the same of a wrong password and of an unknown account', async () => {
  const wrong = await attempt('marta@example.com', 'errada').catch((error: Error) => error);
  const unknown = await attempt('ninguem@example.com', 'errada').catch((error: Error) => error);
  const broken = await attempt('no address', 'errada').catch((error: Error) => error);
  expect(wrong).toMatchObject({ code: 'unauthenticated' });
  expect(unknown).toEqual(wrong);
  expect(broken).toEqual(wrong);
});

it.each(['marta@example.com', 'ninguem@example.com'])('lets nobody guess on: %s waits after ten failures', async (email) => {
  for (let n = 0; n < 10; n++) {
    await expect(attempt(email, 'errada', `10.0.1.${n}`)).rejects.toMatchObject({ code: 'unauthenticated' });
  }
  await expect(attempt(email, password, '10.0.2.1')).rejects.toMatchObject({ code: 'tooManyRequests' });
});

it('counts attempts that come at once', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => attempt('marta@example.com', 'errada')));
  const judged = outcomes.filter((outcome) => outcome.status === 'rejected' && outcome.reason.code === 'unauthenticated');
  expect(judged.length).toBeLessThanOrEqual(10);
});

it('makes a client wait that tries many accounts', async () => {
  await database.db
    .insertInto('signInFailures')
    .values(Array.from({ length: 50 }, () => ({ subject: 'ip:10.9.9.9' })))
    .execute();
  await expect(attempt('marta@example.com', password, '10.9.9.9')).rejects.toMatchObject({ code: 'tooManyRequests' });
  await expect(attempt('marta@example.com', password, '10.9.9.8')).resolves.toBeTruthy();
});

it('forgets failures after 15 minutes, and at a success', async () => {
  for (let n = 0; n < 10; n++) await attempt('marta@example.com', 'errada').catch(() => {});
  await expect(attempt('marta@example.com', password)).rejects.toMatchObject({ code: 'tooManyRequests' });
  await database.advanceClock(15 * 60_000 + 1_000);
  await attempt('marta@example.com', password);
  const rest = await database.db.selectFrom('signInFailures').selectAll().where('subject', '=', 'email:marta@example.com').execute();
  expect(rest).toEqual([]);
});
