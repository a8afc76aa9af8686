/** What imports have done to one contact. */
import { type RawBuilder, sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

/** What an import did to a contact: made it, changed it, or only wrote down what it refused or agreed to. */
export type ImportDeed = 'made' | 'changed' | 'answered';

/** As it stands in a timeline. */
export interface ContactImport {
  readonly id: string;
  readonly fileName: string;
  readonly deed: ImportDeed;
  /** Kinds of channels that the contact refuses by it, and that it agreed to, or took back. */
  readonly optOuts: readonly string[];
  readonly consents: readonly string[];
  readonly isUndone: boolean;
}

/** Rows `id, file_name, started_at, finished_at, is_undone, deed, opt_outs, consents`: one an import. Each import is one look-up by the
 *  contact. A merged contact's rows do not say any more what they changed; then that they changed it is said. */
export function importsOfContact(workspaceId: WorkspaceId, contactId: string): RawBuilder<unknown> {
  return sql`
    select i.id, u.file_name, i.started_at, i.finished_at, coalesce(i.undo_status <> 'failed', false) as is_undone, r.deed, r.opt_outs, r.consents
    from imports i
    join uploads u on u.workspace_id = i.workspace_id and u.id = i.upload_id
    cross join lateral (
      select
        case when bool_or(r.outcome = 'created') then 'made'
          when bool_or(k.key not like 'optOut.%' and k.key not like 'consent.%' or k.key is null) then 'changed'
          else 'answered' end as deed,
        coalesce(array_agg(distinct substr(k.key, 8)) filter (where k.key like 'optOut.%'), '{}') as opt_outs,
        coalesce(array_agg(distinct substr(k.key, 9)) filter (where k.key like 'consent.%'), '{}') as consents
      from import_rows r left join lateral jsonb_object_keys(r.changes) as k (key) on true
      where r.workspace_id = ${workspaceId} and r.import_id = i.id and r.contact_id = ${contactId}
        and (r.outcome in ('created', 'updated') or r.changes is not null)
      having count(*) > 0) r
    where i.workspace_id = ${workspaceId} and i.started_at is not null`;
}

/** By which import the contact refuses a kind of channel, or has said what is on record of it: `optOut.<kind>` and `consent.<kind>`, where
 *  it was one and nobody has recorded anything since. */
export async function findImportsOfAnswers(
  db: Db,
  workspaceId: WorkspaceId,
  contactId: string,
): Promise<ReadonlyMap<string, { readonly id: string; readonly fileName: string }>> {
  const { rows } = await sql<{ id: string; fileName: string; optOuts: string[]; consents: string[] }>`
    select i.id, i.file_name,
      array(select o.channel_kind from opt_outs o where o.workspace_id = ${workspaceId} and o.contact_id = ${contactId}
        and o.channel_kind = any(i.opt_outs) and o.at between i.started_at and coalesce(i.finished_at, 'infinity')) as opt_outs,
      array(select c.channel_kind from consents c where c.workspace_id = ${workspaceId} and c.contact_id = ${contactId}
        and c.channel_kind = any(i.consents) and c.recorded_at between i.started_at and coalesce(i.finished_at, 'infinity')) as consents
    from (${importsOfContact(workspaceId, contactId)}) i
    where i.opt_outs <> '{}' or i.consents <> '{}'
    order by i.started_at`.execute(db);
  const found = new Map<string, { id: string; fileName: string }>();
  for (const { id, fileName, optOuts, consents } of rows) {
    for (const kind of optOuts) found.set(`optOut.${kind}`, { id, fileName });
    for (const kind of consents) found.set(`consent.${kind}`, { id, fileName });
  }
  return found;
}
