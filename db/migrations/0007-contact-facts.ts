/** What a team knows of its contacts: choices, notes, an owner, saved segments; and lists of them that stay fast over a million:
 *  the text that is searched has the custom fields too, and every order of the list has its index. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
alter table contact_fields
  add options jsonb,
  drop constraint contact_fields_kind_check,
  add constraint contact_fields_kind_check check (kind in ('text', 'number', 'date', 'boolean', 'choice')),
  add constraint contact_fields_choice_has_options check ((kind = 'choice') = (options is not null));

-- Custom fields are found as name, e-mail and phone are. Yes and no say nothing when searched for.
alter table contacts
  add notes text,
  add owner_id uuid,
  drop column search_text;
alter table contacts
  add search_text text generated always as (
    andante_fold(coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '') ||
      case when fields = '{}' then '' else jsonb_path_query_array(fields, '$.* ? (@.type() != "boolean")')::text end)) stored,
  add foreign key (workspace_id, owner_id) references members (workspace_id, id) on delete set null (owner_id);
create index contacts_by_search_text on contacts using gin (search_text gin_trgm_ops);
create index contacts_of_owner on contacts (workspace_id, owner_id, id) where owner_id is not null;
-- Those without a name stand where their e-mail or phone would.
create index contacts_by_name on contacts (workspace_id, (ltrim(left(search_text, 24)) collate "C"), id);
create index contacts_by_change on contacts (workspace_id, updated_at, id);

create index conversations_by_last_inbound on conversations (workspace_id, last_inbound_at, contact_id) where last_inbound_at is not null;

create table segments (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  filter jsonb not null,
  created_at timestamptz not null default andante_now(),
  updated_at timestamptz not null default andante_now(),
  primary key (workspace_id, id)
);
create unique index segments_name_is_unique on segments (workspace_id, lower(name));
`)
    .execute(db);
}
