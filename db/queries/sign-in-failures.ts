/** Attempts to sign in that did not succeed (yet), per e-mail address and per client address. */
import { sql } from 'kysely';
import type { Db } from '../client.ts';

/** Minutes for which a failed attempt counts. */
export const failureMinutes = 15;

/** Notes an attempt under each subject before it is judged, so that parallel attempts count each other.
 *  Answers how many of the last 15 minutes stand under each subject, this one included. Old ones are dropped. */
export async function recordAttempt(db: Db, subjects: readonly string[]): Promise<Record<string, number>> {
  await sql`delete from sign_in_failures where at < andante_now() - interval '1 day'`.execute(db);
  await db
    .insertInto('signInFailures')
    .values(subjects.map((subject) => ({ subject })))
    .execute();
  const { rows } = await sql<{ subject: string; count: number }>`
    select subject, count(*)::int as count from sign_in_failures
    where subject = any(${subjects as string[]}) and at > andante_now() - ${failureMinutes} * interval '1 minute'
    group by subject`.execute(db);
  return Object.fromEntries(rows.map((row) => [row.subject, row.count]));
}

/** Takes back the newest attempt of each subject: it was refused unjudged, or succeeded. */
export async function forgetAttempt(db: Db, subjects: readonly string[]): Promise<void> {
  await sql`
    delete from sign_in_failures where ctid in (
      select distinct on (subject) ctid from sign_in_failures where subject = any(${subjects as string[]}) order by subject, at desc)`.execute(
    db,
  );
}

export async function forgetAttemptsOf(db: Db, subject: string): Promise<void> {
  await db.deleteFrom('signInFailures').where('subject', '=', subject).execute();
}
