import type { Tx } from '#db/client.ts';
import { hasOccasions } from '#db/queries/trigger-occasions.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** Wakes the worker where this transaction made occasions for triggers. Call it last, as it sets an alarm; who forgets it
 *  makes them wait for the sweep, which comes every few seconds. */
export async function armTriggers(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  if (await hasOccasions(tx, workspaceId)) await setAlarms(tx, [{ queue: 'trigger.run', workspaceId }]);
}
