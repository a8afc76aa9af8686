import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { lockTrigger, updateTrigger } from '#db/queries/triggers.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { TriggerCondition, TriggerOn } from '#server/domain/trigger.ts';
import { notFound } from '#server/platform/errors.ts';
import { filterCondition } from '../contacts/filter-condition.ts';
import { watchesOf } from './trigger-values.ts';

export interface ChangeTriggerInput {
  readonly id: string;
  readonly on?: TriggerOn | undefined;
  readonly condition?: TriggerCondition | undefined;
  readonly enabled?: boolean | undefined;
}

/** What is left out stays. Occasions that wait are judged by what holds when they are looked at; those of a trigger that was
 *  switched off are refused. Throws `notFound` and `invalid`. */
export async function changeTrigger(db: Db, actor: Actor, input: ChangeTriggerInput): Promise<void> {
  const { workspaceId } = actor;
  const { id, ...changed } = input;
  await db.transaction().execute(async (tx) => {
    const before = await lockTrigger(tx, workspaceId, id);
    if (!before) throw notFound('trigger', id);
    if (input.condition) await filterCondition(tx, workspaceId, input.condition);
    await updateTrigger(tx, workspaceId, id, {
      watches: input.on ? await watchesOf(tx, workspaceId, input.on) : null,
      condition: input.condition ?? before.condition,
      enabled: input.enabled ?? before.enabled,
    });
    const details = { name: before.sequenceName, sequenceId: before.sequenceId, ...changed };
    await insertAuditEntry(tx, actor, 'trigger.updated', { kind: 'trigger', id }, details);
  });
}
