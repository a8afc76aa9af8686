/** A refused row names its column, and whoever says that somebody opted out is accounted for. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
alter table import_rows
  -- Place of the column whose cell refused the row, from 0.
  add problem_column int,
  -- Whether what the row says of an opt-out is on record; null when it says nothing of one.
  add opt_out_recorded boolean;
create index import_rows_opt_outs_lost on import_rows (workspace_id, import_id, line) where not opt_out_recorded;
`)
    .execute(db);
}
