/** Rows that cost less to write. Of messages, what passes through is kept apart, so that no index changes while one goes out;
 *  and the three tables with a row per contact and step have no foreign keys, which PostgreSQL checks row by row: whoever
 *  writes them holds their parents, in sets, and triggers delete them with their parents. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
-- A batch under way in one worker: what it may still be sending, until when. Gone once all of it is settled.
create table message_claims (
  workspace_id uuid not null references workspaces on delete cascade,
  token uuid not null,
  lease_until timestamptz not null,
  message_ids uuid[] not null,
  primary key (workspace_id, token)
);
insert into message_claims (workspace_id, token, lease_until, message_ids)
select workspace_id, claim_token, coalesce(max(lease_until), andante_now()), array_agg(id)
from messages where state = 'sending' and claim_token is not null group by workspace_id, claim_token;

-- Indexes stand on what is null while a message is claimed and accepted, and not on its state.
alter table messages add unknown_at timestamptz;
update messages set state = 'unknown' where state = 'sending' and claim_token is null;
update messages set unknown_at = coalesce(claimed_at, created_at) where state = 'unknown';
update messages set next_attempt_at = case when state = 'queued' then coalesce(next_attempt_at, andante_now()) end
where (state = 'queued') is distinct from (next_attempt_at is not null);
drop index messages_queued, messages_under_way, messages_unknown, messages_of_provider;
alter table messages
  drop column lease_until,
  add constraint messages_queued_has_next_attempt check ((state = 'queued') = (next_attempt_at is not null)),
  add constraint messages_unknown_since check ((state = 'unknown') = (unknown_at is not null)),
  -- Room on the page for the version that says that it was accepted.
  set (fillfactor = 50);
create index messages_queued on messages (workspace_id, channel_account_id, next_attempt_at) where next_attempt_at is not null;
create index messages_unknown on messages (workspace_id, unknown_at) where unknown_at is not null;

-- Enrolments are written by those who hold the contacts and the sequence; messages of a step by those who hold the enrolment,
-- its events by those who hold it or the message; what bots and people say by those who hold the session or the
-- conversation, which foreign keys still bind.
alter table enrolments
  drop constraint enrolments_workspace_id_sequence_id_version_fkey,
  drop constraint enrolments_workspace_id_contact_id_fkey;
alter table messages
  drop constraint messages_workspace_id_contact_id_fkey,
  drop constraint messages_workspace_id_channel_account_id_fkey,
  drop constraint messages_workspace_id_enrolment_id_fkey;
alter table enrolment_events drop constraint enrolment_events_workspace_id_enrolment_id_fkey;

-- Messages first: who settles one and writes an event holds its row, so by the time it is gone the event can be seen.
create function delete_what_enrolments_left() returns trigger language plpgsql as $$
begin
  delete from messages m using gone g where m.workspace_id = g.workspace_id and m.enrolment_id = g.id and m.origin = 'step';
  delete from enrolment_events v using gone g where v.workspace_id = g.workspace_id and v.enrolment_id = g.id;
  return null;
end $$;
create trigger what_enrolments_left after delete on enrolments referencing old table as gone
  for each statement execute function delete_what_enrolments_left();

create function delete_what_contacts_left() returns trigger language plpgsql as $$
begin
  delete from enrolments e using gone g where e.workspace_id = g.workspace_id and e.contact_id = g.id;
  delete from messages m using gone g where m.workspace_id = g.workspace_id and m.contact_id = g.id;
  return null;
end $$;
create trigger what_contacts_left after delete on contacts referencing old table as gone
  for each statement execute function delete_what_contacts_left();

create function delete_what_versions_left() returns trigger language plpgsql as $$
begin
  delete from enrolments e using gone g where e.workspace_id = g.workspace_id and e.sequence_id = g.sequence_id and e.version = g.version;
  return null;
end $$;
create trigger what_versions_left after delete on sequence_versions referencing old table as gone
  for each statement execute function delete_what_versions_left();
`)
    .execute(db);
}
