/** Channel accounts as the engine sees them: whether they may send, and how fast. */
import { sql } from 'kysely';
import type { ChannelKind } from '#server/channels/channel.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

export interface SendingAccount {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly status: 'active' | 'paused' | 'failing';
  readonly isDeleted: boolean;
  readonly ratePerSecond: number;
}

export async function listSendingAccounts(db: Db, workspaceId: WorkspaceId, ids: readonly string[]): Promise<SendingAccount[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<SendingAccount>`
    select id, kind, name, status, deleted_at is not null as is_deleted, rate_per_second
    from channel_accounts where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

/** Takes up to `wanted` tokens of an account's bucket, which fills at its rate and holds one second's worth (at least one).
 *  A statement of its own, committed at once: nobody waits for it while messages are under way. Answers how many it got. */
export async function takeTokens(db: Db, workspaceId: WorkspaceId, accountId: string, wanted: number): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    with bucket as (
      select id, least(greatest(rate_per_second, 1),
        tokens + rate_per_second * greatest(0, extract(epoch from andante_now() - tokens_at))) as filled
      from channel_accounts
      where workspace_id = ${workspaceId} and id = ${accountId} and status <> 'paused' and deleted_at is null
      for no key update
    )
    update channel_accounts a
    set tokens = b.filled - least(floor(b.filled), ${wanted}), tokens_at = andante_now()
    from bucket b where a.workspace_id = ${workspaceId} and a.id = b.id
    returning least(floor(b.filled), ${wanted})::int as taken`.execute(db);
  return rows[0]?.taken ?? 0;
}

/** Gives back tokens that were taken and not used. */
export async function returnTokens(db: Db, workspaceId: WorkspaceId, accountId: string, unused: number): Promise<void> {
  await sql`update channel_accounts set tokens = tokens + ${unused}
    where workspace_id = ${workspaceId} and id = ${accountId}`.execute(db);
}
