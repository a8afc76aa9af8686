/** Addresses and external ids that merges left without a contact: each leads on to the contact that was kept. Whoever has one of
 *  them by now comes first, so callers ask the contacts before they ask here. */
import { sql } from 'kysely';
import type { MergedAddress } from '#server/domain/contact/merged-values.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';
import type { Addresses } from './import-chunks.ts';

export interface LeadingAddress extends MergedAddress {
  /** The contact that was kept. */
  readonly contactId: string;
}

/** Those of the addresses that lead on. Where nothing was ever merged it costs one look into an index. */
export async function listLeadingAddresses(db: Db, workspaceId: WorkspaceId, addresses: Addresses): Promise<LeadingAddress[]> {
  const { phones, emails, externalIds } = addresses;
  if (phones.length + emails.length + externalIds.length === 0) return [];
  const { rows: found } = await sql`select from merged_addresses where workspace_id = ${workspaceId} limit 1`.execute(db);
  if (found.length === 0) return [];
  const { rows } = await sql<LeadingAddress>`
    select m.kind, m.address, m.contact_id from (
      select 'phone' as kind, unnest(${[...phones]}::text[]) as address
      union all select 'email', unnest(${[...emails]}::text[])
      union all select 'externalId', unnest(${[...externalIds]}::text[])
    ) given
    join merged_addresses m on m.workspace_id = ${workspaceId} and m.kind = given.kind and m.address = given.address`.execute(db);
  return rows;
}

/** What led on to the merged contacts, and what they and the kept one lost by the merge, leads on to the kept one. */
export async function keepMergedAddresses(
  tx: Tx,
  workspaceId: WorkspaceId,
  of: { readonly keepId: string; readonly mergedIds: readonly string[]; readonly lost: readonly MergedAddress[] },
): Promise<void> {
  await sql`
    update merged_addresses set contact_id = ${of.keepId}
    where workspace_id = ${workspaceId} and contact_id = any(${[...of.mergedIds]}::uuid[])`.execute(tx);
  if (of.lost.length === 0) return;
  await sql`
    insert into merged_addresses (workspace_id, kind, address, contact_id)
    select ${workspaceId}::uuid, l.kind, l.address, ${of.keepId}::uuid from ${addressSet('l', of.lost)}
    order by 2, 3 on conflict (workspace_id, kind, address) do update set contact_id = excluded.contact_id, at = excluded.at`.execute(tx);
}

/** A contact was given them by hand: they are its own now, and lead nowhere else any more. */
export async function releaseMergedAddresses(tx: Tx, workspaceId: WorkspaceId, addresses: readonly MergedAddress[]): Promise<void> {
  if (addresses.length === 0) return;
  await sql`
    delete from merged_addresses m using ${addressSet('l', addresses)}
    where m.workspace_id = ${workspaceId} and m.kind = l.kind and m.address = l.address`.execute(tx);
}

function addressSet(name: string, addresses: readonly MergedAddress[]) {
  return rowSet(name, addresses, { kind: ['text', (row) => row.kind], address: ['text', (row) => row.address] });
}
