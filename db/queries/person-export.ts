/** Everything that is known of one person, table by table, as it is stored. */
import { type RawBuilder, sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

/** A row by its columns. Instants are ISO text. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** Columns that say nothing about the person. */
const machinery = sql`array['workspace_id', 'search_text', 'claim_token']`;

/** The contact's id, and those of the contacts that were merged into it. */
function idsOf(workspaceId: WorkspaceId, id: string): RawBuilder<unknown> {
  return sql`(select ${id}::text union all select contact_id::text from contact_merges where workspace_id = ${workspaceId} and kept_id = ${id})`;
}

const parts = {
  contact: (ws, id) => sql`select c as row, c.id::text as place from contacts c where c.workspace_id = ${ws} and c.id = ${id}`,
  tags: (ws, id) => sql`select t as row, t.name as place from contact_tags ct
    join tags t on t.workspace_id = ct.workspace_id and t.id = ct.tag_id where ct.workspace_id = ${ws} and ct.contact_id = ${id}`,
  consents: (ws, id) => sql`select c as row, c.channel_kind as place from consents c where c.workspace_id = ${ws} and c.contact_id = ${id}`,
  optOuts: (ws, id) => sql`select o as row, o.channel_kind as place from opt_outs o where o.workspace_id = ${ws} and o.contact_id = ${id}`,
  enrolments: (ws, id) => sql`select e as row, e.id::text as place from enrolments e where e.workspace_id = ${ws} and e.contact_id = ${id}`,
  enrolmentEvents: (ws, id) => sql`select v as row, lpad(v.id::text, 20, '0') as place from enrolments e
    join enrolment_events v on v.workspace_id = e.workspace_id and v.enrolment_id = e.id where e.workspace_id = ${ws} and e.contact_id = ${id}`,
  messages: (ws, id) => sql`select m as row, m.id::text as place from messages m where m.workspace_id = ${ws} and m.contact_id = ${id}`,
  messageAttempts: (ws, id) => sql`select a as row, a.message_id || lpad(a.attempt::text, 6, '0') as place from messages m
    join message_attempts a on a.workspace_id = m.workspace_id and a.message_id = m.id where m.workspace_id = ${ws} and m.contact_id = ${id}`,
  conversations: (ws, id) =>
    sql`select v as row, v.id::text as place from conversations v where v.workspace_id = ${ws} and v.contact_id = ${id}`,
  botSessions: (ws, id) =>
    sql`select b as row, b.id::text as place from bot_sessions b where b.workspace_id = ${ws} and b.contact_id = ${id}`,
  events: (ws, id) => sql`select v as row, v.id::text as place from contact_events v where v.workspace_id = ${ws} and v.contact_id = ${id}`,
  importRows: (ws, id) => sql`select r as row, r.import_id || lpad(r.line::text, 20, '0') as place from import_rows r
    where r.workspace_id = ${ws} and r.contact_id = ${id}`,
  inboundEvents: (ws, id) => sql`select i as row, i.id::text as place from inbound_events i
    where i.workspace_id = ${ws} and i.payload ->> 'contactId' in ${idsOf(ws, id)}`,
  sandboxDeliveries: (ws, id) => sql`select d as row, d.id::text as place from sandbox_deliveries d
    where d.workspace_id = ${ws} and d.contact_id = ${id}`,
  auditEntries: (ws, id) => sql`select a as row, a.id::text as place from audit_log a
    where a.workspace_id = ${ws} and a.subject_kind = 'contact' and a.subject_id::text in ${idsOf(ws, id)}`,
  mergedContacts: (ws, id) =>
    sql`select k as row, k.contact_id::text as place from contact_merges k where k.workspace_id = ${ws} and k.kept_id = ${id}`,
  mergedAddresses: (ws, id) =>
    sql`select a as row, a.kind || a.address as place from merged_addresses a where a.workspace_id = ${ws} and a.contact_id = ${id}`,
  triggers: (ws, id) =>
    sql`select t as row, t.trigger_id::text as place from trigger_contacts t where t.workspace_id = ${ws} and t.contact_id = ${id}`,
  triggerOccasions: (ws, id) => sql`select o as row, lpad(o.id::text, 20, '0') as place from trigger_occasions o
    where o.workspace_id = ${ws} and o.contact_id = ${id}`,
} satisfies Record<string, (workspaceId: WorkspaceId, contactId: string) => RawBuilder<unknown>>;

export type PersonPart = keyof typeof parts;

export async function listPersonParts(db: Db, workspaceId: WorkspaceId, contactId: string): Promise<Record<PersonPart, StoredRow[]>> {
  const found: Partial<Record<PersonPart, StoredRow[]>> = {};
  for (const [part, select] of Object.entries(parts)) {
    const { rows } = await sql<{ row: StoredRow }>`
      select to_jsonb(p.row) - ${machinery} as row from (${select(workspaceId, contactId)}) p order by p.place`.execute(db);
    found[part as PersonPart] = rows.map(({ row }) => byPlainNames(row));
  }
  return found as Record<PersonPart, StoredRow[]>;
}

/** `created_at` is `createdAt` in the API; what is inside of JSON keeps its names. */
function byPlainNames(row: StoredRow): StoredRow {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), value]),
  );
}
