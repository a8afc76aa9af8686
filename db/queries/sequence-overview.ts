/** Sequences as the list shows them: with their channels, who is under way, replies, and the next send. */
import { type RawBuilder, sql } from 'kysely';
import { estimated } from '#server/domain/rough-count.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { countActive, countSent } from './sequence-counts.ts';
import type { SequenceStatus } from './sequences.ts';
import { isSurelyMany, rowsOf, sampleOf, weightOf } from './table-sample.ts';

export interface SequenceOverview {
  readonly id: string;
  readonly name: string;
  readonly status: SequenceStatus;
  readonly liveVersion: number | null;
  /** The draft is not what is live. */
  readonly draftDiffers: boolean;
  readonly stepCount: number;
  readonly channels: readonly { id: string; kind: string; name: string; status: 'active' | 'paused' | 'failing' }[];
  readonly activeCount: number;
  /** False: `activeCount` is an estimate. */
  readonly activeIsExact: boolean;
  readonly acceptedCount: number;
  readonly repliedCount: number;
  /** False: both are estimates, from the same sample. */
  readonly sentIsExact: boolean;
  readonly nextSendAt: Date | null;
  readonly updatedAt: Date;
}

export interface SequenceFilter {
  /** Anywhere in the name, without accents or case. */
  readonly search?: string | undefined;
  /** Without it: all but the archived ones. */
  readonly status?: SequenceStatus | undefined;
}

/** Newest first; `before` is the id of the last one already seen. */
export async function listSequenceOverviews(
  db: Db,
  workspaceId: WorkspaceId,
  filter: SequenceFilter,
  page: { before: string | null; limit: number },
): Promise<SequenceOverview[]> {
  const pattern = filter.search ? `%${filter.search.replace(/[\\%_]/g, '\\$&')}%` : null;
  const { rows } = await sql<Omit<SequenceOverview, CountKey>>`
    select s.id, s.name, s.status, s.live_version, s.updated_at,
      s.draft is distinct from v.definition as draft_differs,
      jsonb_array_length(s.draft -> 'steps') as step_count,
      channels.list as channels, next.send_at as next_send_at
    from sequences s
    left join sequence_versions v on v.workspace_id = s.workspace_id and v.sequence_id = s.id and v.version = s.live_version
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'name', a.name, 'status', a.status) order by a.name), '[]') as list
      from channel_accounts a
      where a.workspace_id = s.workspace_id and a.deleted_at is null
        and to_jsonb(a.id::text) in (select jsonb_path_query(coalesce(v.definition, s.draft), '$.**.channelAccountId'))
    ) channels
    left join lateral (
      select e.due_at as send_at from enrolments e
      where e.workspace_id = s.workspace_id and e.sequence_id = s.id and s.status = 'running'
        and e.ended_at is null and e.paused_at is null and e.held_at is null and e.waiting_for = 'due' and e.due_at is not null
      order by e.due_at limit 1
    ) next on true
    where s.workspace_id = ${workspaceId}
      and (${page.before}::uuid is null or s.id < ${page.before}::uuid)
      and (${pattern}::text is null or andante_fold(s.name) like andante_fold(${pattern}::text))
      and case when ${filter.status ?? null}::text is null then s.status <> 'archived' else s.status = ${filter.status ?? null}::text end
    order by s.id desc limit ${page.limit}`.execute(db);
  const ids = rows.map((row) => row.id);
  const [active, sent] = await Promise.all([countActive(db, workspaceId, ids), countSent(db, workspaceId, ids)]);
  return rows.map((row) => {
    const { count: activeCount, isExact: activeIsExact } = active(row.id);
    const { isExact: sentIsExact, ...counts } = sent(row.id);
    return { ...row, activeCount, activeIsExact, ...counts, sentIsExact };
  });
}

type CountKey = 'activeCount' | 'activeIsExact' | 'acceptedCount' | 'repliedCount' | 'sentIsExact';

export interface WaitingAtStep {
  readonly stepKey: string;
  readonly count: number;
}

/** How many enrolments that have not ended stand at each step: all counted, however many. */
export async function countWaitingPerStep(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<WaitingAtStep[]> {
  const { rows } = await sql<WaitingAtStep>`
    select step_key, count(*)::int as count from enrolments where ${waitsIn(workspaceId, sequenceId)}
    group by step_key order by step_key`.execute(db);
  return rows;
}

/** The same, quickly: exact unless the sample says beyond doubt that there are more than 10,000 in the sequence. Then an estimate, in which
 *  steps where hardly anybody stands may be missing. */
export async function estimateWaitingPerStep(
  db: Db,
  workspaceId: WorkspaceId,
  sequenceId: string,
): Promise<{ readonly steps: WaitingAtStep[]; readonly isExact: boolean }> {
  const sample = await sampleOf(db, 'enrolments');
  if (sample.percent === 100) return { steps: await countWaitingPerStep(db, workspaceId, sequenceId), isExact: true };
  const { rows } = await sql<{ stepKey: string | null; count: number }>`
    select case when ${waitsIn(workspaceId, sequenceId)} then step_key end as step_key, count(*) as count
    from ${rowsOf('enrolments', sample)} group by 1 order by 1`.execute(db);
  const weight = weightOf(sample, sumOf(rows));
  const waiting = rows.flatMap(({ stepKey, count }) => (stepKey === null ? [] : [{ stepKey, count }]));
  // Few pages have them all, and the sample may have missed those.
  if (!isSurelyMany(sumOf(waiting), weight)) return { steps: await countWaitingPerStep(db, workspaceId, sequenceId), isExact: true };
  return { steps: waiting.map(({ stepKey, count }) => ({ stepKey, count: estimated(count, weight) })), isExact: false };
}

function sumOf(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0);
}

/** As a range, so that the planner takes the index that has the order asked for. */
const waitsIn = (workspaceId: WorkspaceId, sequenceId: string): RawBuilder<unknown> =>
  sql`workspace_id = ${workspaceId} and sequence_id between ${sequenceId} and ${sequenceId} and ended_at is null and step_key is not null`;
