/** Open senders of this process, one per channel account: kept, and opened anew when the account was changed. */
import type { Db } from '#db/client.ts';
import { type AccountToOpen, findAccountToOpen } from '#db/queries/channel-accounts.ts';
import type { ChannelSender } from '#server/channels/channel.ts';
import { openSender } from '#server/channels/registry.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { secretBox } from '#server/platform/secrets.ts';
import { createSandboxSink } from './sandbox-sink.ts';

interface OpenAccount {
  readonly revision: number;
  readonly sender: ChannelSender;
}

const pools = new WeakMap<Db, Map<string, OpenAccount>>();

/** The sender of an account, as it is set up now: one read by key per call, so ask once per batch. A sender that was
 *  replaced finishes what it has under way. Throws `notFound` for a deleted account, `unavailable` for an unreadable secret. */
export async function senderFor(db: Db, workspaceId: WorkspaceId, channelAccountId: string): Promise<ChannelSender> {
  const pool = poolOf(db);
  const key = `${workspaceId}:${channelAccountId}`;
  const account = await findAccountToOpen(db, workspaceId, channelAccountId);
  const open = pool.get(key);
  if (open && open.revision === account?.revision) return open.sender;
  if (open) {
    pool.delete(key);
    void open.sender.close();
  }
  if (!account) throw notFound('channel account', channelAccountId);
  const sender = openAccount(db, workspaceId, channelAccountId, account);
  pool.set(key, { revision: account.revision, sender });
  return sender;
}

/** Opens an account apart from the pool; the caller closes it. */
export function openAccount(db: Db, workspaceId: WorkspaceId, channelAccountId: string, account: AccountToOpen): ChannelSender {
  const secret = account.secret === null ? null : secretBox().open(account.secret, { workspaceId, channelAccountId });
  return openSender(
    { kind: account.kind, config: account.config, secret },
    { sandboxSink: createSandboxSink(db, workspaceId, channelAccountId) },
  );
}

/** At shutdown: lets what is under way finish, and closes all. */
export async function closeSenders(db: Db): Promise<void> {
  const pool = poolOf(db);
  const open = [...pool.values()];
  pool.clear();
  await Promise.all(open.map(({ sender }) => sender.close()));
}

function poolOf(db: Db): Map<string, OpenAccount> {
  const pool = pools.get(db) ?? new Map<string, OpenAccount>();
  pools.set(db, pool);
  return pool;
}
