/** Pauses that end by themselves at an instant that a member chose. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
alter table enrolments add paused_until timestamptz;
create index enrolments_paused_until on enrolments (workspace_id, paused_until) where paused_until is not null and ended_at is null;
`)
    .execute(db);
}
