/** The people of a sequence: one row per enrolment, filtered by the very conditions that its numbers count. */
import { sql } from 'kysely';
import type { EnrolmentFilter } from '#server/domain/operation.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { enrolmentMatches } from './enrolment-filter.ts';

export type PeopleFilter = Omit<EnrolmentFilter, 'sequenceId' | 'contactId'>;

export interface PersonRow {
  readonly id: string;
  readonly contactId: string;
  readonly contactName: string | null;
  readonly contactEmail: string | null;
  readonly contactPhone: string | null;
  readonly status: 'active' | 'paused' | 'held' | 'ended';
  readonly waitingFor: 'due' | 'delivery' | 'bot' | 'unknown';
  readonly version: number;
  readonly stepKey: string | null;
  readonly stepNumber: number;
  readonly dueAt: Date | null;
  readonly plannedAt: Date | null;
  readonly moveReasons: string[];
  readonly timeZone: string;
  readonly timeZoneOrigin: 'set' | 'phone' | 'sequence' | 'workspace';
  readonly startedAt: Date;
  readonly pausedAt: Date | null;
  readonly pausedUntil: Date | null;
  readonly heldUntil: Date | null;
  readonly holdReason: string | null;
  readonly endedAt: Date | null;
  readonly exitReason: string | null;
}

/** Newest first. `before`: the id of the last enrolment already seen. */
export async function listPeople(
  db: Db,
  workspaceId: WorkspaceId,
  sequenceId: string,
  filter: PeopleFilter,
  page: { readonly before: string | null; readonly limit: number },
): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select e.id, e.contact_id, c.name as contact_name, c.email as contact_email, c.phone as contact_phone, e.status, e.waiting_for,
      e.version, e.step_key, e.step_number, e.due_at, e.planned_at, e.move_reasons, e.time_zone, e.time_zone_origin, e.started_at,
      e.paused_at, e.paused_until, e.held_until, e.hold_reason, e.ended_at, e.exit_reason
    from enrolments e
    join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id
    where ${enrolmentMatches(workspaceId, { ...filter, sequenceId })} and (${page.before}::uuid is null or e.id < ${page.before}::uuid)
    order by e.id desc limit ${page.limit}`.execute(db);
  return rows;
}

export async function countPeople(db: Db, workspaceId: WorkspaceId, sequenceId: string, filter: PeopleFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from enrolments e
    where ${enrolmentMatches(workspaceId, { ...filter, sequenceId })}`.execute(db);
  return rows[0]?.count ?? 0;
}
