/** Channel accounts as the engine sees them: whether they may send, and how fast. */
import { sql } from 'kysely';
import type { ChannelKind } from '#server/channels/channel.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

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

/** What was given of what was wanted. */
export interface TakenTokens {
  readonly taken: number;
  /** Where a cap is what holds back: when it has room again. */
  readonly roomAt: Date | null;
}

const free = sql`status <> 'paused' and deleted_at is null`;
const filled = sql`least(greatest(rate_per_second, 1),
        tokens + rate_per_second * greatest(0, extract(epoch from andante_now() - tokens_at)))`;

/** Takes up to `wanted` tokens of an account's bucket, which fills at its rate and holds one second's worth (at least one),
 *  and no more than its caps leave. Committed at once: nobody waits for it while messages are under way. */
export async function takeTokens(db: Db, workspaceId: WorkspaceId, accountId: string, wanted: number): Promise<TakenTokens> {
  const { rows } = await sql<{ taken: number }>`
    with bucket as (
      select id, ${filled} as filled from channel_accounts
      where workspace_id = ${workspaceId} and id = ${accountId} and ${free}
        and cap_per_minute is null and cap_per_hour is null and cap_per_day is null
      for no key update
    )
    update channel_accounts a
    set tokens = b.filled - least(floor(b.filled), ${wanted}), tokens_at = andante_now()
    from bucket b where a.workspace_id = ${workspaceId} and a.id = b.id
    returning least(floor(b.filled), ${wanted})::int as taken`.execute(db);
  if (rows[0]) return { taken: rows[0].taken, roomAt: null };
  return await db.transaction().execute((tx) => takeWithinCaps(tx, workspaceId, accountId, wanted));
}

/** Usage is counted in buckets of so many seconds, and a bucket counts until all of it is older than the period: never more
 *  than the cap goes in any period, wherever it begins. */
const bucketSeconds = 10;

async function takeWithinCaps(tx: Tx, workspaceId: WorkspaceId, accountId: string, wanted: number): Promise<TakenTokens> {
  const { rows: accounts } = await sql<{ filled: number; minute: number | null; hour: number | null; day: number | null }>`
    select floor(${filled})::int as filled, cap_per_minute as minute, cap_per_hour as hour, cap_per_day as day
    from channel_accounts where workspace_id = ${workspaceId} and id = ${accountId} and ${free} for no key update`.execute(tx);
  const [account] = accounts;
  if (!account) return { taken: 0, roomAt: null };
  const caps = [
    { cap: account.minute, seconds: 60 },
    { cap: account.hour, seconds: 3_600 },
    { cap: account.day, seconds: 86_400 },
  ];
  let taken = Math.min(wanted, account.filled);
  let roomAt: Date | null = null;
  for (const { cap, seconds } of caps) {
    if (cap === null) continue;
    const since = seconds + bucketSeconds;
    const { rows } = await sql<{ used: number; roomAt: Date | null }>`
      select coalesce(sum(count), 0)::int as used, min(bucket) + ${since} * interval '1 second' as room_at from sender_usage
      where workspace_id = ${workspaceId} and channel_account_id = ${accountId}
        and bucket > andante_now() - ${since} * interval '1 second'`.execute(tx);
    const usage = rows[0];
    const left = Math.max(0, cap - (usage?.used ?? 0));
    if (left >= taken) continue;
    taken = left;
    if (left === 0 && usage?.roomAt && (!roomAt || usage.roomAt > roomAt)) roomAt = usage.roomAt;
  }
  if (taken > 0) await noteUsage(tx, workspaceId, accountId, taken);
  return { taken, roomAt };
}

async function noteUsage(tx: Tx, workspaceId: WorkspaceId, accountId: string, taken: number): Promise<void> {
  await sql`
    update channel_accounts set tokens = ${filled} - ${taken}, tokens_at = andante_now()
    where workspace_id = ${workspaceId} and id = ${accountId}`.execute(tx);
  await sql`
    insert into sender_usage (workspace_id, channel_account_id, bucket, count)
    values (${workspaceId}, ${accountId}, date_bin(${bucketSeconds} * interval '1 second', andante_now(), '2000-01-01'), ${taken})
    on conflict (workspace_id, channel_account_id, bucket) do update set count = sender_usage.count + excluded.count`.execute(tx);
  await sql`
    delete from sender_usage where workspace_id = ${workspaceId} and channel_account_id = ${accountId}
      and bucket < andante_now() - interval '25 hours'`.execute(tx);
}
