import { sql } from 'kysely';
import type { Db } from '#db/client.ts';
import type { ImportRow } from '#db/queries/imports.ts';
import { type Actor, apiKeyActor, systemActor, userActor } from '#server/auth/actor.ts';
import type { Role } from '#server/domain/roles.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** Whoever made the import, to stand in ledgers for what it does; the system, when that member or key is gone. */
export async function importActor(db: Db, workspaceId: WorkspaceId, of: Pick<ImportRow, 'createdByKind' | 'createdBy'>): Promise<Actor> {
  if (of.createdByKind === 'user' && of.createdBy !== null) {
    const member = await db
      .selectFrom('members')
      .select(['workspaceId', 'userId', 'id as memberId', sql<Role>`role`.as('role')])
      .where('workspaceId', '=', workspaceId)
      .where('userId', '=', of.createdBy)
      .executeTakeFirst();
    if (member) return userActor(member);
  }
  if (of.createdByKind === 'apiKey' && of.createdBy !== null) {
    const key = await db
      .selectFrom('apiKeys')
      .select(['workspaceId', 'id as apiKeyId', sql<Role>`role`.as('role')])
      .where('workspaceId', '=', workspaceId)
      .where('id', '=', of.createdBy)
      .executeTakeFirst();
    if (key) return apiKeyActor(key);
  }
  return systemActor(workspaceId);
}
