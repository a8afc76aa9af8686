/** Workspaces: the tenants. */
import { sql } from 'kysely';
import type { FrequencyCap } from '#server/domain/frequency-cap.ts';
import type { Window } from '#server/domain/time/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export interface Workspace {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly country: string;
  readonly quietHours: Window | null;
  readonly frequencyCap: FrequencyCap | null;
  readonly createdAt: Date;
}

const columns = ['id', 'slug', 'name', 'locale', 'timeZone', 'country'] as const;

export async function getWorkspace(db: Db, workspaceId: WorkspaceId): Promise<Workspace> {
  return db
    .selectFrom('workspaces')
    .select(columns)
    .select([
      sql<Date>`created_at`.as('createdAt'),
      sql<Window | null>`quiet_hours`.as('quietHours'),
      sql<FrequencyCap | null>`frequency_cap`.as('frequencyCap'),
    ])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
}

/** The workspace with this slug, for operators at the command line; requests go through the actor. */
export async function findWorkspaceIdBySlug(db: Db, slug: string): Promise<string | null> {
  return (await db.selectFrom('workspaces').select('id').where('slug', '=', slug).executeTakeFirst())?.id ?? null;
}

/** Makes a workspace under `slug`, or under `slug-2`, `slug-3`, … when that is taken. */
export async function insertWorkspace(
  tx: Tx,
  workspace: { slug: string; name: string; locale: string; timeZone: string; country: string },
): Promise<{ id: string; slug: string }> {
  for (let n = 1; ; n++) {
    const slug = n === 1 ? workspace.slug : `${workspace.slug}-${n}`;
    const row = await tx
      .insertInto('workspaces')
      .values({ ...workspace, slug })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning(['id', 'slug'])
      .executeTakeFirst();
    if (row) return row;
  }
}

/** Held against other changes of the workspace until the transaction ends. */
export async function lockWorkspace(tx: Tx, workspaceId: WorkspaceId): Promise<{ timeZone: string }> {
  return tx.selectFrom('workspaces').select('timeZone').where('id', '=', workspaceId).forNoKeyUpdate().executeTakeFirstOrThrow();
}

export async function updateQuietHours(tx: Tx, workspaceId: WorkspaceId, quietHours: Window | null): Promise<void> {
  const value = quietHours === null ? null : JSON.stringify(quietHours);
  await tx.updateTable('workspaces').set({ quietHours: value }).where('id', '=', workspaceId).execute();
}

export async function updateFrequencyCap(tx: Tx, workspaceId: WorkspaceId, cap: FrequencyCap | null): Promise<void> {
  const value = cap === null ? null : JSON.stringify(cap);
  await tx.updateTable('workspaces').set({ frequencyCap: value }).where('id', '=', workspaceId).execute();
}

export async function updateWorkspace(
  tx: Tx,
  workspaceId: WorkspaceId,
  changes: { name?: string | undefined; locale?: string | undefined; timeZone?: string | undefined },
): Promise<void> {
  if (Object.values(changes).every((value) => value === undefined)) return;
  await tx.updateTable('workspaces').set(changes).where('id', '=', workspaceId).execute();
}
