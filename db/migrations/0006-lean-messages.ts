/** Messages that cost less to send: what passes through is kept apart, so that no index changes while a message goes out, and
 *  their rows are deleted with contacts and enrolments by triggers instead of being checked by foreign keys one by one. */
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

-- Every row of these two is written under the lock of an enrolment, a session or a conversation that is itself bound.
alter table messages
  drop constraint messages_workspace_id_contact_id_fkey,
  drop constraint messages_workspace_id_channel_account_id_fkey,
  drop constraint messages_workspace_id_enrolment_id_fkey;
alter table enrolment_events drop constraint enrolment_events_workspace_id_enrolment_id_fkey;

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
  delete from messages m using gone g where m.workspace_id = g.workspace_id and m.contact_id = g.id;
  return null;
end $$;
create trigger what_contacts_left after delete on contacts referencing old table as gone
  for each statement execute function delete_what_contacts_left();
`)
    .execute(db);
}
