/** What contacts agreed to, per kind of channel. */
import { sql } from 'kysely';
import type { ChannelKind } from '#server/channels/channel.ts';
import type { ConsentStatus } from '#server/domain/contact/consent.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

export interface Consent {
  readonly channelKind: ChannelKind;
  readonly status: ConsentStatus;
  /** Where it is written down, in words of whoever recorded it. */
  readonly source: string;
  /** Since when it holds. */
  readonly at: Date;
}

export async function listConsents(db: Db, workspaceId: WorkspaceId, contactId: string): Promise<Consent[]> {
  const { rows } = await sql<Consent>`
    select channel_kind, status, source, at from consents
    where workspace_id = ${workspaceId} and contact_id = ${contactId} order by channel_kind`.execute(db);
  return rows;
}

export async function upsertConsent(tx: Tx, workspaceId: WorkspaceId, contactId: string, consent: Consent): Promise<void> {
  const { channelKind, status, source, at } = consent;
  await sql`
    insert into consents (workspace_id, contact_id, channel_kind, status, source, at)
    values (${workspaceId}, ${contactId}, ${channelKind}, ${status}, ${source}, ${at})
    on conflict (workspace_id, contact_id, channel_kind) do update
    set status = excluded.status, source = excluded.source, at = excluded.at, recorded_at = andante_now()`.execute(tx);
}

export interface ContactConsent extends Consent {
  readonly contactId: string;
}

export async function upsertConsents(tx: Tx, workspaceId: WorkspaceId, consents: readonly ContactConsent[]): Promise<void> {
  if (consents.length === 0) return;
  await sql`
    insert into consents (workspace_id, contact_id, channel_kind, status, source, at)
    select ${workspaceId}::uuid, v.* from ${rowSet('v', consents, {
      contact_id: ['uuid', (consent) => consent.contactId],
      channel_kind: ['text', (consent) => consent.channelKind],
      status: ['text', (consent) => consent.status],
      source: ['text', (consent) => consent.source],
      at: ['timestamptz', (consent) => consent.at],
    })}
    on conflict (workspace_id, contact_id, channel_kind) do update
    set status = excluded.status, source = excluded.source, at = excluded.at, recorded_at = andante_now()`.execute(tx);
}

export async function listConsentsOf(db: Db, workspaceId: WorkspaceId, contactIds: readonly string[]): Promise<ContactConsent[]> {
  if (contactIds.length === 0) return [];
  const { rows } = await sql<ContactConsent>`
    select s.* from unnest(${contactIds as string[]}::uuid[]) as c (id) cross join lateral (
      select contact_id, channel_kind, status, source, at from consents
      where workspace_id = ${workspaceId} and contact_id = c.id offset 0) s`.execute(db);
  return rows;
}

/** Answers false when there was none. */
export async function deleteConsent(tx: Tx, workspaceId: WorkspaceId, contactId: string, channelKind: ChannelKind): Promise<boolean> {
  const { rows } = await sql`
    delete from consents where workspace_id = ${workspaceId} and contact_id = ${contactId} and channel_kind = ${channelKind}
    returning channel_kind`.execute(tx);
  return rows.length > 0;
}
