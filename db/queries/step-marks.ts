/** What steps left behind, one row each: the one reading of results, so that a number and the people behind it cannot differ.
 *  Steps that send are read from their messages (origin `step` alone: tests and bots count nowhere), chatbots and exits
 *  from the ledger. */
import { type RawBuilder, sql } from 'kysely';
import type { ReachMetric } from '#server/domain/results.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** Marks of all enrolments of a sequence: `enrolment_id`, `step_key`, and a boolean per metric. */
export function marksOfSequence(workspaceId: WorkspaceId, sequenceId: string): RawBuilder<unknown> {
  return sql`
    select m.enrolment_id, m.step_key, true as reached, m.accepted_at is not null as sent,
      m.delivered_at is not null or m.state in ('delivered', 'read') as delivered, m.replied_at is not null as replied,
      m.state = 'failed' as failed, m.state = 'unknown' as unknown, m.state = 'skipped' as skipped
    from messages m
    where m.workspace_id = ${workspaceId} and m.sequence_id = ${sequenceId} and m.origin = 'step' and m.enrolment_id is not null
    union all
    select v.enrolment_id, v.step_key, true, false, false, false, false, false, v.kind = 'skipped'
    from enrolments e
    join enrolment_events v on v.workspace_id = e.workspace_id and v.enrolment_id = e.id
    where e.workspace_id = ${workspaceId} and e.sequence_id = ${sequenceId} and v.step_key is not null
      and (v.kind = 'botStarted' or (v.kind = 'exited' and 'exitStep' = any(v.reasons))
        or (v.kind = 'skipped' and not exists (
          select 1 from messages m where m.workspace_id = v.workspace_id and m.enrolment_id = v.enrolment_id
            and m.origin = 'step' and m.step_number = v.step_number)))`;
}

/** The column of a mark; names come from a closed list. */
export function markColumn(metric: ReachMetric): RawBuilder<boolean> {
  return sql.ref(`mark.${metric}`);
}
