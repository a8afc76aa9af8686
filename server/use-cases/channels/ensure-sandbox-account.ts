/** Every workspace has a sandbox from its first day. */
import type { Tx } from '#db/client.ts';
import { findSandboxAccountId, insertChannelAccount } from '#db/queries/channel-accounts.ts';
import { adapterOf } from '#server/channels/registry.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** The workspace's sandbox account, made when there is none; answers its id. */
export async function ensureSandboxAccount(tx: Tx, workspaceId: WorkspaceId): Promise<string> {
  const existing = await findSandboxAccountId(tx, workspaceId);
  if (existing) return existing;
  const { defaultRatePerSecond: ratePerSecond } = adapterOf('sandbox');
  return await insertChannelAccount(tx, workspaceId, { kind: 'sandbox', name: 'Sandbox', config: {}, secret: null, ratePerSecond });
}
