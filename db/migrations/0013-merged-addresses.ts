/** Addresses and ids of elsewhere that a merge left without a contact lead on to the contact that was kept. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
-- Whoever has an address now is asked first: a row here counts only while nobody has it.
create table merged_addresses (
  workspace_id uuid not null,
  kind text not null constraint merged_addresses_kind_check check (kind in ('phone', 'email', 'externalId')),
  -- an e-mail address in lower case
  address text not null,
  contact_id uuid not null,
  at timestamptz not null default andante_now(),
  primary key (workspace_id, kind, address),
  foreign key (workspace_id, contact_id) references contacts on delete cascade
);
create index merged_addresses_of_contact on merged_addresses (workspace_id, contact_id);
`)
    .execute(db);
}
