/** The least that can be said about an installation without knowing who asks. */
import { sql } from 'kysely';
import { database } from '#server/platform/database.ts';
import { log } from '#server/platform/log.ts';

export async function isDatabaseAnswering(): Promise<boolean> {
  try {
    await sql`select 1`.execute(database());
    return true;
  } catch (error) {
    log.error({ err: error }, 'the database does not answer');
    return false;
  }
}
