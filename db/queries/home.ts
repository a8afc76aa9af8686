/** What the home page of a workspace shows: how far the first steps have come, and what happens next. */
import { sql } from 'kysely';
import type { RoughCount } from '#server/domain/rough-count.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { countRoughly } from './table-sample.ts';

export interface FirstSteps {
  readonly published: boolean;
  readonly enrolled: boolean;
  readonly arrived: boolean;
  readonly answered: boolean;
  readonly ownContacts: boolean;
  readonly ownChannel: boolean;
  readonly team: boolean;
  /** The oldest sequence and contact that still exist: what the first steps lead to. */
  readonly sequenceId: string | null;
  readonly contactId: string | null;
}

/** Each fact is read from the tables: nothing is ticked by hand. */
export async function getFirstSteps(db: Db, workspaceId: WorkspaceId): Promise<FirstSteps> {
  const { rows } = await sql<FirstSteps>`
    select
      exists (select from sequence_versions where workspace_id = ${workspaceId}::uuid) as published,
      exists (select from enrolments where workspace_id = ${workspaceId}::uuid) as enrolled,
      exists (select from messages where workspace_id = ${workspaceId}::uuid and direction = 'out' and accepted_at is not null) as arrived,
      exists (select from conversations where workspace_id = ${workspaceId}::uuid and last_inbound_at is not null) as answered,
      exists (select from contacts where workspace_id = ${workspaceId}::uuid and coalesce(email, '') not like '%@example.com') as own_contacts,
      exists (select from channel_accounts
        where workspace_id = ${workspaceId}::uuid and kind <> 'sandbox' and deleted_at is null) as own_channel,
      (select count(*) > 1 from members where workspace_id = ${workspaceId}::uuid)
        or exists (select from invitations where workspace_id = ${workspaceId}::uuid) as team,
      (select id from sequences where workspace_id = ${workspaceId}::uuid and status <> 'archived' order by id limit 1) as sequence_id,
      (select id from contacts where workspace_id = ${workspaceId}::uuid order by id limit 1) as contact_id`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('The database did not answer with the first steps.');
  return row;
}

export interface NextSend {
  readonly enrolmentId: string;
  readonly contactId: string;
  readonly contactName: string;
  readonly sequenceId: string;
  readonly sequenceName: string;
  readonly stepKey: string;
  readonly dueAt: Date;
  readonly timeZone: string;
}

/** The earliest due steps of running sequences; a few per sequence, so that the index answers. */
export async function listNextSends(db: Db, workspaceId: WorkspaceId, limit: number): Promise<NextSend[]> {
  const { rows } = await sql<NextSend>`
    select n.id as enrolment_id, n.contact_id, coalesce(c.name, c.email, c.phone, '') as contact_name,
           s.id as sequence_id, s.name as sequence_name, n.step_key, n.due_at, n.time_zone
    from sequences s
    cross join lateral (
      select id, contact_id, step_key, due_at, time_zone from enrolments e
      where e.workspace_id = s.workspace_id and e.sequence_id = s.id
        and e.ended_at is null and e.paused_at is null and e.held_at is null and e.waiting_for = 'due' and e.due_at is not null
      order by e.due_at limit ${limit}
    ) n
    join contacts c on c.workspace_id = s.workspace_id and c.id = n.contact_id
    where s.workspace_id = ${workspaceId}::uuid and s.status = 'running'
    order by n.due_at, n.id limit ${limit}`.execute(db);
  return rows;
}

export interface Overview {
  readonly activeEnrolments: RoughCount;
  readonly sentToday: RoughCount;
  readonly repliedToday: RoughCount;
  readonly failingChannels: { id: string; name: string; lastError: string | null }[];
}

/** `sentToday` and `repliedToday` count since midnight in the workspace's zone. */
export async function getOverview(db: Db, workspaceId: WorkspaceId): Promise<Overview> {
  const { rows } = await sql<{ began: Date } & Pick<Overview, 'failingChannels'>>`
    select date_trunc('day', andante_now() at time zone time_zone) at time zone time_zone as began,
      coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'lastError', last_error) order by name)
        from channel_accounts where workspace_id = w.id and status = 'failing' and deleted_at is null), '[]') as failing_channels
    from workspaces w where id = ${workspaceId}::uuid`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('The database did not answer with the overview.');
  const { began, failingChannels } = row;
  const [activeEnrolments, sentToday, repliedToday] = await Promise.all([
    countRoughly(db, 'enrolments', sql`workspace_id = ${workspaceId} and ended_at is null`, sql`sequence_id, contact_id`),
    // The instant is a value of its own, or the planner could not tell how few are younger.
    countRoughly(db, 'messages', sql`workspace_id = ${workspaceId} and direction = 'out' and accepted_at >= ${began}::timestamptz`, null),
    countRoughly(db, 'messages', sql`workspace_id = ${workspaceId} and replied_at >= ${began}::timestamptz`, null),
  ]);
  return { activeEnrolments, sentToday, repliedToday, failingChannels };
}
