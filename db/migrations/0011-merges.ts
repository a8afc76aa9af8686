/** Contacts that are one person: groups that a search found, pairs that are no duplicates, and who was merged into whom. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
-- What the last search found. A search writes all of them anew; who reads them looks at the contacts as they are then.
create table duplicate_groups (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  contact_ids uuid[] not null,
  primary key (workspace_id, id)
);
create index duplicate_groups_of_contact on duplicate_groups using gin (contact_ids);

-- Pairs of which somebody said that they are two people.
create table distinct_contacts (
  workspace_id uuid not null,
  contact_id uuid not null,
  other_id uuid not null,
  at timestamptz not null default andante_now(),
  primary key (workspace_id, contact_id, other_id),
  constraint distinct_contacts_in_order check (contact_id < other_id),
  foreign key (workspace_id, contact_id) references contacts on delete cascade,
  foreign key (workspace_id, other_id) references contacts on delete cascade
);
create index distinct_contacts_of_other on distinct_contacts (workspace_id, other_id);

-- What became of a contact that was merged: whoever still knows its id is led to the one that was kept.
create table contact_merges (
  workspace_id uuid not null,
  contact_id uuid not null,
  kept_id uuid not null,
  at timestamptz not null default andante_now(),
  primary key (workspace_id, contact_id),
  foreign key (workspace_id, kept_id) references contacts on delete cascade
);
create index contact_merges_of_kept on contact_merges (workspace_id, kept_id);

-- Contacts and conversations are deleted, and merged, without reading every session of the workspace.
create index bot_sessions_of_contact on bot_sessions (workspace_id, contact_id);
create index bot_sessions_of_conversation on bot_sessions (workspace_id, conversation_id);

alter table enrolments drop constraint enrolments_exit_reason_check, add constraint enrolments_exit_reason_check check (exit_reason in
  ('completed', 'replied', 'goal', 'optedOut', 'bounced', 'removed', 'failed', 'expired', 'exitStep', 'sequenceArchived', 'merged'));
`)
    .execute(db);
}
