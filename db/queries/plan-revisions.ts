/** Published sequences under changed rules: which ones follow them, and the mark that makes their plans stale. */
import { sql } from 'kysely';
import type { Definition } from '#server/domain/definition/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

/** Counts up the plan revision of published sequences that are not archived: all, or those with a version that goes by the
 *  calendar. Waits for claims that are under way, in the order of ids. Answers their ids. */
export async function bumpPlanRevisions(tx: Tx, workspaceId: WorkspaceId, calendarId: string | null): Promise<string[]> {
  const byCalendar =
    calendarId === null
      ? sql``
      : sql`and exists (select from sequence_versions v where v.workspace_id = s.workspace_id and v.sequence_id = s.id
          and v.definition ->> 'calendarId' = ${calendarId})`;
  const { rows } = await sql<{ id: string }>`
    with locked as (
      select s.id from sequences s
      where s.workspace_id = ${workspaceId} and s.live_version is not null and s.status <> 'archived' ${byCalendar}
      order by s.id for no key update of s
    )
    update sequences s set plan_revision = plan_revision + 1 from locked l
    where s.workspace_id = ${workspaceId} and s.id = l.id returning s.id`.execute(tx);
  return rows.map((row) => row.id);
}

export interface DefinitionInUse {
  readonly sequenceId: string;
  readonly name: string;
  readonly definition: Definition;
}

/** Versions that people enter or are in, of sequences that are not archived. */
export async function listDefinitionsInUse(db: Db, workspaceId: WorkspaceId): Promise<DefinitionInUse[]> {
  const { rows } = await sql<DefinitionInUse>`
    select s.id as sequence_id, s.name, v.definition
    from sequences s join sequence_versions v on v.workspace_id = s.workspace_id and v.sequence_id = s.id
    where s.workspace_id = ${workspaceId} and s.status <> 'archived' and (v.version = s.live_version or exists (
      select from enrolments e where e.workspace_id = v.workspace_id and e.sequence_id = v.sequence_id and e.version = v.version
        and e.ended_at is null))
    order by s.name, s.id, v.version`.execute(db);
  return rows;
}

export async function countOpenEnrolmentsOf(
  db: Db,
  workspaceId: WorkspaceId,
  sequenceIds: readonly string[],
  most: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select from enrolments where workspace_id = ${workspaceId} and sequence_id = any(${[...sequenceIds]}::uuid[]) and ended_at is null
      limit ${most}
    ) some_of_them`.execute(db);
  return rows[0]?.count ?? 0;
}
