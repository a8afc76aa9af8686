/** An undo that no second try would mend ends with a word, and may be begun again where it stands. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
alter table imports drop constraint imports_undo_status_check;
alter table imports add constraint imports_undo_status_check check (undo_status in ('running', 'done', 'failed'));
`)
    .execute(db);
}
