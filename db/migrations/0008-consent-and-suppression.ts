/** Consent per channel, the list of addresses that must never be contacted, and files that somebody asked for. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
-- What a contact agreed to, or took back, for one kind of channel: where that is written down, and since when it holds.
create table consents (
  workspace_id uuid not null,
  contact_id uuid not null,
  channel_kind text not null,
  status text not null constraint consents_status_check check (status in ('given', 'withdrawn')),
  source text not null,
  at timestamptz not null,
  recorded_at timestamptz not null default andante_now(),
  primary key (workspace_id, contact_id, channel_kind),
  foreign key (workspace_id, contact_id) references contacts on delete cascade
);

-- Addresses that must never be contacted. Of the address itself there is only a keyed hash: nobody reads it here.
create table suppressions (
  workspace_id uuid not null references workspaces on delete cascade,
  hash bytea not null,
  id uuid not null default uuidv7(),
  kind text not null constraint suppressions_kind_check check (kind in ('phone', 'email')),
  reason text not null constraint suppressions_reason_check check (reason in ('manual', 'imported', 'complaint', 'bounced', 'erased')),
  added_at timestamptz not null default andante_now(),
  added_by_kind text not null,
  added_by uuid,
  primary key (workspace_id, hash),
  constraint suppressions_id_is_unique unique (workspace_id, id)
);

-- Files that somebody asked for: what is in them is read when they are fetched, for a day.
create table exports (
  workspace_id uuid not null references workspaces on delete cascade,
  id uuid not null default uuidv7(),
  payload jsonb not null,
  created_by_kind text not null,
  created_by uuid,
  created_at timestamptz not null default andante_now(),
  primary key (workspace_id, id)
);
`)
    .execute(db);
}
