/** What the few routes beside tRPC (files in and out) share with it: who calls, what they may do, how errors look. */
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { Db } from '#db/client.ts';
import type { Actor } from '#server/auth/actor.ts';
import { countCalls, retryAfterOf, tooManyCalls } from '#server/auth/call-limit.ts';
import { createApiContext } from '#server/auth/context.ts';
import { permissions, type ProcedureName } from '#server/auth/permissions.ts';
import { type Role, roleAtLeast } from '#server/domain/roles.ts';
import { DomainError } from '#server/platform/errors.ts';
import { log } from '#server/platform/log.ts';
import { errorMap } from './error-map.ts';

/** Who calls, if they may do what the procedure `like` does. A link cannot send a header: the workspace may stand in
 *  `?workspace=` too. A call of an API key counts. Throws `unauthenticated`, `tooManyRequests` and `forbidden`. */
export async function routeActor(request: Request, like: ProcedureName, database?: Db): Promise<{ db: Db; actor: Actor }> {
  const headers = new Headers(request.headers);
  const named = new URL(request.url).searchParams.get('workspace');
  if (named !== null && !headers.has('x-andante-workspace')) headers.set('x-andante-workspace', named);
  const { db, actor } = await createApiContext({ headers }, database);
  if (!actor) throw new DomainError('unauthenticated', 'Sign in, or send a valid API key as `Authorization: Bearer <key>`.');
  const retryAfterSeconds = await countCalls(db, actor, 1);
  if (retryAfterSeconds !== null) throw tooManyCalls(retryAfterSeconds);
  const minimum: Role = permissions[like] as Role;
  if (actor.kind !== 'system' && !roleAtLeast(actor.role, minimum)) {
    throw new DomainError('forbidden', `This needs the role ${minimum}; you have ${actor.role}. Ask an admin of the workspace.`, {
      minimum,
    });
  }
  return { db, actor };
}

/** Answers with what `handle` answers, or with its error as JSON: `{ error: { code, message, details } }`. */
export async function answerRoute(handle: () => Promise<Response>): Promise<Response> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof DomainError) {
      const status = getHTTPStatusCodeFromError(new TRPCError({ code: errorMap[error.code] }));
      const seconds = retryAfterOf(error);
      const headers = new Headers(seconds === null ? {} : { 'retry-after': String(seconds) });
      return Response.json({ error: { code: error.code, message: error.message, details: error.details } }, { status, headers });
    }
    log.error({ error }, 'A route failed.');
    return Response.json({ error: { code: 'internal', message: 'Something went wrong here. Try again in a moment.' } }, { status: 500 });
  }
}
