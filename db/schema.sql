-- The schema after all migrations. Made by `npm run db:sync`; never edited by hand.

create extension pg_trgm;

create extension unaccent;

CREATE OR REPLACE FUNCTION public.andante_fold(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select lower(public.unaccent('public.unaccent'::regdictionary, value))
$function$;

CREATE OR REPLACE FUNCTION public.andante_now()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select case
    when current_setting('andante.clock', true) = 'test' then statement_timestamp() + test_clock_ahead()
    else statement_timestamp()
  end
$function$;

CREATE OR REPLACE FUNCTION public.andante_words(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select ' ' || regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, value)), '[^[:alnum:]]+', ' ', 'g')
$function$;

CREATE OR REPLACE FUNCTION public.contact_value(field text, name text, phone text, email text, locale text, time_zone text, fields jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case field
    when 'name' then to_jsonb(name) when 'phone' then to_jsonb(phone) when 'email' then to_jsonb(email)
    when 'locale' then to_jsonb(locale) when 'timeZone' then to_jsonb(time_zone)
    else fields -> substr(field, 8) end
$function$;

CREATE OR REPLACE FUNCTION public.delete_what_contacts_left()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from enrolments e using gone g where e.workspace_id = g.workspace_id and e.contact_id = g.id;
  delete from messages m using gone g where m.workspace_id = g.workspace_id and m.contact_id = g.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.delete_what_enrolments_left()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from messages m using gone g where m.workspace_id = g.workspace_id and m.enrolment_id = g.id and m.origin = 'step';
  delete from enrolment_events v using gone g where v.workspace_id = g.workspace_id and v.enrolment_id = g.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.delete_what_imports_left()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from import_rows r using gone g where r.workspace_id = g.workspace_id and r.import_id = g.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.delete_what_versions_left()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from enrolments e using gone g where e.workspace_id = g.workspace_id and e.sequence_id = g.sequence_id and e.version = g.version;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.delete_what_workspaces_left()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from contacts c using gone g where c.workspace_id = g.id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.hold_workspaces_of_contacts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform from workspaces where id in (select workspace_id from fresh) for key share;
  if exists (select from fresh f where not exists (select from workspaces w where w.id = f.workspace_id)) then
    raise foreign_key_violation using message = 'A contact has no workspace.', table = 'contacts';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_contacts_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.note_contacts_created()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare cause text := told_cause('contactCreated');
begin
  if cause is null then return null; end if;
  insert into trigger_occasions (workspace_id, trigger_id, contact_id, by_engine)
  select t.workspace_id, t.id, n.id, cause = 'engine'
  from triggers t join fresh n on n.workspace_id = t.workspace_id
  where t.kind = 'contactCreated' and t.enabled
  for key share of t;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_tags_added()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare cause text := told_cause('tagAdded');
begin
  if cause is null then return null; end if;
  insert into trigger_occasions (workspace_id, trigger_id, contact_id, by_engine)
  select t.workspace_id, t.id, n.contact_id, cause = 'engine'
  from triggers t join fresh n on n.workspace_id = t.workspace_id and n.tag_id = t.tag_id
  where t.kind = 'tagAdded' and t.enabled
  for key share of t;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.short_words(words text)
 RETURNS tsvector
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT COST 1000
AS $function$
begin
  return left(regexp_replace(words, '(\S{100})\S+', '\1', 'g'), 200000)::tsvector;
end $function$;

CREATE OR REPLACE FUNCTION public.test_clock_ahead()
 RETURNS interval
 LANGUAGE sql
 STABLE
AS $function$ select ahead from test_clock $function$;

CREATE OR REPLACE FUNCTION public.told_cause(listening text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(nullif(current_setting('andante.cause', true), ''), 'person')
  where coalesce(current_setting('andante.cause', true), '') <> 'none' and exists (select from triggers where kind = listening and enabled)
$function$;

create table api_allowances (
  workspace_id uuid not null,
  api_key_id uuid not null,
  calls double precision not null,
  at timestamp with time zone default andante_now() not null,
  constraint api_allowances_pkey PRIMARY KEY (workspace_id, api_key_id),
  constraint api_allowances_workspace_id_api_key_id_fkey FOREIGN KEY (workspace_id, api_key_id) REFERENCES api_keys(workspace_id, id) ON DELETE CASCADE
) with (fillfactor=50);

create table api_keys (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  name text not null,
  role text not null,
  prefix text not null,
  key_hash bytea not null,
  created_by uuid,
  created_at timestamp with time zone default andante_now() not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_keys_pkey PRIMARY KEY (workspace_id, id),
  constraint api_keys_hash_is_unique UNIQUE (workspace_id, key_hash),
  constraint api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
  constraint api_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE,
  constraint api_keys_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'editor'::text, 'viewer'::text])))
);

create table audit_log (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  at timestamp with time zone default andante_now() not null,
  actor_kind text not null,
  actor_id uuid,
  action text not null,
  subject_kind text,
  subject_id uuid,
  details jsonb default '{}'::jsonb not null,
  constraint audit_log_pkey PRIMARY KEY (workspace_id, id),
  constraint audit_log_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE,
  constraint audit_log_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'apiKey'::text, 'system'::text])))
);

