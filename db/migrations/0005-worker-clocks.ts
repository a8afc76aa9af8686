/** What a worker's own clock says beside the database's, so that one which is off is seen. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table workers add clock_ahead_ms integer not null default 0;`).execute(db);
}
