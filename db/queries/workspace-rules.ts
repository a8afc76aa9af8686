/** A workspace's own rules of time. */
import type { WorkspaceRules } from '#server/domain/definition/compile.ts';
import type { Window } from '#server/domain/time/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

/** The zone of the workspace, and the hours and dates in which nothing may be sent. */
export async function getWorkspaceRules(db: Db, workspaceId: WorkspaceId): Promise<{ timeZone: string; rules: WorkspaceRules }> {
  const row = await db.selectFrom('workspaces').select(['timeZone', 'quietHours']).where('id', '=', workspaceId).executeTakeFirstOrThrow();
  return { timeZone: row.timeZone, rules: { quietHours: row.quietHours as Window | null, closedDates: [] } };
}
