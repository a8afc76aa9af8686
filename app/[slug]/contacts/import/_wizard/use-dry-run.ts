'use client';
/** Counts what the import would do over a whole file that a preview does not reach; anew when something about it changes. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import type { Draft, PreviewInput } from './choices.ts';

export type DryRun = NonNullable<Draft['dryRun']>;

const settleMs = 400;

/** Null while there are no counts of exactly this input. */
export function useDryRun(importId: string, input: PreviewInput, enabled: boolean): DryRun | null {
  const api = useApi();
  const queries = useQueryClient();
  const wanted = JSON.stringify(input);
  const [counted, setCounted] = useState<string | null>(null);
  const begin = useMutation(api.imports.dryRun.mutationOptions());
  const isCounted = counted === wanted;
  const run = useEffectEvent(async (of: string) => {
    const begun = await begin.mutateAsync({ ...input, id: importId });
    queries.setQueryData(api.imports.get.queryKey({ id: importId }), begun);
    setCounted(of);
  });
  useEffect(() => {
    if (!enabled || isCounted) return;
    const timer = setTimeout(() => void run(wanted).catch(() => undefined), settleMs);
    return () => clearTimeout(timer);
  }, [enabled, isCounted, wanted]);
  const found = useQuery(
    api.imports.get.queryOptions(
      { id: importId },
      { enabled: isCounted, refetchInterval: ({ state }) => (state.data?.dryRun?.status === 'running' ? 1_000 : false) },
    ),
  );
  return isCounted ? (found.data?.dryRun ?? null) : null;
}
