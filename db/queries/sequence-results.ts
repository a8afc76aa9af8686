/** Numbers of a sequence: queries over messages and the ledger, no aggregates. */
import { sql } from 'kysely';
import { type ReachMetric, reachMetrics, type StepMetric } from '#server/domain/results.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { markColumn, marksOfSequence } from './step-marks.ts';

export type StepCounts = { readonly stepKey: string } & Readonly<Record<StepMetric, number>>;

/** Enrolments per step and metric, each counted once a step. Only steps with something to count. */
export async function countStepMetrics(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<StepCounts[]> {
  const counted = sql.join(
    reachMetrics.map(
      (metric: ReachMetric) => sql`count(distinct mark.enrolment_id) filter (where ${markColumn(metric)}) as ${sql.ref(metric)}`,
    ),
  );
  const { rows } = await sql<StepCounts>`
    with marked as (
      select mark.step_key, ${counted} from (${marksOfSequence(workspaceId, sequenceId)}) mark group by mark.step_key
    ), waiting as (
      select step_key, count(*) as waiting from enrolments
      where workspace_id = ${workspaceId} and sequence_id = ${sequenceId} and ended_at is null and step_key is not null
        and waiting_for = 'due'
      group by step_key
    )
    select coalesce(marked.step_key, waiting.step_key) as step_key, coalesce(waiting.waiting, 0) as waiting,
      ${sql.join(reachMetrics.map((metric) => sql`coalesce(marked.${sql.ref(metric)}, 0) as ${sql.ref(metric)}`))}
    from marked full join waiting on waiting.step_key = marked.step_key`.execute(db);
  return rows;
}

export interface EnrolmentTotals {
  readonly status: 'active' | 'paused' | 'held' | 'ended';
  readonly exitReason: string | null;
  readonly count: number;
}

/** Enrolments by status, and those that ended by reason. */
export async function countEnrolments(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<EnrolmentTotals[]> {
  const { rows } = await sql<EnrolmentTotals>`
    select status, exit_reason, count(*) as count from enrolments
    where workspace_id = ${workspaceId} and sequence_id = ${sequenceId}
    group by status, exit_reason order by count desc, exit_reason`.execute(db);
  return rows;
}
