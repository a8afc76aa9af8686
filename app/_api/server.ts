/** The API in server components: the same procedures, called directly as the signed-in member. */
import { headers } from 'next/headers';
import { cache } from 'react';
import { appRouter } from '#server/api/root.ts';
import { createCaller } from '#server/api/trpc.ts';
import { createApiContext } from '#server/auth/context.ts';

/** A caller for the workspace `slug`; one per request. */
export const serverApi = cache(async (slug: string) => {
  const incoming = new Headers(await headers());
  incoming.set('x-andante-workspace', slug);
  incoming.delete('authorization');
  return createCaller(appRouter)(await createApiContext({ headers: incoming }));
});
