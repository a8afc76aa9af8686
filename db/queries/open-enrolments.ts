/** The enrolments of one contact that have not ended. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

export interface OpenEnrolmentRow {
  readonly id: string;
  readonly sequenceId: string;
  readonly version: number;
  readonly startedAt: Date;
}

export async function listOpenEnrolments(db: Db, workspaceId: WorkspaceId, contactId: string): Promise<OpenEnrolmentRow[]> {
  const { rows } = await sql<OpenEnrolmentRow>`
    select id, sequence_id, version, started_at from enrolments
    where workspace_id = ${workspaceId} and contact_id = ${contactId} and ended_at is null order by id`.execute(db);
  return rows;
}
