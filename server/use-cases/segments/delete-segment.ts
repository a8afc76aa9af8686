import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { deleteSegmentRow, getSegment, listSegments, lockSegments } from '#db/queries/segments.ts';
import { findTriggerOfSegment } from '#db/queries/triggers.ts';
import type { Actor } from '#server/auth/actor.ts';
import { leavesOf } from '#server/domain/contact/filter.ts';
import { conditionOf } from '#server/domain/contact/write-out.ts';
import { DomainError } from '#server/platform/errors.ts';

/** The contacts stay. Throws `notFound`, and `conflict` while another segment is made of it, or a trigger asks for it. */
export async function deleteSegment(db: Db, actor: Actor, { id }: { id: string }): Promise<void> {
  const { workspaceId } = actor;
  await db.transaction().execute(async (tx) => {
    await lockSegments(tx, workspaceId);
    const { name } = await getSegment(tx, workspaceId, id);
    const user = (await listSegments(tx, workspaceId)).find(({ filter }) => {
      const condition = conditionOf(filter);
      return condition !== null && leavesOf(condition).some((leaf) => leaf.on === 'segment' && leaf.segmentId === id);
    });
    if (user) {
      throw new DomainError('conflict', `The segment "${user.name}" is made of this one. Change that one first.`, {
        problem: 'segmentInUse',
        id: user.id,
        name: user.name,
      });
    }
    const trigger = await findTriggerOfSegment(tx, workspaceId, id);
    if (trigger) {
      throw new DomainError('conflict', `An automatic entry into "${trigger.sequenceName}" asks for this segment. Change that one first.`, {
        problem: 'segmentInTrigger',
        id: trigger.id,
        name: trigger.sequenceName,
      });
    }
    await deleteSegmentRow(tx, workspaceId, id);
    await insertAuditEntry(tx, actor, 'segment.deleted', { kind: 'segment', id }, { name });
  });
}
