/** The API for pages outside of any workspace: first run, sign-in, invitations. */
import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '#server/api/root.ts';

export const entryApi = createTRPCClient<AppRouter>({ links: [httpLink({ url: '/api/trpc' })] });
