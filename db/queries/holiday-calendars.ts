/** Holiday calendars of a workspace: what was chosen, and the dates that follow from it. */
import { sql } from 'kysely';
import type { CalendarContent } from '#server/domain/calendar/schema.ts';
import type { ClosedDates } from '#server/domain/definition/compile.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export interface CalendarRow {
  readonly id: string;
  readonly name: string;
  /** As `calendarContentSchema` made it. */
  readonly content: CalendarContent;
  readonly closedDates: ClosedDates;
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const columns = sql`id, name, content, closed_dates, revision, created_at, updated_at`;

export async function getCalendar(db: Db, workspaceId: WorkspaceId, id: string): Promise<CalendarRow> {
  const { rows } = await sql<CalendarRow>`
    select ${columns} from holiday_calendars where workspace_id = ${workspaceId} and id = ${id}`.execute(db);
  if (!rows[0]) throw notFound('calendar', id);
  return rows[0];
}

/** Held against other changes until the transaction ends. Throws `notFound`. */
export async function lockCalendar(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<CalendarRow> {
  const { rows } = await sql<CalendarRow>`
    select ${columns} from holiday_calendars where workspace_id = ${workspaceId} and id = ${id} for update`.execute(tx);
  if (!rows[0]) throw notFound('calendar', id);
  return rows[0];
}

/** In the order of making. */
export async function listCalendars(
  db: Db,
  workspaceId: WorkspaceId,
  page: { readonly after: string | null; readonly limit: number },
): Promise<CalendarRow[]> {
  const after = page.after === null ? sql`` : sql`and id > ${page.after}`;
  const { rows } = await sql<CalendarRow>`
    select ${columns} from holiday_calendars where workspace_id = ${workspaceId} ${after} order by id limit ${page.limit}`.execute(db);
  return rows;
}

export interface CalendarValues {
  readonly name: string;
  readonly content: CalendarContent;
  readonly closedDates: ClosedDates;
}

/** Null when another calendar of the workspace has that name, in whatever case. */
export async function insertCalendar(
  tx: Tx,
  workspaceId: WorkspaceId,
  { name, content, closedDates }: CalendarValues,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into holiday_calendars (workspace_id, name, content, closed_dates)
    values (${workspaceId}, ${name}, ${JSON.stringify(content)}::jsonb, ${JSON.stringify(closedDates)}::jsonb)
    on conflict (workspace_id, lower(name)) do nothing returning id`.execute(tx);
  return rows[0]?.id ?? null;
}

/** Whether another calendar than `id` has that name, in whatever case. */
export async function isCalendarNameTaken(tx: Tx, workspaceId: WorkspaceId, name: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from holiday_calendars where workspace_id = ${workspaceId} and lower(name) = lower(${name}) and id <> ${id}`.execute(tx);
  return rows.length > 0;
}

export async function updateCalendarRow(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  { name, content, closedDates }: CalendarValues,
): Promise<void> {
  await sql`
    update holiday_calendars set name = ${name}, content = ${JSON.stringify(content)}::jsonb,
      closed_dates = ${JSON.stringify(closedDates)}::jsonb, revision = revision + 1, updated_at = andante_now()
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
}

export async function deleteCalendarRow(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  await sql`delete from holiday_calendars where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
}

export interface CalendarUse {
  readonly calendarId: string;
  readonly sequenceId: string;
  readonly name: string;
}

/** Sequences that are not archived and whose draft, live version or people in progress go by a calendar; of all calendars, or of one. */
export async function listCalendarUses(db: Db, workspaceId: WorkspaceId, calendarId: string | null = null): Promise<CalendarUse[]> {
  const { rows } = await sql<CalendarUse>`
    select u.calendar_id, s.id as sequence_id, s.name
    from sequences s
    cross join lateral (
      select s.draft ->> 'calendarId' as calendar_id
      union
      select v.definition ->> 'calendarId' from sequence_versions v
      where v.workspace_id = s.workspace_id and v.sequence_id = s.id and v.definition ->> 'calendarId' is not null
        and v.definition ->> 'calendarId' is distinct from s.draft ->> 'calendarId' and (v.version = s.live_version or exists (
        select from enrolments e where e.workspace_id = v.workspace_id and e.sequence_id = v.sequence_id and e.version = v.version
          and e.ended_at is null))
    ) u
    where s.workspace_id = ${workspaceId} and s.status <> 'archived' and u.calendar_id is not null
      ${calendarId === null ? sql`` : sql`and u.calendar_id = ${calendarId}`}
    order by s.name, s.id`.execute(db);
  return rows;
}