create table bot_sessions (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  chatbot_id uuid not null,
  version integer not null,
  conversation_id uuid not null,
  contact_id uuid not null,
  enrolment_id uuid,
  enrolment_epoch integer,
  step_number integer,
  state jsonb not null,
  turn integer default 0 not null,
  timeout_minutes integer,
  expires_at timestamp with time zone,
  started_at timestamp with time zone default andante_now() not null,
  ended_at timestamp with time zone,
  outcome text,
  constraint bot_sessions_pkey PRIMARY KEY (workspace_id, id),
  constraint bot_sessions_workspace_id_chatbot_id_version_fkey FOREIGN KEY (workspace_id, chatbot_id, version) REFERENCES chatbot_versions(workspace_id, chatbot_id, version),
  constraint bot_sessions_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE,
  constraint bot_sessions_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE CASCADE,
  constraint bot_sessions_workspace_id_enrolment_id_fkey FOREIGN KEY (workspace_id, enrolment_id) REFERENCES enrolments(workspace_id, id) ON DELETE CASCADE,
  constraint bot_sessions_end_has_outcome CHECK (((ended_at IS NULL) = (outcome IS NULL))),
  constraint bot_sessions_outcome_check CHECK ((outcome = ANY (ARRAY['completed'::text, 'noAnswer'::text, 'handoff'::text, 'error'::text])))
);

create table channel_accounts (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  kind text not null,
  name text not null,
  status text default 'active'::text not null,
  config jsonb default '{}'::jsonb not null,
  secret bytea,
  revision integer default 1 not null,
  rate_per_second double precision not null,
  tokens double precision default 0 not null,
  tokens_at timestamp with time zone default andante_now() not null,
  last_error text,
  last_error_at timestamp with time zone,
  created_at timestamp with time zone default andante_now() not null,
  deleted_at timestamp with time zone,
  cap_per_minute integer,
  cap_per_hour integer,
  cap_per_day integer,
  constraint channel_accounts_pkey PRIMARY KEY (workspace_id, id),
  constraint channel_accounts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE,
  constraint channel_accounts_cap_per_day_check CHECK ((cap_per_day > 0)),
  constraint channel_accounts_cap_per_hour_check CHECK ((cap_per_hour > 0)),
  constraint channel_accounts_cap_per_minute_check CHECK ((cap_per_minute > 0)),
  constraint channel_accounts_kind_check CHECK ((kind = ANY (ARRAY['sandbox'::text, 'smtp'::text]))),
  constraint channel_accounts_rate_per_second_check CHECK ((rate_per_second > (0)::double precision)),
  constraint channel_accounts_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'failing'::text])))
);

create table chatbot_versions (
  workspace_id uuid not null,
  chatbot_id uuid not null,
  version integer not null,
  flow jsonb not null,
  published_at timestamp with time zone default andante_now() not null,
  published_by uuid,
  constraint chatbot_versions_pkey PRIMARY KEY (workspace_id, chatbot_id, version),
  constraint chatbot_versions_workspace_id_chatbot_id_fkey FOREIGN KEY (workspace_id, chatbot_id) REFERENCES chatbots(workspace_id, id) ON DELETE CASCADE
);

create table chatbots (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  name text not null,
  draft jsonb not null,
  draft_revision integer default 1 not null,
  live_version integer,
  created_at timestamp with time zone default andante_now() not null,
  updated_at timestamp with time zone default andante_now() not null,
  deleted_at timestamp with time zone,
  constraint chatbots_pkey PRIMARY KEY (workspace_id, id),
  constraint chatbots_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table consents (
  workspace_id uuid not null,
  contact_id uuid not null,
  channel_kind text not null,
  status text not null,
  source text not null,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone default andante_now() not null,
  constraint consents_pkey PRIMARY KEY (workspace_id, contact_id, channel_kind),
  constraint consents_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE,
  constraint consents_status_check CHECK ((status = ANY (ARRAY['given'::text, 'withdrawn'::text])))
);

create table contact_events (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  contact_id uuid not null,
  name text not null,
  properties jsonb default '{}'::jsonb not null,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone default andante_now() not null,
  constraint contact_events_pkey PRIMARY KEY (workspace_id, id),
  constraint contact_events_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE,
  constraint contact_events_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table contact_fields (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  key text not null,
  label text not null,
  kind text default 'text'::text not null,
  created_at timestamp with time zone default andante_now() not null,
  options jsonb,
  constraint contact_fields_pkey PRIMARY KEY (workspace_id, id),
  constraint contact_fields_key_is_unique UNIQUE (workspace_id, key),
  constraint contact_fields_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE,
  constraint contact_fields_choice_has_options CHECK (((kind = 'choice'::text) = (options IS NOT NULL))),
  constraint contact_fields_key_check CHECK ((key ~ '^[a-z][a-zA-Z0-9_]*$'::text)),
  constraint contact_fields_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'boolean'::text, 'choice'::text])))
);

