/** Holiday calendars, and a mark on each workspace that changes with any of its rules of time. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
create table holiday_calendars (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  -- what was chosen: country, states, single holidays, own dates
  content jsonb not null,
  -- what follows from it: local dates with their names, as planning reads them
  closed_dates jsonb not null,
  revision int not null default 1,
  created_at timestamptz not null default andante_now(),
  updated_at timestamptz not null default andante_now(),
  primary key (workspace_id, id)
);
create unique index holiday_calendars_name_is_unique on holiday_calendars (workspace_id, lower(name));

-- Changes with quiet hours and calendars, and is never used twice: processes keep rules by it.
alter table workspaces add rules_version uuid not null default gen_random_uuid();

create index sequence_versions_by_calendar on sequence_versions (workspace_id, (definition ->> 'calendarId'))
  where definition ->> 'calendarId' is not null;
`)
    .execute(db);
}
