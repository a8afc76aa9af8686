/** Which version an enrolment goes on by. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';

/** For locked rows whose message or bot is under way: only what comes after it changes. */
export async function setEnrolmentVersions(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  to: { readonly version: number; readonly planRevision: number },
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update enrolments set version = ${to.version}, plan_revision = ${to.planRevision}, epoch = epoch + 1
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(tx);
}
