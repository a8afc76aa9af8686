import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { getSequence } from '#db/queries/sequences.ts';
import { countTriggers, insertTrigger } from '#db/queries/triggers.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { mostTriggers, type TriggerCondition, type TriggerOn } from '#server/domain/trigger.ts';
import { DomainError } from '#server/platform/errors.ts';
import { filterCondition } from '../contacts/filter-condition.ts';
import { watchesOf } from './trigger-values.ts';

export interface CreateTriggerInput {
  readonly sequenceId: string;
  readonly on: TriggerOn;
  readonly condition: TriggerCondition;
  readonly enabled: boolean;
}

/** From now on, what happens to contacts enrols them. The sequence may still be a draft: until it is published, occasions are
 *  refused, and counted. Throws `notFound` (sequence), `conflict` (archived, or too many triggers) and `invalid` (field). */
export async function createTrigger(db: Db, actor: Actor, input: CreateTriggerInput): Promise<string> {
  const { workspaceId } = actor;
  return db.transaction().execute(async (tx) => {
    const sequence = await getSequence(tx, workspaceId, input.sequenceId);
    if (sequence.status === 'archived') {
      throw new DomainError('conflict', `The sequence "${sequence.name}" is archived and takes nobody in. Duplicate it to use it again.`, {
        sequenceId: sequence.id,
      });
    }
    if ((await countTriggers(tx, workspaceId)) >= mostTriggers) {
      throw new DomainError('conflict', `A workspace has at most ${mostTriggers} triggers. Delete one that is no longer needed.`, {
        limit: mostTriggers,
      });
    }
    await filterCondition(tx, workspaceId, input.condition);
    const { on, tagId } = await watchesOf(tx, workspaceId, input.on);
    const by = { createdByKind: actor.kind, createdBy: actorId(actor) };
    const id = await insertTrigger(tx, workspaceId, { ...input, on, tagId, ...by });
    await insertAuditEntry(tx, actor, 'trigger.created', { kind: 'trigger', id }, { name: sequence.name, sequenceId: sequence.id, on });
    return id;
  });
}
