/** Users: people with a password. What they may do in a workspace stands in `members`. */
import { sql } from 'kysely';
import type { Db, Tx } from '../client.ts';

export interface Credentials {
  readonly id: string;
  readonly passwordHash: string;
}

export async function findCredentialsByEmail(db: Db, email: string): Promise<Credentials | null> {
  const row = await db.selectFrom('users').select(['id', 'passwordHash']).where('email', '=', email).executeTakeFirst();
  return row ?? null;
}

export async function findCredentialsOfUser(db: Db, userId: string): Promise<Credentials | null> {
  const row = await db.selectFrom('users').select(['id', 'passwordHash']).where('id', '=', userId).executeTakeFirst();
  return row ?? null;
}

/** Whether anybody has an account yet; false only before the first run. */
export async function anyUserExists(db: Db): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Holds the right to make the first user until the transaction ends; others wait. */
export async function lockFirstUser(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('andante.first-user', 0))`.execute(tx);
}

export async function insertUser(db: Db, user: { email: string; name: string; passwordHash: string; locale: string }): Promise<string> {
  const row = await db.insertInto('users').values(user).returning('id').executeTakeFirstOrThrow();
  return row.id;
}

export async function updateUser(
  db: Db,
  userId: string,
  changes: { name?: string | undefined; locale?: string | undefined; passwordHash?: string | undefined },
): Promise<void> {
  if (Object.values(changes).every((value) => value === undefined)) return;
  await db.updateTable('users').set(changes).where('id', '=', userId).execute();
}
