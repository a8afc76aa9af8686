/** The sequence of a page; a page of none is not found. */
import { TRPCError } from '@trpc/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import type { serverApi } from '#app/_api/server.ts';

type Api = Awaited<ReturnType<typeof serverApi>>;

/** Loaded once per request, however many parts of the page ask. */
export const loadSequence = cache(async (api: Api, id: string) => {
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return await api.sequences.get({ id });
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') notFound();
    throw error;
  }
});