create table contact_merges (
  workspace_id uuid not null,
  contact_id uuid not null,
  kept_id uuid not null,
  at timestamp with time zone default andante_now() not null,
  actor_kind text,
  actor_id uuid,
  name text,
  phone text,
  email text,
  external_id text,
  enrolments integer,
  conversations integer,
  constraint contact_merges_pkey PRIMARY KEY (workspace_id, contact_id),
  constraint contact_merges_workspace_id_kept_id_fkey FOREIGN KEY (workspace_id, kept_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE
);

create table contact_tags (
  workspace_id uuid not null,
  contact_id uuid not null,
  tag_id uuid not null,
  constraint contact_tags_pkey PRIMARY KEY (workspace_id, contact_id, tag_id),
  constraint contact_tags_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE,
  constraint contact_tags_workspace_id_tag_id_fkey FOREIGN KEY (workspace_id, tag_id) REFERENCES tags(workspace_id, id) ON DELETE CASCADE
);

create table contacts (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  name text,
  phone text,
  email text,
  locale text,
  time_zone text,
  time_zone_origin text,
  fields jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone default andante_now() not null,
  updated_at timestamp with time zone default andante_now() not null,
  notes text,
  owner_id uuid,
  external_id text,
  search_text text generated always as (andante_words((((((((COALESCE(name, ''::text) || ' '::text) || COALESCE(email, ''::text)) || ' '::text) || COALESCE(external_id, ''::text)) || ' '::text) ||
CASE
    WHEN (fields = '{}'::jsonb) THEN ''::text
    ELSE replace(replace(replace(replace(replace((jsonb_path_query_array(fields, '$.*?(@.type() != "boolean")'::jsonpath))::text, '\\'::text, ' '::text), '\n'::text, ' '::text), '\r'::text, ' '::text), '\t'::text, ' '::text), '\u000b'::text, ' '::text)
END) || COALESCE((((' '::text || substr(phone, 2, 9)) || ' z'::text) || reverse("right"(phone, 3))), ''::text)))) stored not null,
  constraint contacts_pkey PRIMARY KEY (workspace_id, id),
  constraint contacts_workspace_id_owner_id_fkey FOREIGN KEY (workspace_id, owner_id) REFERENCES members(workspace_id, id) ON DELETE SET NULL (owner_id),
  constraint contacts_external_id_length CHECK (((length(external_id) >= 1) AND (length(external_id) <= 200))),
  constraint contacts_phone_check CHECK ((("left"(phone, 1) = '+'::text) AND ((substr(phone, 2, 1) >= '1'::text) AND (substr(phone, 2, 1) <= '9'::text)) AND ((octet_length(phone) >= 8) AND (octet_length(phone) <= 16)) AND (btrim(phone, '+0123456789'::text) = ''::text) AND (strpos(substr(phone, 2), '+'::text) = 0))),
  constraint contacts_time_zone_origin_check CHECK ((time_zone_origin = ANY (ARRAY['set'::text, 'phone'::text]))),
  constraint contacts_zone_has_origin CHECK (((time_zone IS NULL) = (time_zone_origin IS NULL)))
);

create table conversations (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  contact_id uuid not null,
  channel_account_id uuid not null,
  status text default 'open'::text not null,
  owner_user_id uuid,
  taken_over_at timestamp with time zone,
  last_inbound_at timestamp with time zone,
  created_at timestamp with time zone default andante_now() not null,
  constraint conversations_pkey PRIMARY KEY (workspace_id, id),
  constraint conversations_one_per_contact_and_account UNIQUE (workspace_id, contact_id, channel_account_id),
  constraint conversations_owner_user_id_fkey FOREIGN KEY (owner_user_id) REFERENCES users(id) ON DELETE SET NULL,
  constraint conversations_workspace_id_channel_account_id_fkey FOREIGN KEY (workspace_id, channel_account_id) REFERENCES channel_accounts(workspace_id, id),
  constraint conversations_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE,
  constraint conversations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE,
  constraint conversations_status_check CHECK ((status = ANY (ARRAY['open'::text, 'resolved'::text])))
);

create table distinct_contacts (
  workspace_id uuid not null,
  contact_id uuid not null,
  other_id uuid not null,
  at timestamp with time zone default andante_now() not null,
  constraint distinct_contacts_pkey PRIMARY KEY (workspace_id, contact_id, other_id),
  constraint distinct_contacts_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE,
  constraint distinct_contacts_workspace_id_other_id_fkey FOREIGN KEY (workspace_id, other_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE,
  constraint distinct_contacts_in_order CHECK ((contact_id < other_id))
);

create table duplicate_groups (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  contact_ids uuid[] not null,
  constraint duplicate_groups_pkey PRIMARY KEY (workspace_id, id),
  constraint duplicate_groups_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table enrolment_events (
  workspace_id uuid not null,
  enrolment_id uuid not null,
  id bigint generated always as identity not null,
  at timestamp with time zone default andante_now() not null,
  kind text not null,
  step_key text,
  step_number integer,
  from_at timestamp with time zone,
  to_at timestamp with time zone,
  reasons text[] default '{}'::text[] not null,
  message_id uuid,
  actor_kind text default 'system'::text not null,
  actor_id uuid,
  details jsonb,
  constraint enrolment_events_pkey PRIMARY KEY (workspace_id, enrolment_id, id),
  constraint enrolment_events_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'apiKey'::text, 'system'::text])))
);

