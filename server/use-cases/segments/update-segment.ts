import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { getSegment, listSegments, lockSegments, type SegmentRow, updateSegmentColumns } from '#db/queries/segments.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { UpdateSegmentInput } from '#server/domain/contact/schema.ts';
import { filterCondition } from '../contacts/filter-condition.ts';
import { refuseTakenName } from './taken-name.ts';

/** Changes name, filter or both. Throws `notFound`, `alreadyExists`, and `invalid` where a segment would come to contain itself. */
export async function updateSegment(db: Db, actor: Actor, input: UpdateSegmentInput): Promise<SegmentRow> {
  const { workspaceId } = actor;
  return db.transaction().execute(async (tx) => {
    await lockSegments(tx, workspaceId);
    const before = await getSegment(tx, workspaceId, input.id);
    const after = { name: input.name ?? before.name, filter: input.filter ?? before.filter };
    refuseTakenName(await listSegments(tx, workspaceId), after.name, input.id);
    await updateSegmentColumns(tx, workspaceId, input.id, after);
    await filterCondition(tx, workspaceId, { segmentId: input.id });
    await insertAuditEntry(tx, actor, 'segment.updated', { kind: 'segment', id: input.id }, { name: after.name });
    return getSegment(tx, workspaceId, input.id);
  });
}
