/** The safety net under the alarms: whatever is overdue or enters the coming hour without an alarm gets one. */
import type { Db, Tx } from '#db/client.ts';
import {
  listAccountsToArm,
  listOpenWork,
  listSequencesToArm,
  listWorkspacesToMaintain,
  listWorkspacesWithOccasions,
  tryToSweep,
} from '#db/queries/sweep.ts';
import { type Alarm, leaveOutSet, setAlarms, type UntimedAlarm } from '#jobs/queues/alarms.ts';
import { now } from '#server/platform/clock.ts';

const horizonMs = 3_600_000;

/** Does nothing while another worker sweeps. */
export async function sweep(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (await tryToSweep(tx)) await setAlarms(tx, await alarmsToSet(tx));
  });
}

async function alarmsToSet(tx: Tx): Promise<Alarm[]> {
  const until = new Date((await now(tx)).getTime() + horizonMs);
  const sequences = await listSequencesToArm(tx, until);
  const accounts = await listAccountsToArm(tx, until);
  const workspaces = await listWorkspacesToMaintain(tx);
  const occasions = await listWorkspacesWithOccasions(tx);
  const work = await listOpenWork(tx);
  return [
    ...sequences.map((row): Alarm => ({ queue: 'sequence.advance', ...row })),
    ...accounts.map((row): Alarm => ({ queue: 'account.deliver', ...row })),
    ...workspaces.map((workspaceId): Alarm => ({ queue: 'workspace.maintain', workspaceId })),
    ...(await leaveOutSet(tx, [
      ...occasions.map((workspaceId): UntimedAlarm => ({ queue: 'trigger.run', workspaceId })),
      ...work.map(
        ({ kind, workspaceId, id }): UntimedAlarm =>
          kind === 'operation'
            ? { queue: 'operation.run', workspaceId, operationId: id }
            : { queue: 'import.run', workspaceId, importId: id },
      ),
    ])),
  ];
}
