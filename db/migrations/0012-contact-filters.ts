/** Filters of contacts by notes, consent and opt-outs: an index each, so that the few are found among a million. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
-- Contacts without notes cost nothing here.
create index contacts_with_notes on contacts (workspace_id, id) where notes is not null;
create index contacts_by_notes on contacts using gin (andante_fold(notes) gin_trgm_ops) where notes is not null;
create index consents_by_status on consents (workspace_id, status, channel_kind, contact_id);
create index opt_outs_by_kind on opt_outs (workspace_id, channel_kind, contact_id);
`)
    .execute(db);
}
