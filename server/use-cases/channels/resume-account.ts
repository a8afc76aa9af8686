import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import {
  type ChannelAccountRow,
  getChannelAccount,
  listSequencesUsingAccount,
  lockChannelAccount,
  updateChannelAccount,
} from '#db/queries/channel-accounts.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import type { Actor } from '#server/auth/actor.ts';
import { now } from '#server/platform/clock.ts';

/** The account sends again, after a pause or after trouble: what waits for it is looked at now, at its rate. */
export async function resumeAccount(db: Db, actor: Actor, { id }: { id: string }): Promise<ChannelAccountRow> {
  const { workspaceId } = actor;
  return await db.transaction().execute(async (tx) => {
    const account = await lockChannelAccount(tx, workspaceId, id);
    if (account.status === 'active') return account;
    await updateChannelAccount(tx, workspaceId, id, { status: 'active' });
    await insertAuditEntry(tx, actor, 'channelAccount.resumed', { kind: 'channelAccount', id }, { name: account.name });
    const resumed = await getChannelAccount(tx, workspaceId, id);
    const sequences = await listSequencesUsingAccount(tx, workspaceId, id);
    const at = await now(tx);
    await setAlarms(tx, [
      { queue: 'account.deliver', workspaceId, channelAccountId: id, at },
      ...sequences.map((sequence) => ({ queue: 'sequence.advance', workspaceId, sequenceId: sequence.id, at }) as const),
    ]);
    return resumed;
  });
}
