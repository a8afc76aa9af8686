/** Reading enrolments: pages for lists, one with everything about it, ids for work in chunks. */
import { sql } from 'kysely';
import type { EnrolmentFilter, EnrolmentTarget } from '#server/domain/operation.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { enrolmentMatches } from './enrolment-filter.ts';

export interface EnrolmentRow {
  readonly id: string;
  readonly sequenceId: string;
  readonly sequenceName: string;
  readonly sequenceStatus: string;
  readonly contactId: string;
  readonly contactName: string | null;
  readonly key: string;
  readonly source: string;
  readonly status: 'active' | 'paused' | 'held' | 'ended';
  readonly version: number;
  readonly stepKey: string | null;
  readonly stepNumber: number;
  readonly waitingFor: 'due' | 'delivery' | 'bot' | 'unknown';
  readonly dueAt: Date | null;
  readonly plannedAt: Date | null;
  readonly moveReasons: string[];
  readonly timeZone: string;
  readonly timeZoneOrigin: string;
  readonly startedAt: Date;
  readonly pausedAt: Date | null;
  readonly pausedUntil: Date | null;
  readonly heldAt: Date | null;
  readonly heldUntil: Date | null;
  readonly holdReason: string | null;
  readonly endedAt: Date | null;
  readonly exitReason: string | null;
}

const selection = sql`
  select e.id, e.sequence_id, s.name as sequence_name, s.status as sequence_status, e.contact_id, c.name as contact_name, e.key, e.source,
    e.status, e.version, e.step_key, e.step_number, e.waiting_for, e.due_at, e.planned_at, e.move_reasons, e.time_zone, e.time_zone_origin,
    e.started_at, e.paused_at, e.paused_until, e.held_at, e.held_until, e.hold_reason, e.ended_at, e.exit_reason
  from enrolments e
  join sequences s on s.workspace_id = e.workspace_id and s.id = e.sequence_id
  join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id`;

/** Newest first. `before`: the id of the last one already seen. */
export async function listEnrolments(
  db: Db,
  workspaceId: WorkspaceId,
  filter: EnrolmentFilter,
  page: { readonly before: string | null; readonly limit: number },
): Promise<EnrolmentRow[]> {
  const after = page.before === null ? sql`` : sql`and e.id < ${page.before}`;
  const { rows } = await sql<EnrolmentRow>`
    ${selection} where ${enrolmentMatches(workspaceId, filter)} ${after} order by e.id desc limit ${page.limit}`.execute(db);
  return rows;
}

export async function findEnrolment(db: Db, workspaceId: WorkspaceId, id: string): Promise<EnrolmentRow | null> {
  const { rows } = await sql<EnrolmentRow>`${selection} where e.workspace_id = ${workspaceId} and e.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** The next ids of a target in the order of ids, for work in chunks. Given ids come back as they are, known or not. */
export async function listTargetIds(
  db: Db,
  workspaceId: WorkspaceId,
  target: EnrolmentTarget,
  chunk: { readonly after: string | null; readonly limit: number },
): Promise<string[]> {
  if ('ids' in target) return idsAfter(target.ids, chunk);
  const after = chunk.after === null ? sql`` : sql`and e.id > ${chunk.after}`;
  const { rows } = await sql<{ id: string }>`
    select e.id from enrolments e where ${enrolmentMatches(workspaceId, target.filter)} ${after} order by e.id limit ${chunk.limit}`.execute(
    db,
  );
  return rows.map((row) => row.id);
}

/** How many the target means, counting no further than `atMost`. */
export async function countTarget(db: Db, workspaceId: WorkspaceId, target: EnrolmentTarget, atMost: number): Promise<number> {
  if ('ids' in target) return Math.min(new Set(target.ids).size, atMost);
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select 1 from enrolments e where ${enrolmentMatches(workspaceId, target.filter)} limit ${atMost}) found`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** The next of a given set of ids, each once, in their order. */
export function idsAfter(ids: readonly string[], chunk: { readonly after: string | null; readonly limit: number }): string[] {
  const { after, limit } = chunk;
  return [...new Set(ids)]
    .sort()
    .filter((id) => after === null || id > after)
    .slice(0, limit);
}

export interface EnrolmentMessageRow {
  readonly id: string;
  readonly origin: string;
  readonly stepKey: string | null;
  readonly stepNumber: number | null;
  readonly state: string;
  readonly reason: string | null;
  readonly errorCode: string | null;
  readonly errorText: string | null;
  readonly subject: string | null;
  readonly body: string;
  readonly plannedAt: Date | null;
  readonly dueAt: Date | null;
  readonly acceptedAt: Date | null;
  readonly repliedAt: Date | null;
}

/** The messages of an enrolment's steps and of the bots it started, oldest first. */
export async function listEnrolmentMessages(db: Db, workspaceId: WorkspaceId, enrolmentId: string): Promise<EnrolmentMessageRow[]> {
  const { rows } = await sql<EnrolmentMessageRow>`
    select m.id, m.origin, m.step_key, m.step_number, m.state, m.reason, m.error_code, m.error_text, m.subject, m.body, m.planned_at, m.due_at,
      m.accepted_at, m.replied_at
    from messages m
    where m.workspace_id = ${workspaceId} and m.origin = 'step' and m.enrolment_id = ${enrolmentId}
    order by m.step_number limit 1000`.execute(db);
  return rows;
}
