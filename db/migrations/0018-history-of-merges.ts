/** A contact's history says who was merged into it, by whom, and what came along. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
alter table contact_merges
  -- Who merged, as in the audit log; null of merges that it does not know.
  add actor_kind text,
  add actor_id uuid,
  -- What the merged contact was called and known by; null of merges before these columns.
  add name text,
  add phone text,
  add email text,
  add external_id text,
  -- How many of its enrolments and conversations are the kept contact's since; null of merges before these columns.
  add enrolments int,
  add conversations int;
update contact_merges m set actor_kind = a.actor_kind, actor_id = a.actor_id
from (
  select l.workspace_id, l.actor_kind, l.actor_id, merged.id
  from audit_log l cross join lateral jsonb_array_elements_text(l.details -> 'mergedIds') as merged (id)
  where l.action = 'contact.merged' and exists (select from contact_merges)
) a
where a.workspace_id = m.workspace_id and a.id = m.contact_id::text;
`)
    .execute(db);
}