create table enrolments (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  sequence_id uuid not null,
  contact_id uuid not null,
  key text default ''::text not null,
  source text not null,
  version integer not null,
  step_key text,
  step_number integer default 0 not null,
  waiting_for text default 'due'::text not null,
  due_at timestamp with time zone,
  planned_at timestamp with time zone,
  anchor_at timestamp with time zone not null,
  move_reasons text[] default '{}'::text[] not null,
  time_zone text not null,
  time_zone_origin text not null,
  paused_at timestamp with time zone,
  held_at timestamp with time zone,
  held_until timestamp with time zone,
  hold_reason text,
  frozen_wait_ms bigint,
  ended_at timestamp with time zone,
  exit_reason text,
  status text generated always as (
CASE
    WHEN (ended_at IS NOT NULL) THEN 'ended'::text
    WHEN (paused_at IS NOT NULL) THEN 'paused'::text
    WHEN (held_at IS NOT NULL) THEN 'held'::text
    ELSE 'active'::text
END) stored not null,
  epoch integer default 0 not null,
  plan_revision integer default 0 not null,
  started_at timestamp with time zone default andante_now() not null,
  paused_until timestamp with time zone,
  constraint enrolments_pkey PRIMARY KEY (workspace_id, id),
  constraint enrolments_end_has_reason CHECK (((ended_at IS NULL) = (exit_reason IS NULL))),
  constraint enrolments_exit_reason_check CHECK ((exit_reason = ANY (ARRAY['completed'::text, 'replied'::text, 'goal'::text, 'optedOut'::text, 'bounced'::text, 'removed'::text, 'failed'::text, 'expired'::text, 'exitStep'::text, 'sequenceArchived'::text, 'merged'::text]))),
  constraint enrolments_source_check CHECK ((source = ANY (ARRAY['manual'::text, 'csv'::text, 'api'::text, 'sequence'::text, 'trigger'::text]))),
  constraint enrolments_time_zone_origin_check CHECK ((time_zone_origin = ANY (ARRAY['set'::text, 'phone'::text, 'sequence'::text, 'workspace'::text]))),
  constraint enrolments_waiting_for_check CHECK ((waiting_for = ANY (ARRAY['due'::text, 'delivery'::text, 'bot'::text, 'unknown'::text])))
) with (fillfactor=50);

create table exports (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  payload jsonb not null,
  created_by_kind text not null,
  created_by uuid,
  created_at timestamp with time zone default andante_now() not null,
  constraint exports_pkey PRIMARY KEY (workspace_id, id),
  constraint exports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table holiday_calendars (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  name text not null,
  content jsonb not null,
  closed_dates jsonb not null,
  revision integer default 1 not null,
  created_at timestamp with time zone default andante_now() not null,
  updated_at timestamp with time zone default andante_now() not null,
  constraint holiday_calendars_pkey PRIMARY KEY (workspace_id, id),
  constraint holiday_calendars_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table idempotency_keys (
  workspace_id uuid not null,
  procedure text not null,
  key text not null,
  request_hash bytea not null,
  response jsonb not null,
  created_at timestamp with time zone default andante_now() not null,
  constraint idempotency_keys_pkey PRIMARY KEY (workspace_id, procedure, key),
  constraint idempotency_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table import_rows (
  workspace_id uuid not null,
  import_id uuid not null,
  line bigint not null,
  outcome text not null,
  reason text,
  contact_id uuid,
  enrolment text,
  cells jsonb,
  enrolment_id uuid,
  changes jsonb,
  undo text,
  problem_column integer,
  opt_out_recorded boolean,
  constraint import_rows_pkey PRIMARY KEY (workspace_id, import_id, line),
  constraint import_rows_outcome_check CHECK ((outcome = ANY (ARRAY['created'::text, 'updated'::text, 'unchanged'::text, 'merged'::text, 'skipped'::text, 'rejected'::text])))
);

create table imports (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  upload_id uuid not null,
  status text default 'draft'::text not null,
  format jsonb not null,
  mapping jsonb not null,
  options jsonb default '{}'::jsonb not null,
  next_row bigint default 0 not null,
  bytes_done bigint default 0 not null,
  counts jsonb default '{}'::jsonb not null,
  error text,
  created_by_kind text not null,
  created_by uuid,
  created_at timestamp with time zone default andante_now() not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  dry_run jsonb,
  undo_status text,
  undo_before_line bigint,
  undo_counts jsonb default '{}'::jsonb not null,
  constraint imports_pkey PRIMARY KEY (workspace_id, id),
  constraint imports_workspace_id_upload_id_fkey FOREIGN KEY (workspace_id, upload_id) REFERENCES uploads(workspace_id, id) ON DELETE CASCADE,
  constraint imports_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'canceled'::text]))),
  constraint imports_undo_status_check CHECK ((undo_status = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text])))
);

create table inbound_events (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  channel_account_id uuid not null,
  provider_event_id text not null,
  kind text not null,
  occurred_at timestamp with time zone not null,
  received_at timestamp with time zone default andante_now() not null,
  payload jsonb not null,
  constraint inbound_events_pkey PRIMARY KEY (workspace_id, id),
  constraint inbound_events_once UNIQUE (workspace_id, channel_account_id, provider_event_id),
  constraint inbound_events_workspace_id_channel_account_id_fkey FOREIGN KEY (workspace_id, channel_account_id) REFERENCES channel_accounts(workspace_id, id),
  constraint inbound_events_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'status'::text])))
);

create table invitations (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  email text not null,
  role text not null,
  token_hash bytea not null,
  invited_by uuid,
  created_at timestamp with time zone default andante_now() not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint invitations_pkey PRIMARY KEY (workspace_id, id),
  constraint invitations_token_is_unique UNIQUE (workspace_id, token_hash),
  constraint invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES users(id) ON DELETE SET NULL,
  constraint invitations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE,
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'editor'::text, 'viewer'::text])))
);

create table members (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  user_id uuid not null,
  role text not null,
  created_at timestamp with time zone default andante_now() not null,
  constraint members_pkey PRIMARY KEY (workspace_id, id),
  constraint members_one_per_user UNIQUE (workspace_id, user_id),
  constraint members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE,
  constraint members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'editor'::text, 'viewer'::text])))
);

create table merged_addresses (
  workspace_id uuid not null,
  kind text not null,
  address text not null,
  contact_id uuid not null,
  at timestamp with time zone default andante_now() not null,
  constraint merged_addresses_pkey PRIMARY KEY (workspace_id, kind, address),
  constraint merged_addresses_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE,
  constraint merged_addresses_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'email'::text, 'externalId'::text])))
);

