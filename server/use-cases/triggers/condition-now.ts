/** Whom a trigger's condition means at this moment. */
import type { Tx } from '#db/client.ts';
import type { ContactCondition } from '#server/domain/contact/filter.ts';
import type { TriggerCondition } from '#server/domain/trigger.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { filterCondition } from '../contacts/filter-condition.ts';

const nobody: ContactCondition = { on: 'any', of: [] };

/** Null: everybody. A segment or field that is gone since leaves nobody, rather than letting in whom nobody meant. */
export async function conditionNow(tx: Tx, workspaceId: WorkspaceId, condition: TriggerCondition): Promise<ContactCondition | null> {
  try {
    return await filterCondition(tx, workspaceId, condition);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid') return nobody;
    throw error;
  }
}
