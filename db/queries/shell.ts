/** What the frame around every page of a workspace shows. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

export interface ShellRow {
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly now: Date;
}

/** The workspace's name and zone, and the present instant, in one query. */
export async function getShell(db: Db, workspaceId: WorkspaceId): Promise<ShellRow> {
  return db
    .selectFrom('workspaces')
    .select(['slug', 'name', 'timeZone'])
    .select(sql<Date>`andante_now()`.as('now'))
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
}

/** The name and e-mail of a user who is a member. */
export async function getViewer(db: Db, userId: string): Promise<{ name: string; email: string }> {
  return db.selectFrom('users').select(['name', 'email']).where('id', '=', userId).executeTakeFirstOrThrow();
}