create table message_attempts (
  workspace_id uuid not null,
  message_id uuid not null,
  attempt integer not null,
  at timestamp with time zone default andante_now() not null,
  outcome text not null,
  error_code text,
  error_text text,
  constraint message_attempts_pkey PRIMARY KEY (workspace_id, message_id, attempt),
  constraint message_attempts_workspace_id_message_id_fkey FOREIGN KEY (workspace_id, message_id) REFERENCES messages(workspace_id, id) ON DELETE CASCADE
);

create table message_claims (
  workspace_id uuid not null,
  token uuid not null,
  lease_until timestamp with time zone not null,
  message_ids uuid[] not null,
  constraint message_claims_pkey PRIMARY KEY (workspace_id, token),
  constraint message_claims_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table messages (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  direction text not null,
  origin text not null,
  contact_id uuid not null,
  channel_account_id uuid not null,
  state text not null,
  reason text,
  address text,
  subject text,
  body text not null,
  html text,
  options jsonb,
  enrolment_id uuid,
  enrolment_epoch integer,
  sequence_id uuid,
  version integer,
  step_key text,
  step_number integer,
  bot_session_id uuid,
  bot_turn integer,
  bot_n integer,
  claim_token uuid,
  attempt integer default 0 not null,
  next_attempt_at timestamp with time zone,
  provider_id text,
  error_code text,
  error_text text,
  created_at timestamp with time zone default andante_now() not null,
  planned_at timestamp with time zone,
  due_at timestamp with time zone,
  claimed_at timestamp with time zone,
  accepted_at timestamp with time zone,
  sent_at timestamp with time zone,
  delivered_at timestamp with time zone,
  read_at timestamp with time zone,
  failed_at timestamp with time zone,
  replied_at timestamp with time zone,
  time_zone text,
  time_zone_origin text,
  unknown_at timestamp with time zone,
  constraint messages_pkey PRIMARY KEY (workspace_id, id),
  constraint messages_direction_check CHECK ((direction = ANY (ARRAY['out'::text, 'in'::text]))),
  constraint messages_origin_check CHECK ((origin = ANY (ARRAY['step'::text, 'bot'::text, 'member'::text, 'test'::text, 'contact'::text]))),
  constraint messages_queued_has_next_attempt CHECK (((state = 'queued'::text) = (next_attempt_at IS NOT NULL))),
  constraint messages_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'accepted'::text, 'sent'::text, 'delivered'::text, 'read'::text, 'failed'::text, 'unknown'::text, 'skipped'::text, 'canceled'::text, 'received'::text]))),
  constraint messages_unknown_since CHECK (((state = 'unknown'::text) = (unknown_at IS NOT NULL)))
) with (fillfactor=50);

create table operations (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  kind text not null,
  payload jsonb not null,
  status text default 'queued'::text not null,
  total integer,
  done integer default 0 not null,
  accepted integer default 0 not null,
  refusals jsonb default '[]'::jsonb not null,
  cursor uuid,
  error text,
  actor_kind text not null,
  actor_id uuid,
  created_at timestamp with time zone default andante_now() not null,
  finished_at timestamp with time zone,
  constraint operations_pkey PRIMARY KEY (workspace_id, id),
  constraint operations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE,
  constraint operations_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'canceled'::text])))
);

create table opt_outs (
  workspace_id uuid not null,
  contact_id uuid not null,
  channel_kind text not null,
  source text not null,
  at timestamp with time zone default andante_now() not null,
  constraint opt_outs_pkey PRIMARY KEY (workspace_id, contact_id, channel_kind),
  constraint opt_outs_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE,
  constraint opt_outs_source_check CHECK ((source = ANY (ARRAY['reply'::text, 'member'::text, 'api'::text])))
);

create table sandbox_deliveries (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  channel_account_id uuid not null,
  message_id uuid not null,
  contact_id uuid,
  address text not null,
  subject text,
  body text not null,
  html text,
  options jsonb,
  arrived_at timestamp with time zone default andante_now() not null,
  constraint sandbox_deliveries_pkey PRIMARY KEY (workspace_id, id),
  constraint sandbox_deliveries_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE,
  constraint sandbox_deliveries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table segments (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  name text not null,
  filter jsonb not null,
  created_at timestamp with time zone default andante_now() not null,
  updated_at timestamp with time zone default andante_now() not null,
  constraint segments_pkey PRIMARY KEY (workspace_id, id),
  constraint segments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table sender_usage (
  workspace_id uuid not null,
  channel_account_id uuid not null,
  bucket timestamp with time zone not null,
  count integer not null,
  constraint sender_usage_pkey PRIMARY KEY (workspace_id, channel_account_id, bucket),
  constraint sender_usage_workspace_id_channel_account_id_fkey FOREIGN KEY (workspace_id, channel_account_id) REFERENCES channel_accounts(workspace_id, id) ON DELETE CASCADE
);

create table sequence_versions (
  workspace_id uuid not null,
  sequence_id uuid not null,
  version integer not null,
  definition jsonb not null,
  published_at timestamp with time zone default andante_now() not null,
  published_by uuid,
  constraint sequence_versions_pkey PRIMARY KEY (workspace_id, sequence_id, version),
  constraint sequence_versions_workspace_id_sequence_id_fkey FOREIGN KEY (workspace_id, sequence_id) REFERENCES sequences(workspace_id, id) ON DELETE CASCADE
);

create table sequences (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  name text not null,
  status text default 'draft'::text not null,
  draft jsonb not null,
  draft_revision integer default 1 not null,
  live_version integer,
  plan_revision integer default 0 not null,
  paused_at timestamp with time zone,
  created_at timestamp with time zone default andante_now() not null,
  updated_at timestamp with time zone default andante_now() not null,
  priority integer default 0 not null,
  constraint sequences_pkey PRIMARY KEY (workspace_id, id),
  constraint sequences_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE,
  constraint sequences_priority_check CHECK (((priority >= '-100'::integer) AND (priority <= 100))),
  constraint sequences_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'running'::text, 'paused'::text, 'archived'::text])))
);

