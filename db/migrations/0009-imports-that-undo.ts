/** Contacts are known by an id of elsewhere, too; a file is known by what is in it; and an import remembers what it changed,
 *  so that it can be undone. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
alter table contacts add external_id text constraint contacts_external_id_length check (length(external_id) between 1 and 200);
create unique index contacts_one_per_external_id on contacts (workspace_id, external_id) where external_id is not null;

-- SHA-256 of the bytes as they were expanded. Files of before have none, and are like no other.
alter table uploads add content_hash bytea;

alter table imports
  add dry_run jsonb,
  add undo_status text constraint imports_undo_status_check check (undo_status in ('running', 'done')),
  add undo_before_line bigint,
  add undo_counts jsonb not null default '{}';
create index imports_of_upload on imports (workspace_id, upload_id);
create index uploads_by_content on uploads (workspace_id, content_hash) where content_hash is not null;

alter table import_rows
  add enrolment_id uuid,
  -- What the row changed of a contact that was there: by column, what stood there before and what stands there since.
  add changes jsonb,
  -- What became of it when the import was undone.
  add undo text;
-- A row per row of a file, written by who holds the import: as in 0006, a foreign key is checked row by row, and a trigger is not.
alter table import_rows drop constraint import_rows_workspace_id_import_id_fkey;
create function delete_what_imports_left() returns trigger language plpgsql as $$
begin
  delete from import_rows r using gone g where r.workspace_id = g.workspace_id and r.import_id = g.id;
  return null;
end $$;
create trigger what_imports_left after delete on imports referencing old table as gone
  for each statement execute function delete_what_imports_left();
-- Most rows of most imports are created, updated or unchanged: those are found by walking, the few others by an index.
drop index import_rows_by_outcome;
create index import_rows_left_out on import_rows (workspace_id, import_id, outcome, line) where outcome in ('merged', 'skipped', 'rejected');
create index import_rows_not_undone on import_rows (workspace_id, import_id, line) where undo is not null and undo not in ('deleted', 'restored', 'ended');
`)
    .execute(db);
}
