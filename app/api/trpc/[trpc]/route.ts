/** The API over HTTP, for the dashboard and for the team's own tools. */
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { appRouter } from '#server/api/root.ts';
import { createApiContext } from '#server/auth/context.ts';

function handle(request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () => createApiContext(request),
    allowBatching: true,
    allowMethodOverride: false,
  });
}

export { handle as GET, handle as POST };
