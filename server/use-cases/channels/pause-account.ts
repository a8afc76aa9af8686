import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { type ChannelAccountRow, getChannelAccount, lockChannelAccount, updateChannelAccount } from '#db/queries/channel-accounts.ts';
import type { Actor } from '#server/auth/actor.ts';

/** Nothing more is sent through the account until it is resumed; what is due waits. Pausing twice is no error. */
export async function pauseAccount(db: Db, actor: Actor, { id }: { id: string }): Promise<ChannelAccountRow> {
  return await db.transaction().execute(async (tx) => {
    const account = await lockChannelAccount(tx, actor.workspaceId, id);
    if (account.status === 'paused') return account;
    await updateChannelAccount(tx, actor.workspaceId, id, { status: 'paused' });
    await insertAuditEntry(tx, actor, 'channelAccount.paused', { kind: 'channelAccount', id }, { name: account.name });
    return await getChannelAccount(tx, actor.workspaceId, id);
  });
}
