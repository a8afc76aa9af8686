/** Triggers: what happens to contacts enrols them. Statement triggers note the occasions in the transaction of the change itself,
 *  whoever makes it; without an enabled trigger of the kind they cost one look into an index. Allowances of API keys. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [tables, notes, allowances]) await sql.raw(part).execute(db);
}

const tables = `
create table triggers (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  sequence_id uuid not null,
  kind text not null constraint triggers_kind_check check (kind in ('contactCreated', 'tagAdded', 'fieldChanged', 'inactivity')),
  -- of tagAdded; null once the tag is gone, and then it never rings
  tag_id uuid,
  -- of fieldChanged: name, phone, email, locale, timeZone or fields.<key>; becomes: only when it changes to this
  field text,
  becomes jsonb,
  -- of inactivity
  silence text constraint triggers_silence_check check (silence in ('notContacted', 'noReply')),
  days int constraint triggers_days_check check (days between 1 and 3650),
  condition jsonb not null default '{}',
  enabled boolean not null default true,
  -- how far a look for silent contacts is, and when the last one ended
  look_after uuid,
  looked_at timestamptz,
  created_by_kind text not null constraint triggers_created_by_kind_check check (created_by_kind in ('user', 'apiKey', 'system')),
  created_by uuid,
  created_at timestamptz not null default andante_now(),
  updated_at timestamptz not null default andante_now(),
  primary key (workspace_id, id),
  constraint triggers_have_what_their_kind_needs check (case kind
    when 'fieldChanged' then field is not null
    when 'inactivity' then silence is not null and days is not null
    else true end),
  foreign key (workspace_id, sequence_id) references sequences on delete cascade,
  foreign key (workspace_id, tag_id) references tags on delete set null (tag_id)
);
create index triggers_enabled on triggers (kind, workspace_id) where enabled;
create index triggers_of_sequence on triggers (workspace_id, sequence_id);
create index triggers_of_tag on triggers (workspace_id, tag_id) where tag_id is not null;

-- What happened and was not looked at yet. A row goes in the transaction that enrols, or refuses, its contact.
-- Contacts are no foreign key: one that is gone by then is refused as such.
create table trigger_occasions (
  workspace_id uuid not null,
  trigger_id uuid not null,
  id bigint generated always as identity,
  contact_id uuid not null,
  -- made by a step or a bot, and not by a person, a program or a file
  by_engine boolean not null default false,
  -- of inactivity: since when
  silent_since timestamptz,
  primary key (workspace_id, trigger_id, id),
  foreign key (workspace_id, trigger_id) references triggers on delete cascade
);

-- What a trigger knows of a contact: when it let it in, how many automatic entries stood before that one, and which silence it saw.
create table trigger_contacts (
  workspace_id uuid not null,
  trigger_id uuid not null,
  contact_id uuid not null,
  entered_at timestamptz,
  depth int not null default 0,
  silent_since timestamptz,
  primary key (workspace_id, trigger_id, contact_id),
  foreign key (workspace_id, trigger_id) references triggers on delete cascade,
  foreign key (workspace_id, contact_id) references contacts on delete cascade
);
create index trigger_contacts_of_contact on trigger_contacts (workspace_id, contact_id);

-- How often each outcome was, by day in UTC: 'enrolled', or why not.
create table trigger_tallies (
  workspace_id uuid not null,
  trigger_id uuid not null,
  on_date date not null,
  outcome text not null,
  count bigint not null,
  last_at timestamptz not null default andante_now(),
  primary key (workspace_id, trigger_id, on_date, outcome),
  foreign key (workspace_id, trigger_id) references triggers on delete cascade
);
`;

// `andante.cause` is set for one transaction: 'engine' by what steps and bots do, 'none' by what is no occasion at all.
const notes = `
create function contact_value(field text, name text, phone text, email text, locale text, time_zone text, fields jsonb)
returns jsonb language sql immutable parallel safe as $$
  select case field
    when 'name' then to_jsonb(name) when 'phone' then to_jsonb(phone) when 'email' then to_jsonb(email)
    when 'locale' then to_jsonb(locale) when 'timeZone' then to_jsonb(time_zone)
    else fields -> substr(field, 8) end
$$;

-- The cause that triggers of a kind are told; null where there is none, or nobody listens.
create function told_cause(listening text) returns text language sql stable as $$
  select coalesce(nullif(current_setting('andante.cause', true), ''), 'person')
  where coalesce(current_setting('andante.cause', true), '') <> 'none' and exists (select from triggers where kind = listening and enabled)
$$;

-- Triggers are held, so that one that is being deleted is waited for and passed over.
create function note_contacts_created() returns trigger language plpgsql as $$
declare cause text := told_cause('contactCreated');
begin
  if cause is null then return null; end if;
  insert into trigger_occasions (workspace_id, trigger_id, contact_id, by_engine)
  select t.workspace_id, t.id, n.id, cause = 'engine'
  from triggers t join fresh n on n.workspace_id = t.workspace_id
  where t.kind = 'contactCreated' and t.enabled
  for key share of t;
  return null;
end $$;
create trigger contacts_created after insert on contacts referencing new table as fresh
  for each statement execute function note_contacts_created();

create function note_contacts_changed() returns trigger language plpgsql as $$
declare cause text := told_cause('fieldChanged');
begin
  if cause is null then return null; end if;
  insert into trigger_occasions (workspace_id, trigger_id, contact_id, by_engine)
  select t.workspace_id, t.id, n.id, cause = 'engine'
  from triggers t
  join fresh n on n.workspace_id = t.workspace_id
  join stale o on o.workspace_id = n.workspace_id and o.id = n.id
  cross join lateral (select
    contact_value(t.field, n.name, n.phone, n.email, n.locale, n.time_zone, n.fields) as now_has,
    contact_value(t.field, o.name, o.phone, o.email, o.locale, o.time_zone, o.fields) as had) v
  where t.kind = 'fieldChanged' and t.enabled and v.now_has is distinct from v.had and (t.becomes is null or v.now_has = t.becomes)
  for key share of t;
  return null;
end $$;
create trigger contacts_changed after update on contacts referencing old table as stale new table as fresh
  for each statement execute function note_contacts_changed();

create function note_tags_added() returns trigger language plpgsql as $$
declare cause text := told_cause('tagAdded');
begin
  if cause is null then return null; end if;
  insert into trigger_occasions (workspace_id, trigger_id, contact_id, by_engine)
  select t.workspace_id, t.id, n.contact_id, cause = 'engine'
  from triggers t join fresh n on n.workspace_id = t.workspace_id and n.tag_id = t.tag_id
  where t.kind = 'tagAdded' and t.enabled
  for key share of t;
  return null;
end $$;
create trigger contact_tags_added after insert on contact_tags referencing new table as fresh
  for each statement execute function note_tags_added();
`;

const allowances = `
-- What is left to each API key of the calls it may make at once. Unlogged: a call costs no write to disk, and after a crash every
-- key begins with a full allowance.
create unlogged table api_allowances (
  workspace_id uuid not null,
  api_key_id uuid not null,
  calls double precision not null,
  at timestamptz not null default andante_now(),
  primary key (workspace_id, api_key_id),
  foreign key (workspace_id, api_key_id) references api_keys on delete cascade
) with (fillfactor = 50);
`;