create table sessions (
  id uuid default uuidv7() not null,
  user_id uuid not null,
  created_at timestamp with time zone default andante_now() not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  user_agent text,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table sign_in_failures (
  subject text not null,
  at timestamp with time zone default andante_now() not null
);

create table step_contents (
  workspace_id uuid not null,
  sequence_id uuid not null,
  step_key text not null,
  revision integer not null,
  content jsonb not null,
  created_at timestamp with time zone default andante_now() not null,
  created_by uuid,
  constraint step_contents_pkey PRIMARY KEY (workspace_id, sequence_id, step_key, revision),
  constraint step_contents_workspace_id_sequence_id_fkey FOREIGN KEY (workspace_id, sequence_id) REFERENCES sequences(workspace_id, id) ON DELETE CASCADE
);

create table suppressions (
  workspace_id uuid not null,
  hash bytea not null,
  id uuid default uuidv7() not null,
  kind text not null,
  reason text not null,
  added_at timestamp with time zone default andante_now() not null,
  added_by_kind text not null,
  added_by uuid,
  constraint suppressions_pkey PRIMARY KEY (workspace_id, hash),
  constraint suppressions_id_is_unique UNIQUE (workspace_id, id),
  constraint suppressions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE,
  constraint suppressions_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'email'::text]))),
  constraint suppressions_reason_check CHECK ((reason = ANY (ARRAY['manual'::text, 'imported'::text, 'complaint'::text, 'bounced'::text, 'erased'::text])))
);

