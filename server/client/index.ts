/** The typed client: what the package `andante-client` holds. Its types come from the API itself. */
import { createTRPCClient, httpBatchLink, type TRPCClient, TRPCClientError } from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/root.ts';

export type { AppRouter };
/** All procedures: `client.contacts.list.query({ search: 'ana' })`, `client.enrolments.enrol.mutate({ … })`. */
export type AndanteClient = TRPCClient<AppRouter>;
/** What procedures take: `AndanteInputs['contacts']['create']`. */
export type AndanteInputs = inferRouterInputs<AppRouter>;
/** What they answer: `AndanteOutputs['contacts']['list']['items'][number]`. */
export type AndanteOutputs = inferRouterOutputs<AppRouter>;
/** `error.data.domain.code` says what went wrong (`notFound`, `conflict`, …). */
export type AndanteError = TRPCClientError<AppRouter>;

export interface AndanteClientOptions {
  /** Where Andante runs: `https://andante.example.com`. */
  url: string;
  /** From Settings → API keys, or `npm run api-key`. The key implies its workspace. */
  apiKey: string;
  /** Instead of the global `fetch`: for proxies, timeouts, tests. */
  fetch?: typeof globalThis.fetch;
}

/** A client of one workspace. Calls made in the same tick travel in one request, at most ten. */
export function createAndanteClient(options: AndanteClientOptions): AndanteClient {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: new URL('/api/trpc', options.url).href,
        maxItems: 10,
        headers: { authorization: `Bearer ${options.apiKey}` },
        ...(options.fetch && { fetch: options.fetch as never }),
      }),
    ],
  });
}

/** Whether `error` is an answer of the API, rather than a network failure of another kind. */
export function isAndanteError(error: unknown): error is AndanteError {
  return error instanceof TRPCClientError;
}
