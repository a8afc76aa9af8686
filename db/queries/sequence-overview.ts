/** Sequences as the list shows them: with their channels, who is under way, replies, and the next send. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import type { SequenceStatus } from './sequences.ts';

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
  readonly acceptedCount: number;
  readonly repliedCount: number;
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
  const { rows } = await sql<SequenceOverview>`
    select s.id, s.name, s.status, s.live_version, s.updated_at,
      s.draft is distinct from v.definition as draft_differs,
      jsonb_array_length(s.draft -> 'steps') as step_count,
      channels.list as channels, people.active_count, people.next_send_at, sent.accepted_count, sent.replied_count
    from sequences s
    left join sequence_versions v on v.workspace_id = s.workspace_id and v.sequence_id = s.id and v.version = s.live_version
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'name', a.name, 'status', a.status) order by a.name), '[]') as list
      from channel_accounts a
      where a.workspace_id = s.workspace_id and a.deleted_at is null
        and to_jsonb(a.id::text) in (select jsonb_path_query(coalesce(v.definition, s.draft), '$.**.channelAccountId'))
    ) channels
    cross join lateral (
      select count(*)::int as active_count,
        min(e.due_at) filter (where e.status = 'active' and e.waiting_for = 'due' and s.status = 'running') as next_send_at
      from enrolments e where e.workspace_id = s.workspace_id and e.sequence_id = s.id and e.ended_at is null
    ) people
    cross join lateral (
      select count(m.accepted_at)::int as accepted_count, count(m.replied_at)::int as replied_count
      from messages m where m.workspace_id = s.workspace_id and m.sequence_id = s.id and m.origin = 'step'
    ) sent
    where s.workspace_id = ${workspaceId}
      and (${page.before}::uuid is null or s.id < ${page.before}::uuid)
      and (${pattern}::text is null or andante_fold(s.name) like andante_fold(${pattern}::text))
      and case when ${filter.status ?? null}::text is null then s.status <> 'archived' else s.status = ${filter.status ?? null}::text end
    order by s.id desc limit ${page.limit}`.execute(db);
  return rows;
}

export interface WaitingAtStep {
  readonly stepKey: string;
  readonly count: number;
}

/** How many enrolments that have not ended stand at each step. */
export async function countWaitingPerStep(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<WaitingAtStep[]> {
  const { rows } = await sql<WaitingAtStep>`
    select step_key, count(*)::int as count from enrolments
    where workspace_id = ${workspaceId} and sequence_id = ${sequenceId} and ended_at is null and step_key is not null
    group by step_key order by step_key`.execute(db);
  return rows;
}
