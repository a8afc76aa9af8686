/** The first schema: tenants and people, contacts, channels, sequences, the engine's tables, chatbots, imports.
 *  Every tenant table carries `workspace_id`, is keyed by it, and points only inside it. Forward only. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [functions, tenants, contacts, channels, sequences, conversations, engine, chatbots, imports, platform]) {
    await sql.raw(part).execute(db);
  }
}

const functions = `
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- The clock that a test may move. Only connections opened with andante.clock = 'test' ever look at it.
create table test_clock (
  only_row boolean primary key default true check (only_row),
  ahead interval not null default '0'
);
insert into test_clock default values;

create function andante_now() returns timestamptz language sql stable as $$
  select case
    when current_setting('andante.clock', true) = 'test'
      then statement_timestamp() + (select ahead from test_clock)
    else statement_timestamp()
  end
$$;

-- PostgreSQL 18 has uuidv7(); older servers get one of the same shape.
do $do$ begin
  if current_setting('server_version_num')::int < 180000 then
    create function uuidv7() returns uuid language sql volatile parallel safe as $fn$
      select encode(
        set_bit(set_bit(
          overlay(uuid_send(gen_random_uuid()) placing
            substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
          52, 1), 53, 1), 'hex')::uuid
    $fn$;
  end if;
end $do$;

-- Text as people search it: without accents, without case.
create function andante_fold(value text) returns text language sql immutable parallel safe strict as $$
  select lower(public.unaccent('public.unaccent'::regdictionary, value))
$$;
`;

const tenants = `
create table workspaces (
  id uuid primary key default uuidv7(),
  slug text not null constraint workspaces_slug_is_unique unique
    constraint workspaces_slug_is_plain check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null,
  locale text not null default 'pt-BR' check (locale in ('pt-BR', 'en')),
  time_zone text not null default 'America/Sao_Paulo',
  country text not null default 'BR',
  quiet_hours jsonb,
  created_at timestamptz not null default andante_now()
);

create table users (
  id uuid primary key default uuidv7(),
  email text not null constraint users_email_is_unique unique check (email = lower(email)),
  name text not null,
  password_hash text not null,
  locale text not null default 'pt-BR' check (locale in ('pt-BR', 'en')),
  created_at timestamptz not null default andante_now()
);

create table sessions (
  id uuid primary key default uuidv7(),
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default andante_now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  user_agent text
);
create index sessions_of_user on sessions (user_id) where revoked_at is null;

create table sign_in_failures (
  subject text not null,
  at timestamptz not null default andante_now()
);
create index sign_in_failures_recent on sign_in_failures (subject, at);

create table members (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  user_id uuid not null references users on delete cascade,
  role text not null check (role in ('owner', 'admin', 'editor', 'viewer')),
  created_at timestamptz not null default andante_now(),
  primary key (workspace_id, id),
  constraint members_one_per_user unique (workspace_id, user_id)
);
create index members_of_user on members (user_id);

create table invitations (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  email text not null,
  role text not null check (role in ('owner', 'admin', 'editor', 'viewer')),
  token_hash bytea not null,
  invited_by uuid references users on delete set null,
  created_at timestamptz not null default andante_now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id),
  constraint invitations_token_is_unique unique (workspace_id, token_hash)
);

create table api_keys (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  role text not null check (role in ('admin', 'editor', 'viewer')),
  prefix text not null,
  key_hash bytea not null,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default andante_now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id),
  constraint api_keys_hash_is_unique unique (workspace_id, key_hash)
);

create table audit_log (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  at timestamptz not null default andante_now(),
  actor_kind text not null check (actor_kind in ('user', 'apiKey', 'system')),
  actor_id uuid,
  action text not null,
  subject_kind text,
  subject_id uuid,
  details jsonb not null default '{}',
  primary key (workspace_id, id)
);

create table idempotency_keys (
  workspace_id uuid not null references workspaces on delete cascade,
  procedure text not null,
  key text not null,
  request_hash bytea not null,
  response jsonb not null,
  created_at timestamptz not null default andante_now(),
  primary key (workspace_id, procedure, key)
);
`;

const contacts = `
create table contacts (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  name text,
  phone text check (phone ~ '^\\+[1-9][0-9]{6,14}$'),
  email text,
  locale text,
  time_zone text,
  time_zone_origin text check (time_zone_origin in ('set', 'phone')),
  fields jsonb not null default '{}',
  search_text text generated always as (
    andante_fold(coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))
  ) stored,
  created_at timestamptz not null default andante_now(),
  updated_at timestamptz not null default andante_now(),
  primary key (workspace_id, id),
  constraint contacts_zone_has_origin check ((time_zone is null) = (time_zone_origin is null))
);
create unique index contacts_one_per_phone on contacts (workspace_id, phone) where phone is not null;
create unique index contacts_one_per_email on contacts (workspace_id, lower(email)) where email is not null;
create index contacts_by_search_text on contacts using gin (search_text gin_trgm_ops);

create table contact_fields (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  key text not null check (key ~ '^[a-z][a-zA-Z0-9_]*$'),
  label text not null,
  kind text not null default 'text' check (kind in ('text', 'number', 'date', 'boolean')),
  created_at timestamptz not null default andante_now(),
  primary key (workspace_id, id),
  constraint contact_fields_key_is_unique unique (workspace_id, key)
);

create table tags (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  created_at timestamptz not null default andante_now(),
  primary key (workspace_id, id)
);
create unique index tags_name_is_unique on tags (workspace_id, lower(name));

create table contact_tags (
  workspace_id uuid not null,
  contact_id uuid not null,
  tag_id uuid not null,
  primary key (workspace_id, contact_id, tag_id),
  foreign key (workspace_id, contact_id) references contacts on delete cascade,
  foreign key (workspace_id, tag_id) references tags on delete cascade
);
create index contact_tags_by_tag on contact_tags (workspace_id, tag_id, contact_id);
`;

const channels = `
create table channel_accounts (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('sandbox', 'smtp')),
  name text not null,
  status text not null default 'active' check (status in ('active', 'paused', 'failing')),
  config jsonb not null default '{}',
  secret bytea,
  -- counted up with every change of what a sender is opened with; processes compare it
  revision int not null default 1,
  rate_per_second double precision not null check (rate_per_second > 0),
  tokens double precision not null default 0,
  tokens_at timestamptz not null default andante_now(),
  last_error text,
  last_error_at timestamptz,
  created_at timestamptz not null default andante_now(),
  deleted_at timestamptz,
  primary key (workspace_id, id)
);
`;

const sequences = `
create table sequences (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  status text not null default 'draft' check (status in ('draft', 'running', 'paused', 'archived')),
  draft jsonb not null,
  draft_revision int not null default 1,
  live_version int,
  plan_revision int not null default 0,
  paused_at timestamptz,
  created_at timestamptz not null default andante_now(),
  updated_at timestamptz not null default andante_now(),
  primary key (workspace_id, id)
);

create table sequence_versions (
  workspace_id uuid not null,
  sequence_id uuid not null,
  version int not null,
  definition jsonb not null,
  published_at timestamptz not null default andante_now(),
  published_by uuid,
  primary key (workspace_id, sequence_id, version),
  foreign key (workspace_id, sequence_id) references sequences on delete cascade
);

create table step_contents (
  workspace_id uuid not null,
  sequence_id uuid not null,
  step_key text not null,
  revision int not null,
  content jsonb not null,
  created_at timestamptz not null default andante_now(),
  created_by uuid,
  primary key (workspace_id, sequence_id, step_key, revision),
  foreign key (workspace_id, sequence_id) references sequences on delete cascade
);
`;

const conversations = `
create table conversations (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  contact_id uuid not null,
  channel_account_id uuid not null,
  status text not null default 'open' check (status in ('open', 'resolved')),
  owner_user_id uuid references users on delete set null,
  taken_over_at timestamptz,
  last_inbound_at timestamptz,
  created_at timestamptz not null default andante_now(),
  primary key (workspace_id, id),
  constraint conversations_one_per_contact_and_account unique (workspace_id, contact_id, channel_account_id),
  foreign key (workspace_id, contact_id) references contacts on delete cascade,
  foreign key (workspace_id, channel_account_id) references channel_accounts
);

-- What arrived on the sandbox's phones and mailboxes: its own log, apart from what we believe we sent.
create table sandbox_deliveries (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  channel_account_id uuid not null,
  message_id uuid not null,
  -- null for a test that went to an address of nobody
  contact_id uuid,
  address text not null,
  subject text,
  body text not null,
  html text,
  options jsonb,
  arrived_at timestamptz not null default andante_now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts on delete cascade
);
create index sandbox_deliveries_of_contact on sandbox_deliveries (workspace_id, contact_id, id);
create index sandbox_deliveries_by_address on sandbox_deliveries (workspace_id, address, id);

create table inbound_events (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  channel_account_id uuid not null,
  provider_event_id text not null,
  kind text not null check (kind in ('message', 'status')),
  occurred_at timestamptz not null,
  received_at timestamptz not null default andante_now(),
  payload jsonb not null,
  primary key (workspace_id, id),
  constraint inbound_events_once unique (workspace_id, channel_account_id, provider_event_id),
  foreign key (workspace_id, channel_account_id) references channel_accounts
);
`;

const engine = `
create table enrolments (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  sequence_id uuid not null,
  contact_id uuid not null,
  key text not null default '',
  source text not null check (source in ('manual', 'csv', 'api', 'sequence', 'trigger')),
  version int not null,
  -- where it stands: the step it waits for (null once ended), counted up with every step entered
  step_key text,
  step_number int not null default 0,
  waiting_for text not null default 'due' check (waiting_for in ('due', 'delivery', 'bot', 'unknown')),
  -- when: due_at is where planned_at went after windows; the rest says from what and why
  due_at timestamptz,
  planned_at timestamptz,
  anchor_at timestamptz not null,
  move_reasons text[] not null default '{}',
  time_zone text not null,
  time_zone_origin text not null check (time_zone_origin in ('set', 'phone', 'sequence', 'workspace')),
  -- stops
  paused_at timestamptz,
  held_at timestamptz,
  held_until timestamptz,
  hold_reason text,
  frozen_wait_ms bigint,
  ended_at timestamptz,
  exit_reason text check (exit_reason in ('completed', 'replied', 'goal', 'optedOut', 'bounced', 'removed', 'failed', 'expired', 'exitStep', 'sequenceArchived')),
  status text not null generated always as (
    case when ended_at is not null then 'ended' when paused_at is not null then 'paused'
         when held_at is not null then 'held' else 'active' end) stored,
  epoch int not null default 0,
  plan_revision int not null default 0,
  started_at timestamptz not null default andante_now(),
  primary key (workspace_id, id),
  constraint enrolments_end_has_reason check ((ended_at is null) = (exit_reason is null)),
  foreign key (workspace_id, sequence_id, version) references sequence_versions on delete cascade,
  foreign key (workspace_id, contact_id) references contacts on delete cascade
) with (fillfactor = 50);
create unique index enrolments_one_active_per_contact on enrolments (workspace_id, sequence_id, contact_id, key) where ended_at is null;
-- Without waiting_for, on purpose: a claim changes only that, so its update touches no index.
create index enrolments_due on enrolments (workspace_id, sequence_id, due_at)
  where ended_at is null and paused_at is null and held_at is null;
create index enrolments_held on enrolments (workspace_id, held_until) where held_at is not null and ended_at is null;
create index enrolments_of_contact on enrolments (workspace_id, contact_id);
create index enrolments_of_sequence on enrolments (workspace_id, sequence_id, id);

create table enrolment_events (
  workspace_id uuid not null,
  enrolment_id uuid not null,
  id bigint generated always as identity,
  at timestamptz not null default andante_now(),
  kind text not null,
  step_key text,
  step_number int,
  from_at timestamptz,
  to_at timestamptz,
  reasons text[] not null default '{}',
  message_id uuid,
  actor_kind text not null default 'system' check (actor_kind in ('user', 'apiKey', 'system')),
  actor_id uuid,
  details jsonb,
  primary key (workspace_id, enrolment_id, id),
  foreign key (workspace_id, enrolment_id) references enrolments on delete cascade
);

create table messages (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  direction text not null check (direction in ('out', 'in')),
  origin text not null check (origin in ('step', 'bot', 'member', 'test', 'contact')),
  contact_id uuid not null,
  channel_account_id uuid not null,
  state text not null check (state in ('queued', 'sending', 'accepted', 'sent', 'delivered', 'read', 'failed', 'unknown', 'skipped', 'canceled', 'received')),
  reason text,
  address text,
  subject text,
  body text not null,
  html text,
  options jsonb,
  -- of a step
  enrolment_id uuid,
  enrolment_epoch int,
  sequence_id uuid,
  version int,
  step_key text,
  step_number int,
  -- of a bot
  bot_session_id uuid,
  bot_turn int,
  bot_n int,
  -- claim, attempts
  claim_token uuid,
  lease_until timestamptz,
  attempt int not null default 0,
  next_attempt_at timestamptz,
  provider_id text,
  error_code text,
  error_text text,
  -- when
  created_at timestamptz not null default andante_now(),
  planned_at timestamptz,
  due_at timestamptz,
  claimed_at timestamptz,
  accepted_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  failed_at timestamptz,
  replied_at timestamptz,
  time_zone text,
  time_zone_origin text,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts on delete cascade,
  foreign key (workspace_id, channel_account_id) references channel_accounts,
  foreign key (workspace_id, enrolment_id) references enrolments on delete cascade
) with (fillfactor = 80);
create unique index messages_one_per_step_entered on messages (workspace_id, enrolment_id, step_number) where origin = 'step';
create unique index messages_one_per_bot_turn on messages (workspace_id, bot_session_id, bot_turn, bot_n) where origin = 'bot';
create index messages_queued on messages (workspace_id, channel_account_id, next_attempt_at) where state = 'queued';
create index messages_under_way on messages (workspace_id, lease_until) where state = 'sending';
create index messages_unknown on messages (workspace_id, claimed_at) where state = 'unknown';
create index messages_of_contact on messages (workspace_id, contact_id, created_at);
create index messages_of_step on messages (workspace_id, sequence_id, step_key) where origin = 'step';
create index messages_of_provider on messages (workspace_id, channel_account_id, provider_id) where provider_id is not null;

-- What went wrong on the way: one row per attempt that was not accepted at once.
create table message_attempts (
  workspace_id uuid not null,
  message_id uuid not null,
  attempt int not null,
  at timestamptz not null default andante_now(),
  outcome text not null,
  error_code text,
  error_text text,
  primary key (workspace_id, message_id, attempt),
  foreign key (workspace_id, message_id) references messages on delete cascade
);

-- Work over more than 1,000 rows: the intent is recorded, a worker applies it in chunks.
create table operations (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  kind text not null,
  payload jsonb not null,
  status text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed', 'canceled')),
  total int,
  done int not null default 0,
  accepted int not null default 0,
  refusals jsonb not null default '[]',
  cursor uuid,
  error text,
  actor_kind text not null,
  actor_id uuid,
  created_at timestamptz not null default andante_now(),
  finished_at timestamptz,
  primary key (workspace_id, id)
);
`;

const chatbots = `
create table chatbots (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  name text not null,
  draft jsonb not null,
  draft_revision int not null default 1,
  live_version int,
  created_at timestamptz not null default andante_now(),
  updated_at timestamptz not null default andante_now(),
  deleted_at timestamptz,
  primary key (workspace_id, id)
);

create table chatbot_versions (
  workspace_id uuid not null,
  chatbot_id uuid not null,
  version int not null,
  flow jsonb not null,
  published_at timestamptz not null default andante_now(),
  published_by uuid,
  primary key (workspace_id, chatbot_id, version),
  foreign key (workspace_id, chatbot_id) references chatbots on delete cascade
);

create table bot_sessions (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  chatbot_id uuid not null,
  version int not null,
  conversation_id uuid not null,
  contact_id uuid not null,
  enrolment_id uuid,
  enrolment_epoch int,
  step_number int,
  state jsonb not null,
  turn int not null default 0,
  -- counted from the bot's last question
  timeout_minutes int,
  expires_at timestamptz,
  started_at timestamptz not null default andante_now(),
  ended_at timestamptz,
  outcome text check (outcome in ('completed', 'noAnswer', 'handoff', 'error')),
  primary key (workspace_id, id),
  constraint bot_sessions_end_has_outcome check ((ended_at is null) = (outcome is null)),
  foreign key (workspace_id, chatbot_id, version) references chatbot_versions,
  foreign key (workspace_id, conversation_id) references conversations on delete cascade,
  foreign key (workspace_id, contact_id) references contacts on delete cascade,
  foreign key (workspace_id, enrolment_id) references enrolments on delete cascade
);
create unique index bot_sessions_one_open_per_conversation on bot_sessions (workspace_id, conversation_id) where ended_at is null;
create index bot_sessions_expiring on bot_sessions (workspace_id, expires_at) where ended_at is null;
create index bot_sessions_open_of_chatbot on bot_sessions (workspace_id, chatbot_id) where ended_at is null;
create index bot_sessions_of_enrolment on bot_sessions (workspace_id, enrolment_id);
`;

const imports = `
create table uploads (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  file_name text not null,
  byte_count bigint not null default 0,
  -- what its bytes are written in, known once all have been seen
  encoding text,
  complete boolean not null default false,
  created_by uuid,
  created_at timestamptz not null default andante_now(),
  primary key (workspace_id, id)
);

create table upload_chunks (
  workspace_id uuid not null,
  upload_id uuid not null,
  n int not null,
  bytes bytea not null,
  primary key (workspace_id, upload_id, n),
  foreign key (workspace_id, upload_id) references uploads on delete cascade
);

create table imports (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  upload_id uuid not null,
  status text not null default 'draft' check (status in ('draft', 'queued', 'running', 'done', 'failed', 'canceled')),
  format jsonb not null,
  mapping jsonb not null,
  options jsonb not null default '{}',
  -- how far it is: rows planned and written, bytes read by then
  next_row bigint not null default 0,
  bytes_done bigint not null default 0,
  counts jsonb not null default '{}',
  error text,
  created_by_kind text not null,
  created_by uuid,
  created_at timestamptz not null default andante_now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, upload_id) references uploads on delete cascade
);

create table import_rows (
  workspace_id uuid not null,
  import_id uuid not null,
  line bigint not null,
  outcome text not null check (outcome in ('created', 'updated', 'unchanged', 'merged', 'skipped', 'rejected')),
  reason text,
  contact_id uuid,
  -- 'enrolled', or why not; null where nobody asked
  enrolment text,
  cells jsonb,
  primary key (workspace_id, import_id, line),
  foreign key (workspace_id, import_id) references imports on delete cascade
);
create index import_rows_by_outcome on import_rows (workspace_id, import_id, outcome, line);
create index import_rows_by_contact on import_rows (workspace_id, import_id, contact_id) where contact_id is not null;
`;

const platform = `
-- One row per running worker process, refreshed every few seconds; health and doctor read it.
create table workers (
  id uuid primary key default uuidv7(),
  host text not null,
  pid int not null,
  started_at timestamptz not null default statement_timestamp(),
  seen_at timestamptz not null default statement_timestamp()
);
`;