create table tags (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  name text not null,
  created_at timestamp with time zone default andante_now() not null,
  constraint tags_pkey PRIMARY KEY (workspace_id, id),
  constraint tags_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table test_clock (
  only_row boolean default true not null,
  ahead interval default '00:00:00'::interval not null,
  constraint test_clock_pkey PRIMARY KEY (only_row),
  constraint test_clock_only_row_check CHECK (only_row)
);

create table trigger_contacts (
  workspace_id uuid not null,
  trigger_id uuid not null,
  contact_id uuid not null,
  entered_at timestamp with time zone,
  depth integer default 0 not null,
  silent_since timestamp with time zone,
  constraint trigger_contacts_pkey PRIMARY KEY (workspace_id, trigger_id, contact_id),
  constraint trigger_contacts_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE,
  constraint trigger_contacts_workspace_id_trigger_id_fkey FOREIGN KEY (workspace_id, trigger_id) REFERENCES triggers(workspace_id, id) ON DELETE CASCADE
);

create table trigger_occasions (
  workspace_id uuid not null,
  trigger_id uuid not null,
  id bigint generated always as identity not null,
  contact_id uuid not null,
  by_engine boolean default false not null,
  silent_since timestamp with time zone,
  constraint trigger_occasions_pkey PRIMARY KEY (workspace_id, trigger_id, id),
  constraint trigger_occasions_workspace_id_trigger_id_fkey FOREIGN KEY (workspace_id, trigger_id) REFERENCES triggers(workspace_id, id) ON DELETE CASCADE
);

create table trigger_tallies (
  workspace_id uuid not null,
  trigger_id uuid not null,
  on_date date not null,
  outcome text not null,
  count bigint not null,
  last_at timestamp with time zone default andante_now() not null,
  constraint trigger_tallies_pkey PRIMARY KEY (workspace_id, trigger_id, on_date, outcome),
  constraint trigger_tallies_workspace_id_trigger_id_fkey FOREIGN KEY (workspace_id, trigger_id) REFERENCES triggers(workspace_id, id) ON DELETE CASCADE
);

create table triggers (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  sequence_id uuid not null,
  kind text not null,
  tag_id uuid,
  field text,
  becomes jsonb,
  silence text,
  days integer,
  condition jsonb default '{}'::jsonb not null,
  enabled boolean default true not null,
  look_after uuid,
  looked_at timestamp with time zone,
  created_by_kind text not null,
  created_by uuid,
  created_at timestamp with time zone default andante_now() not null,
  updated_at timestamp with time zone default andante_now() not null,
  constraint triggers_pkey PRIMARY KEY (workspace_id, id),
  constraint triggers_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE,
  constraint triggers_workspace_id_sequence_id_fkey FOREIGN KEY (workspace_id, sequence_id) REFERENCES sequences(workspace_id, id) ON DELETE CASCADE,
  constraint triggers_workspace_id_tag_id_fkey FOREIGN KEY (workspace_id, tag_id) REFERENCES tags(workspace_id, id) ON DELETE SET NULL (tag_id),
  constraint triggers_created_by_kind_check CHECK ((created_by_kind = ANY (ARRAY['user'::text, 'apiKey'::text, 'system'::text]))),
  constraint triggers_days_check CHECK (((days >= 1) AND (days <= 3650))),
  constraint triggers_have_what_their_kind_needs CHECK (
CASE kind
    WHEN 'fieldChanged'::text THEN (field IS NOT NULL)
    WHEN 'inactivity'::text THEN ((silence IS NOT NULL) AND (days IS NOT NULL))
    ELSE true
END),
  constraint triggers_kind_check CHECK ((kind = ANY (ARRAY['contactCreated'::text, 'tagAdded'::text, 'fieldChanged'::text, 'inactivity'::text]))),
  constraint triggers_silence_check CHECK ((silence = ANY (ARRAY['notContacted'::text, 'noReply'::text])))
);

create table upload_chunks (
  workspace_id uuid not null,
  upload_id uuid not null,
  n integer not null,
  bytes bytea not null,
  constraint upload_chunks_pkey PRIMARY KEY (workspace_id, upload_id, n),
  constraint upload_chunks_workspace_id_upload_id_fkey FOREIGN KEY (workspace_id, upload_id) REFERENCES uploads(workspace_id, id) ON DELETE CASCADE
);

create table uploads (
  workspace_id uuid not null,
  id uuid default uuidv7() not null,
  file_name text not null,
  byte_count bigint default 0 not null,
  encoding text,
  complete boolean default false not null,
  created_by uuid,
  created_at timestamp with time zone default andante_now() not null,
  content_hash bytea,
  constraint uploads_pkey PRIMARY KEY (workspace_id, id),
  constraint uploads_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
);

create table users (
  id uuid default uuidv7() not null,
  email text not null,
  name text not null,
  password_hash text not null,
  locale text default 'pt-BR'::text not null,
  created_at timestamp with time zone default andante_now() not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_email_is_unique UNIQUE (email),
  constraint users_email_check CHECK ((email = lower(email))),
  constraint users_locale_check CHECK ((locale = ANY (ARRAY['pt-BR'::text, 'en'::text])))
);

create table workers (
  id uuid default uuidv7() not null,
  host text not null,
  pid integer not null,
  started_at timestamp with time zone default statement_timestamp() not null,
  seen_at timestamp with time zone default statement_timestamp() not null,
  clock_ahead_ms integer default 0 not null,
  constraint workers_pkey PRIMARY KEY (id)
);

create table workspaces (
  id uuid default uuidv7() not null,
  slug text not null,
  name text not null,
  locale text default 'pt-BR'::text not null,
  time_zone text default 'America/Sao_Paulo'::text not null,
  country text default 'BR'::text not null,
  quiet_hours jsonb,
  created_at timestamp with time zone default andante_now() not null,
  rules_version uuid default gen_random_uuid() not null,
  frequency_cap jsonb,
  constraint workspaces_pkey PRIMARY KEY (id),
  constraint workspaces_slug_is_unique UNIQUE (slug),
  constraint workspaces_locale_check CHECK ((locale = ANY (ARRAY['pt-BR'::text, 'en'::text]))),
  constraint workspaces_slug_is_plain CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

CREATE INDEX bot_sessions_expiring ON public.bot_sessions USING btree (workspace_id, expires_at) WHERE (ended_at IS NULL);

CREATE INDEX bot_sessions_of_contact ON public.bot_sessions USING btree (workspace_id, contact_id);

CREATE INDEX bot_sessions_of_conversation ON public.bot_sessions USING btree (workspace_id, conversation_id);

CREATE INDEX bot_sessions_of_enrolment ON public.bot_sessions USING btree (workspace_id, enrolment_id);

CREATE UNIQUE INDEX bot_sessions_one_open_per_conversation ON public.bot_sessions USING btree (workspace_id, conversation_id) WHERE (ended_at IS NULL);

CREATE INDEX bot_sessions_open_of_chatbot ON public.bot_sessions USING btree (workspace_id, chatbot_id) WHERE (ended_at IS NULL);

CREATE INDEX consents_by_status ON public.consents USING btree (workspace_id, status, channel_kind, contact_id);

CREATE INDEX contact_events_of_contact ON public.contact_events USING btree (workspace_id, contact_id, occurred_at);

CREATE INDEX contact_merges_of_kept ON public.contact_merges USING btree (workspace_id, kept_id);

CREATE INDEX contact_tags_by_tag ON public.contact_tags USING btree (workspace_id, tag_id, contact_id);

CREATE INDEX contacts_by_change ON public.contacts USING btree (workspace_id, updated_at, id);

CREATE INDEX contacts_by_name ON public.contacts USING btree (workspace_id, ltrim("left"(search_text, 24)) COLLATE "C", id);

CREATE INDEX contacts_by_notes ON public.contacts USING gin (andante_fold(notes) gin_trgm_ops) WHERE (notes IS NOT NULL);

CREATE INDEX contacts_by_word ON public.contacts USING gin ((
CASE
    WHEN (octet_length(search_text) <= 2000) THEN (search_text)::tsvector
    ELSE short_words(search_text)
END));

CREATE INDEX contacts_of_owner ON public.contacts USING btree (workspace_id, owner_id, id) WHERE (owner_id IS NOT NULL);

CREATE UNIQUE INDEX contacts_one_per_email ON public.contacts USING btree (workspace_id, lower(email)) WHERE (email IS NOT NULL);

CREATE UNIQUE INDEX contacts_one_per_external_id ON public.contacts USING btree (workspace_id, external_id) WHERE (external_id IS NOT NULL);

CREATE UNIQUE INDEX contacts_one_per_phone ON public.contacts USING btree (workspace_id, phone) WHERE (phone IS NOT NULL);

CREATE INDEX contacts_with_notes ON public.contacts USING btree (workspace_id, id) WHERE (notes IS NOT NULL);

CREATE INDEX conversations_by_last_inbound ON public.conversations USING btree (workspace_id, last_inbound_at, contact_id) WHERE (last_inbound_at IS NOT NULL);

CREATE INDEX conversations_taken_over ON public.conversations USING btree (workspace_id, contact_id) WHERE (owner_user_id IS NOT NULL);

CREATE INDEX distinct_contacts_of_other ON public.distinct_contacts USING btree (workspace_id, other_id);

CREATE INDEX duplicate_groups_of_contact ON public.duplicate_groups USING gin (contact_ids);

CREATE INDEX enrolments_due ON public.enrolments USING btree (workspace_id, sequence_id, due_at) WHERE ((ended_at IS NULL) AND (paused_at IS NULL) AND (held_at IS NULL));

CREATE INDEX enrolments_held ON public.enrolments USING btree (workspace_id, held_until) WHERE ((held_at IS NOT NULL) AND (ended_at IS NULL));

CREATE INDEX enrolments_of_contact ON public.enrolments USING btree (workspace_id, contact_id);

CREATE INDEX enrolments_of_sequence ON public.enrolments USING btree (workspace_id, sequence_id, id);

CREATE UNIQUE INDEX enrolments_one_active_per_contact ON public.enrolments USING btree (workspace_id, sequence_id, contact_id, key) WHERE (ended_at IS NULL);

CREATE INDEX enrolments_paused_until ON public.enrolments USING btree (workspace_id, paused_until) WHERE ((paused_until IS NOT NULL) AND (ended_at IS NULL));

CREATE UNIQUE INDEX holiday_calendars_name_is_unique ON public.holiday_calendars USING btree (workspace_id, lower(name));

CREATE INDEX import_rows_by_contact ON public.import_rows USING btree (workspace_id, import_id, contact_id) WHERE (contact_id IS NOT NULL);

CREATE INDEX import_rows_left_out ON public.import_rows USING btree (workspace_id, import_id, outcome, line) WHERE (outcome = ANY (ARRAY['merged'::text, 'skipped'::text, 'rejected'::text]));

CREATE INDEX import_rows_not_undone ON public.import_rows USING btree (workspace_id, import_id, line) WHERE ((undo IS NOT NULL) AND (undo <> ALL (ARRAY['deleted'::text, 'restored'::text, 'ended'::text])));

CREATE INDEX import_rows_opt_outs_lost ON public.import_rows USING btree (workspace_id, import_id, line) WHERE (NOT opt_out_recorded);

CREATE INDEX imports_of_upload ON public.imports USING btree (workspace_id, upload_id);

CREATE INDEX members_of_user ON public.members USING btree (user_id);

CREATE INDEX merged_addresses_of_contact ON public.merged_addresses USING btree (workspace_id, contact_id);

CREATE INDEX messages_by_instant ON public.messages USING brin (accepted_at, replied_at) WITH (pages_per_range='256', autosummarize='on');

CREATE INDEX messages_of_contact ON public.messages USING btree (workspace_id, contact_id, created_at);

CREATE INDEX messages_of_step ON public.messages USING btree (workspace_id, sequence_id, step_key) WHERE (origin = 'step'::text);

CREATE UNIQUE INDEX messages_one_per_bot_turn ON public.messages USING btree (workspace_id, bot_session_id, bot_turn, bot_n) WHERE (origin = 'bot'::text);

CREATE UNIQUE INDEX messages_one_per_step_entered ON public.messages USING btree (workspace_id, enrolment_id, step_number) WHERE (origin = 'step'::text);

CREATE INDEX messages_queued ON public.messages USING btree (workspace_id, channel_account_id, next_attempt_at) WHERE (next_attempt_at IS NOT NULL);

CREATE INDEX messages_unknown ON public.messages USING btree (workspace_id, unknown_at) WHERE (unknown_at IS NOT NULL);

CREATE INDEX opt_outs_by_kind ON public.opt_outs USING btree (workspace_id, channel_kind, contact_id);

CREATE INDEX sandbox_deliveries_by_address ON public.sandbox_deliveries USING btree (workspace_id, address, id);

CREATE INDEX sandbox_deliveries_of_contact ON public.sandbox_deliveries USING btree (workspace_id, contact_id, id);

CREATE UNIQUE INDEX segments_name_is_unique ON public.segments USING btree (workspace_id, lower(name));

CREATE INDEX sequence_versions_by_calendar ON public.sequence_versions USING btree (workspace_id, ((definition ->> 'calendarId'::text))) WHERE ((definition ->> 'calendarId'::text) IS NOT NULL);

CREATE INDEX sessions_of_user ON public.sessions USING btree (user_id) WHERE (revoked_at IS NULL);

CREATE INDEX sign_in_failures_recent ON public.sign_in_failures USING btree (subject, at);

CREATE UNIQUE INDEX tags_name_is_unique ON public.tags USING btree (workspace_id, lower(name));

CREATE INDEX trigger_contacts_of_contact ON public.trigger_contacts USING btree (workspace_id, contact_id);

CREATE INDEX triggers_enabled ON public.triggers USING btree (kind, workspace_id) WHERE enabled;

CREATE INDEX triggers_of_sequence ON public.triggers USING btree (workspace_id, sequence_id);

CREATE INDEX triggers_of_tag ON public.triggers USING btree (workspace_id, tag_id) WHERE (tag_id IS NOT NULL);

CREATE INDEX uploads_by_content ON public.uploads USING btree (workspace_id, content_hash) WHERE (content_hash IS NOT NULL);
