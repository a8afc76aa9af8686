'use client';
/** The numbers of a sequence. Every one opens exactly its people. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useFormatter, useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { EmptyState } from '#app/_ui/list-state.tsx';
import { Section } from '#app/_ui/section.tsx';
import { Stat } from '#app/_ui/stat.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { ExportMenu } from '../../../_export/export-menu.tsx';
import { ExitList } from './exit-list.tsx';
import { peopleAddress, peopleStatuses } from '../people/people-filter.ts';
import { StepResults } from './step-results.tsx';

export type Results = inferRouterOutputs<AppRouter>['sequences']['results'];

export function SequenceResults({ slug, results: loaded }: { slug: string; results: Results }) {
  const t = useTranslations('results');
  const format = useFormatter();
  const api = useApi();
  const results = useQuery(api.sequences.results.queryOptions({ id: loaded.id }, { initialData: loaded, refetchInterval: 10_000 })).data;
  const exporting = useMutation(api.sequences.exportResults.mutationOptions());
  const { enrolments, isExact } = results;
  const number = (count: number) => (isExact || count === 0 ? format.number(count) : t('about', { count }));
  if (enrolments.total === 0) return <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>;
  return (
    <div>
      <Section title={t('summary')}>
        <div className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-5">
          <Stat label={t('total')} value={number(enrolments.total)} href={peopleAddress(slug, results.id, {})} />
          {peopleStatuses.map((status) => (
            <Stat
              key={status}
              label={t(status)}
              value={number(enrolments[status])}
              {...(enrolments[status] > 0 && { href: peopleAddress(slug, results.id, { status }) })}
            />
          ))}
        </div>
      </Section>
      <Section title={t('steps')} description={t('stepsText')}>
        <div className="mb-4 flex justify-end">
          <ExportMenu slug={slug} size="sm" ask={(format) => exporting.mutateAsync({ id: results.id, format })} />
        </div>
        <StepResults slug={slug} results={results} />
      </Section>
      <Section title={t('exits')}>
        <ExitList slug={slug} results={results} />
      </Section>
    </div>
  );
}
