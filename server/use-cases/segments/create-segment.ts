import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { getSegment, insertSegment, listSegments, lockSegments, type SegmentRow } from '#db/queries/segments.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { CreateSegmentInput } from '#server/domain/contact/schema.ts';
import { DomainError } from '#server/platform/errors.ts';
import { filterCondition } from '../contacts/filter-condition.ts';
import { refuseTakenName } from './taken-name.ts';

const mostSegments = 500;

/** Saves a filter under a name. Throws `alreadyExists` for a name that is taken, and `invalid` for a filter that asks for what is not
 *  there. */
export async function createSegment(db: Db, actor: Actor, input: CreateSegmentInput): Promise<SegmentRow> {
  const { workspaceId } = actor;
  return db.transaction().execute(async (tx) => {
    await lockSegments(tx, workspaceId);
    const segments = await listSegments(tx, workspaceId);
    if (segments.length >= mostSegments) {
      throw new DomainError('tooLarge', `A workspace has at most ${mostSegments} segments. Delete one that nobody uses.`);
    }
    refuseTakenName(segments, input.name, null);
    await filterCondition(tx, workspaceId, input.filter);
    const id = await insertSegment(tx, workspaceId, input);
    await insertAuditEntry(tx, actor, 'segment.created', { kind: 'segment', id }, { name: input.name });
    return getSegment(tx, workspaceId, id);
  });
}
