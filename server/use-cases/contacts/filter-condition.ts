/** From a filter to the condition that the database is asked, with what the workspace knows: its segments, fields and country. */
import type { Db } from '#db/client.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { getContactDefaults } from '#db/queries/contacts.ts';
import { listSegments } from '#db/queries/segments.ts';
import { type ContactCondition, leavesOf } from '#server/domain/contact/filter.ts';
import type { ContactFilter } from '#server/domain/contact/schema.ts';
import { conditionOf, type FilterFacts, writtenOut } from '#server/domain/contact/write-out.ts';
import type { ContactTarget } from '#server/domain/operation.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** Null when everybody is meant. Throws `invalid` for segments and fields that do not exist, and for values that do not fit. */
export async function filterCondition(db: Db, workspaceId: WorkspaceId, filter: ContactFilter): Promise<ContactCondition | null> {
  const condition = conditionOf(filter);
  return condition && writtenOut(filter, await filterFacts(db, workspaceId, condition));
}

/** The target with its filter written out: what an operation keeps, so that it means tomorrow whom it means now. */
export async function settledTarget(db: Db, workspaceId: WorkspaceId, target: ContactTarget): Promise<ContactTarget> {
  if ('contactIds' in target) return target;
  const where = await filterCondition(db, workspaceId, target.filter);
  return { filter: where ? { where } : {} };
}

async function filterFacts(db: Db, workspaceId: WorkspaceId, condition: ContactCondition): Promise<FilterFacts> {
  const asked = new Set(leavesOf(condition).map((leaf) => leaf.on));
  const inSegments = asked.has('segment');
  return {
    segments: inSegments ? await listSegments(db, workspaceId) : [],
    fields: inSegments || asked.has('field') ? await listContactFields(db, workspaceId) : [],
    country: (await getContactDefaults(db, workspaceId)).country,
  };
}
