/** Records work over many rows, and sets the alarm of the worker that will do it. */
import type { Tx } from '#db/client.ts';
import { insertOperation } from '#db/queries/operations.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import type { Operation } from '#server/domain/operation.ts';

/** Answers the operation's id. `total`: how many rows it is about as far as is known, null where nobody has counted. */
export async function startOperation(tx: Tx, actor: Actor, operation: Operation, total: number | null): Promise<string> {
  const { workspaceId } = actor;
  const by = { kind: actor.kind, id: actorId(actor) };
  const operationId = await insertOperation(tx, workspaceId, { kind: operation.kind, payload: operation, total, actor: by });
  await setAlarms(tx, [{ queue: 'operation.run', workspaceId, operationId }]);
  return operationId;
}
