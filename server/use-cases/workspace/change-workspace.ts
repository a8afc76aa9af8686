/** Changes a workspace's name, language, time zone, quiet hours or frequency cap. Its address stays. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { bumpPlanRevisions } from '#db/queries/plan-revisions.ts';
import { lockWorkspace, updateFrequencyCap, updateQuietHours, updateWorkspace } from '#db/queries/workspaces.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { FrequencyCap } from '#server/domain/frequency-cap.ts';
import type { Window } from '#server/domain/time/schema.ts';
import { compileWindow } from '#server/domain/time/window.ts';
import { DomainError } from '#server/platform/errors.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { applyRules, replanSequences } from '../calendars/apply-rules.ts';

export interface WorkspaceChanges {
  readonly name?: string | undefined;
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
  /** Hours in which nothing is sent, over all sequences; null for none. */
  readonly quietHours?: Window | null | undefined;
  /** The most messages that a contact gets, over all sequences; null for no limit. */
  readonly frequencyCap?: FrequencyCap | null | undefined;
}

/** People in progress go by the new hours, and by the new zone where they follow the workspace's. Throws `invalid` for quiet
 *  hours without end, `conflict` where sequences could never send again. */
export async function changeWorkspace(db: Db, actor: Actor, changes: WorkspaceChanges): Promise<{ operationIds: string[] }> {
  const { quietHours, frequencyCap, ...columns } = changes;
  const { workspaceId } = actor;
  const inOne = async (tx: Tx): Promise<{ operationIds: string[] }> => {
    const before = await lockWorkspace(tx, workspaceId);
    await updateWorkspace(tx, workspaceId, columns);
    await insertAuditEntry(tx, actor, 'workspace.changed', { kind: 'workspace', id: workspaceId }, { ...changes });
    const operationIds: (string | null)[] = [];
    if (columns.timeZone !== undefined && columns.timeZone !== before.timeZone) {
      const sequenceIds = await bumpPlanRevisions(tx, workspaceId, null);
      operationIds.push((await replanSequences(tx, actor, sequenceIds, 'zoneChanged')).operationId);
    }
    if (frequencyCap !== undefined) await updateFrequencyCap(tx, workspaceId, frequencyCap);
    if (quietHours !== undefined) {
      refuseUnlessSomeHourIsLeft(quietHours);
      await updateQuietHours(tx, workspaceId, quietHours);
      operationIds.push((await applyRules(tx, actor, null)).operationId);
    }
    return { operationIds: operationIds.filter((id) => id !== null) };
  };
  return retryOnConflict(() => db.transaction().execute(inOne));
}

function refuseUnlessSomeHourIsLeft(quietHours: Window | null): void {
  if (!compileWindow({ quietHours }).neverOpens) return;
  throw new DomainError('invalid', 'These quiet hours leave no hour of the week. Leave at least one open.', {
    field: 'quietHours',
    reason: 'neverOpens',
  });
}
