/** Messages are found by when they were accepted and answered, without an index that every acceptance would have to be written to. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
-- Least and greatest instant of every 256 pages. A message that goes out stays a heap-only update: PostgreSQL leaves such indexes out of
-- what hinders it. What was written since the last summary is read through.
create index messages_by_instant on messages using brin (accepted_at, replied_at) with (pages_per_range = 256, autosummarize = on);
`)
    .execute(db);
}
