/** For tests: a workspace with nothing in it, and the API as the system itself calls it. */
import type { Db } from '#db/client.ts';
import { systemActor } from '#server/auth/actor.ts';
import { appRouter } from '../root.ts';
import { createCaller } from '../trpc.ts';

/** The API of the workspace of that id. */
export function systemApi(db: Db, workspaceId: string) {
  return createCaller(appRouter)({ db, actor: systemActor(workspaceId) });
}

export type SystemApi = ReturnType<typeof systemApi>;

export async function makeEmptyWorkspace(db: Db): Promise<{ workspaceId: string; api: SystemApi }> {
  const workspace = { slug: crypto.randomUUID(), name: 'Acme' };
  const { id } = await db.insertInto('workspaces').values(workspace).returning('id').executeTakeFirstOrThrow();
  return { workspaceId: id, api: systemApi(db, id) };
}
