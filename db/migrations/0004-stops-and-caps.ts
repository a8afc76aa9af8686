/** What stops or slows sending from outside of a sequence: events of contacts, opt-outs, people who took over, caps. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
-- What happened to a contact, as other systems report it.
create table contact_events (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  contact_id uuid not null,
  name text not null,
  properties jsonb not null default '{}',
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default andante_now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts on delete cascade
);
create index contact_events_of_contact on contact_events (workspace_id, contact_id, occurred_at);

-- A contact's refusal of one kind of channel.
create table opt_outs (
  workspace_id uuid not null,
  contact_id uuid not null,
  channel_kind text not null,
  source text not null constraint opt_outs_source_check check (source in ('reply', 'member', 'api')),
  at timestamptz not null default andante_now(),
  primary key (workspace_id, contact_id, channel_kind),
  foreign key (workspace_id, contact_id) references contacts on delete cascade
);

create index conversations_taken_over on conversations (workspace_id, contact_id) where owner_user_id is not null;

-- The most messages an account sends in any such period; null: no limit but its rate.
alter table channel_accounts
  add cap_per_minute int constraint channel_accounts_cap_per_minute_check check (cap_per_minute > 0),
  add cap_per_hour int constraint channel_accounts_cap_per_hour_check check (cap_per_hour > 0),
  add cap_per_day int constraint channel_accounts_cap_per_day_check check (cap_per_day > 0);

-- What accounts with caps have taken, in buckets of ten seconds.
create table sender_usage (
  workspace_id uuid not null,
  channel_account_id uuid not null,
  bucket timestamptz not null,
  count int not null,
  primary key (workspace_id, channel_account_id, bucket),
  foreign key (workspace_id, channel_account_id) references channel_accounts on delete cascade
);

-- The most messages of sequences that one contact gets in so many days, as {"messages", "days"}; null: no limit.
alter table workspaces add frequency_cap jsonb;

-- Who goes first where contacts may not get everything: higher before lower.
alter table sequences add priority int not null default 0 constraint sequences_priority_check check (priority between -100 and 100);
`)
    .execute(db);
}
