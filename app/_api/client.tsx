'use client';
/** The API in the browser: TanStack Query over tRPC, for the workspace in the path. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { type ReactNode, useState } from 'react';
import type { AppRouter } from '#server/api/root.ts';
import { plainPages } from './plain-pages.ts';

const context = createTRPCContext<AppRouter>();
export const useApi = context.useTRPC;
export const useApiClient = context.useTRPCClient;

export function ApiProvider({ slug, children }: { slug: string; children: ReactNode }) {
  const [queryClient] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: 1 } } }));
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [plainPages, httpBatchLink({ url: '/api/trpc', maxItems: 10, headers: { 'x-andante-workspace': slug } })],
    }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}
