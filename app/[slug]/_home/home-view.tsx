'use client';
/** Refreshed every few seconds, so that a step is ticked while one looks. */
import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useApi } from '#app/_api/client.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { FailingChannels } from './failing-channels.tsx';
import { FirstSteps } from './first-steps.tsx';
import { Today } from './today.tsx';

type Outputs = inferRouterOutputs<AppRouter>['workspace'];

const refetchInterval = 10_000;

export function HomeView({ slug, checklist, overview }: { slug: string; checklist: Outputs['checklist']; overview: Outputs['overview'] }) {
  const api = useApi();
  const steps = useQuery(api.workspace.checklist.queryOptions({}, { initialData: checklist, refetchInterval }));
  const now = useQuery(api.workspace.overview.queryOptions({}, { initialData: overview, refetchInterval }));
  const allDone = steps.data.items.every((item) => item.done);
  return (
    <div className="flex flex-col gap-10">
      <FailingChannels slug={slug} channels={now.data.failingChannels} />
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        {!allDone && <FirstSteps slug={slug} checklist={steps.data} />}
        <Today slug={slug} overview={now.data} />
      </div>
    </div>
  );
}
