/** From an HTTP request to an `ApiContext`: an API key in `Authorization`, else the session cookie plus the workspace
 *  named in `x-andante-workspace` (its slug). Rows are read at every request, so a revoked key, an ended session, a removed
 *  member or a changed role bites at the next one. */
import type { Db } from '#db/client.ts';
import { findLivingKey } from '#db/queries/api-keys.ts';
import { findMembership } from '#db/queries/members.ts';
import { findSignedInUser, type SignedInUser } from '#db/queries/sessions.ts';
import type { ApiContext } from '#server/api/trpc.ts';
import { database } from '#server/platform/database.ts';
import { type Actor, apiKeyActor, userActor } from './actor.ts';
import { readKey } from './api-key.ts';
import { clientAddress } from './client-address.ts';
import { sessionIdOf } from './session-token.ts';

/** Never throws for a wrong or missing credential: the actor is null then, and procedures answer UNAUTHORIZED. */
export async function createApiContext(request: { headers: Headers }, db: Db = database()): Promise<ApiContext> {
  const client = clientAddress(request.headers);
  const authorization = request.headers.get('authorization');
  if (authorization !== null) return { db, actor: await keyActor(db, authorization), user: null, client };
  const user = await signedInUser(request.headers, db);
  const slug = request.headers.get('x-andante-workspace');
  return { db, actor: user && slug ? await memberActor(db, user, slug) : null, user, client };
}

/** The person behind the session cookie, if the session still lives. */
export async function signedInUser(headers: Headers, db: Db = database()): Promise<SignedInUser | null> {
  const sessionId = await sessionIdOf(headers);
  return sessionId === null ? null : findSignedInUser(db, sessionId);
}

async function keyActor(db: Db, authorization: string): Promise<Actor | null> {
  const claimed = readKey(/^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '');
  const key = claimed && (await findLivingKey(db, claimed.workspaceId, claimed.keyHash));
  return key ? apiKeyActor({ workspaceId: key.workspaceId, apiKeyId: key.id, role: key.role }) : null;
}

async function memberActor(db: Db, user: SignedInUser, slug: string): Promise<Actor | null> {
  const membership = await findMembership(db, user.userId, slug);
  return membership ? userActor({ userId: user.userId, ...membership }) : null;
}
