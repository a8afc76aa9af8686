/** Sessions: one row per sign-in. A cookie is worth only what its row says at this moment. */
import { sql } from 'kysely';
import type { Db } from '../client.ts';

/** The person behind a living session. */
export interface SignedInUser {
  readonly userId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
}

/** The user of session `sessionId`; null when it was revoked, has expired, or never was. */
export async function findSignedInUser(db: Db, sessionId: string): Promise<SignedInUser | null> {
  const row = await db
    .selectFrom('sessions as s')
    .innerJoin('users as u', 'u.id', 's.userId')
    .select(['u.id as userId', 's.id as sessionId', 'u.name', 'u.email', 'u.locale'])
    .where('s.id', '=', sessionId)
    .where('s.revokedAt', 'is', null)
    .where('s.expiresAt', '>', sql<Date>`andante_now()`)
    .executeTakeFirst();
  return row ?? null;
}

/** Opens a session of `days` days; answers its id. */
export async function insertSession(db: Db, session: { userId: string; userAgent: string | null; days: number }): Promise<string> {
  const row = await db
    .insertInto('sessions')
    .values({
      userId: session.userId,
      userAgent: session.userAgent,
      expiresAt: sql<Date>`andante_now() + ${session.days} * interval '1 day'`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Ends a session at once. Ending it twice is ending it once. */
export async function revokeSession(db: Db, session: { sessionId: string; userId?: string }): Promise<boolean> {
  const result = await db
    .updateTable('sessions')
    .set({ revokedAt: sql<Date>`andante_now()` })
    .where('id', '=', session.sessionId)
    .$if(session.userId !== undefined, (query) => query.where('userId', '=', session.userId as string))
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Ends all sessions of a user, but `except`. */
export async function revokeSessionsOfUser(db: Db, userId: string, except: string | null = null): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ revokedAt: sql<Date>`andante_now()` })
    .where('userId', '=', userId)
    .where('revokedAt', 'is', null)
    .$if(except !== null, (query) => query.where('id', '!=', except))
    .execute();
}

/** The living sessions of a user, newest first. */
export async function listSessionsOfUser(
  db: Db,
  userId: string,
): Promise<{ id: string; userAgent: string | null; createdAt: Date; expiresAt: Date }[]> {
  return db
    .selectFrom('sessions')
    .select(['id', 'userAgent'])
    .select(sql<Date>`created_at`.as('createdAt'))
    .select(sql<Date>`expires_at`.as('expiresAt'))
    .where('userId', '=', userId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`andante_now()`)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
}
