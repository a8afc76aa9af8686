/** Which enrolments a filter means: one place, used by lists, counts, numbers that are opened, and controls over many. */
import { type RawBuilder, sql } from 'kysely';
import type { EnrolmentFilter } from '#server/domain/operation.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { keptIdIn } from './contact-merges.ts';
import { conditionSql } from './contact-conditions.ts';
import { markColumn, marksOfSequence } from './step-marks.ts';

/** A condition on the enrolments `e` of `workspaceId`. */
export function enrolmentMatches(workspaceId: WorkspaceId, filter: EnrolmentFilter): RawBuilder<unknown> {
  const all = [sql`e.workspace_id = ${workspaceId}`];
  if (filter.sequenceId) all.push(sql`e.sequence_id = ${filter.sequenceId}`);
  if (filter.contactId) all.push(sql`e.contact_id = ${keptIdIn(workspaceId, filter.contactId)}`);
  if (filter.status) all.push(sql`e.status = ${filter.status}`);
  if (filter.stepKey) all.push(sql`e.step_key = ${filter.stepKey}`);
  if (filter.exitReason) all.push(sql`e.exit_reason = ${filter.exitReason}`);
  if (filter.step && filter.sequenceId) all.push(countedAt(workspaceId, filter.sequenceId, filter.step));
  if (filter.search) {
    const found = conditionSql(workspaceId, { on: 'search', value: filter.search });
    all.push(sql`exists (select from contacts c where c.workspace_id = e.workspace_id and c.id = e.contact_id and ${found})`);
  }
  return sql.join(all, sql` and `);
}

function countedAt(workspaceId: WorkspaceId, sequenceId: string, step: NonNullable<EnrolmentFilter['step']>): RawBuilder<unknown> {
  if (step.metric === 'waiting') return sql`e.ended_at is null and e.waiting_for = 'due' and e.step_key = ${step.key}`;
  return sql`e.id in (
    select mark.enrolment_id from (${marksOfSequence(workspaceId, sequenceId)}) mark
    where mark.step_key = ${step.key} and ${markColumn(step.metric)})`;
}
