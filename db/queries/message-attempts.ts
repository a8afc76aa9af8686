/** What went wrong on the way of messages: one row per attempt that was not accepted at once. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

export interface MessageAttemptRow {
  readonly messageId: string;
  readonly attempt: number;
  readonly at: Date;
  readonly outcome: string;
  readonly errorCode: string | null;
  readonly errorText: string | null;
}

/** Of the messages of one enrolment, oldest first. */
export async function listEnrolmentAttempts(db: Db, workspaceId: WorkspaceId, enrolmentId: string): Promise<MessageAttemptRow[]> {
  const { rows } = await sql<MessageAttemptRow>`
    select a.message_id, a.attempt, a.at, a.outcome, a.error_code, a.error_text
    from messages m
    join message_attempts a on a.workspace_id = m.workspace_id and a.message_id = m.id
    where m.workspace_id = ${workspaceId} and m.enrolment_id = ${enrolmentId}
    order by a.at, a.attempt limit 1000`.execute(db);
  return rows;
}
