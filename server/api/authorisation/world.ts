/** Makes workspaces with people in every role, for tests about who may do what. */
import type { Db } from '#db/client.ts';
import { insertMember } from '#db/queries/members.ts';
import { insertSession, type SignedInUser } from '#db/queries/sessions.ts';
import { insertUser } from '#db/queries/users.ts';
import { insertWorkspace } from '#db/queries/workspaces.ts';
import { type Actor, userActor } from '#server/auth/actor.ts';
import type { Role } from '#server/domain/roles.ts';
import { insertSampleContent } from '#server/use-cases/workspace/insert-sample-content.ts';
import { appRouter } from '../root.ts';
import { createCaller } from '../trpc.ts';
import type { World } from './fixture.ts';

export type UserActor = Actor & { kind: 'user' };

/** A caller of the whole API as `actor`. */
export function apiAs(db: Db, actor: Actor | null, user: SignedInUser | null = null): World['api'] {
  return createCaller(appRouter)({ db, actor, user, client: { ip: '127.0.0.1', userAgent: null } });
}

/** A workspace as the first run makes it, with its owner. */
export async function makeWorld(db: Db, slug: string): Promise<World> {
  const workspace = await db
    .transaction()
    .execute((tx) => insertWorkspace(tx, { slug, name: slug, locale: 'pt-BR', timeZone: 'America/Sao_Paulo', country: 'BR' }));
  const { actor: owner, user } = await makeMember(db, workspace.id, 'owner', `owner@${workspace.slug}.example.com`);
  await db.transaction().execute((tx) => insertSampleContent(tx, owner.workspaceId, 'pt-BR'));
  const first = async (table: 'contacts' | 'channelAccounts' | 'sequences') =>
    (await db.selectFrom(table).select('id').where('workspaceId', '=', workspace.id).orderBy('id').executeTakeFirstOrThrow()).id;
  return {
    db,
    workspaceId: owner.workspaceId,
    slug: workspace.slug,
    owner,
    user,
    api: apiAs(db, owner, user),
    contactId: await first('contacts'),
    channelAccountId: await first('channelAccounts'),
    sequenceId: await first('sequences'),
  };
}

/** Somebody with `role` in the workspace, signed in. */
export async function makeMember(
  db: Db,
  workspaceId: string,
  role: Role,
  email: string,
): Promise<{ actor: UserActor; user: SignedInUser; memberId: string }> {
  const userId = await insertUser(db, { email, name: email, passwordHash: '-', locale: 'pt-BR' });
  const memberId = await insertMember(db, { workspaceId, userId, role });
  const sessionId = await insertSession(db, { userId, userAgent: null, days: 1 });
  const actor = userActor({ workspaceId, userId, memberId, role }) as UserActor;
  return { actor, memberId, user: { userId, sessionId, name: email, email, locale: 'pt-BR' } };
}
