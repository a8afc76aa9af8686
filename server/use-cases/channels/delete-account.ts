import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import {
  cancelQueuedTalk,
  listSequencesUsingAccount,
  lockChannelAccount,
  markChannelAccountDeleted,
} from '#db/queries/channel-accounts.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import type { Actor } from '#server/auth/actor.ts';
import { now } from '#server/platform/clock.ts';
import { DomainError } from '#server/platform/errors.ts';

/** Removes an account with its secret; its messages stay. Throws `conflict`, naming them, while sequences use it. */
export async function deleteAccount(db: Db, actor: Actor, { id }: { id: string }): Promise<{ canceledMessages: number }> {
  const { workspaceId } = actor;
  return await db.transaction().execute(async (tx) => {
    const account = await lockChannelAccount(tx, workspaceId, id);
    const sequences = await listSequencesUsingAccount(tx, workspaceId, id);
    if (sequences.length > 0) {
      const names = sequences.map((sequence) => `"${sequence.name}"`).join(', ');
      throw new DomainError(
        'conflict',
        `Sequences still send through this account: ${names}. Archive them, or publish them with another account, first.`,
        {
          sequences: sequences.map((sequence) => ({ id: sequence.id, name: sequence.name })),
        },
      );
    }
    const canceledMessages = await cancelQueuedTalk(tx, workspaceId, id);
    await markChannelAccountDeleted(tx, workspaceId, id);
    await insertAuditEntry(tx, actor, 'channelAccount.deleted', { kind: 'channelAccount', id }, { name: account.name, kind: account.kind });
    await setAlarms(tx, [{ queue: 'account.deliver', workspaceId, channelAccountId: id, at: await now(tx) }]);
    return { canceledMessages };
  });
}
