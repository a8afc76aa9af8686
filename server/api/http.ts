/** The API over HTTP: what a request must look like before any procedure sees it. */
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Db } from '#db/client.ts';
import { countCalls, retryAfterOf } from '#server/auth/call-limit.ts';
import { createApiContext } from '#server/auth/context.ts';
import { database } from '#server/platform/database.ts';
import { log } from '#server/platform/log.ts';
import { appRouter } from './root.ts';
import { isSameOrigin } from './same-origin.ts';

/** Calls that one request may carry. */
const maxBatchSize = 10;

/** Answers a request below `/api/trpc`. Mutations are JSON in a POST; with a session cookie they come from our own pages.
 *  Every call of a batch counts against the limit of its API key (`callsPerMinute`; the installation's when missing). */
export function handleApiRequest(request: Request, db: Db = database(), callsPerMinute?: number): Promise<Response> | Response {
  const refusal = refusalOf(request);
  if (refusal) return Response.json({ error: { message: refusal.message } }, { status: refusal.status });
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: async ({ info }) => {
      const context = await createApiContext(request, db);
      return { ...context, retryAfterSeconds: await countCalls(db, context.actor, info.calls.length, callsPerMinute) };
    },
    responseMeta({ errors }) {
      const seconds = Math.max(0, ...errors.map((error) => retryAfterOf(error.cause) ?? 0));
      return seconds > 0 ? { headers: new Headers({ 'retry-after': String(seconds) }) } : {};
    },
    allowBatching: true,
    maxBatchSize,
    allowMethodOverride: false,
    onError({ error, path }) {
      if (error.code === 'INTERNAL_SERVER_ERROR') log.error({ path, error: error.cause ?? error }, 'A procedure failed.');
    },
  });
}

function refusalOf(request: Request): { status: number; message: string } | null {
  if (request.method === 'GET') return null;
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return { status: 415, message: 'Send JSON, with content-type: application/json.' };
  if (request.headers.has('authorization') || isSameOrigin(request)) return null;
  return { status: 403, message: 'This call did not come from a page of this installation. Other programs send an API key.' };
}
