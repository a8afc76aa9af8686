'use client';
/** Counts what the import would do over a whole file that a preview does not reach; anew when something about it changes. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useEffect, useEffectEvent, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import type { AppRouter } from '#server/api/root.ts';
import type { PreviewInput } from './import-wizard.tsx';

export type DryRun = NonNullable<inferRouterOutputs<AppRouter>['imports']['get']['dryRun']>;

const settleMs = 400;

/** `importId`: the prepared import that these counts are of; null while there is none of exactly this input. */
export function useDryRun(input: PreviewInput, enabled: boolean): { dryRun: DryRun | null; importId: string | null } {
  const api = useApi();
  const wanted = JSON.stringify(input);
  const [draft, setDraft] = useState<{ id: string; of: string } | null>(null);
  const begin = useMutation(api.imports.dryRun.mutationOptions());
  const current = draft?.of === wanted ? draft.id : null;
  const run = useEffectEvent(async (of: string) => {
    const { id } = await begin.mutateAsync({ ...input, ...(draft && { id: draft.id }) });
    setDraft({ id, of });
  });
  useEffect(() => {
    if (!enabled || current !== null) return;
    const timer = setTimeout(() => void run(wanted).catch(() => undefined), settleMs);
    return () => clearTimeout(timer);
  }, [enabled, current, wanted]);
  const found = useQuery(
    api.imports.get.queryOptions(
      { id: current ?? '' },
      { enabled: current !== null, refetchInterval: ({ state }) => (state.data?.dryRun?.status === 'running' ? 1_000 : false) },
    ),
  );
  return { dryRun: current === null ? null : (found.data?.dryRun ?? null), importId: current };
}
