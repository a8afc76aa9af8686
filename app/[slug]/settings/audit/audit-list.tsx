'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { EmptyState, ErrorState } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { Section } from '#app/_ui/section.tsx';
import type { AppRouter } from '#server/api/root.ts';

type AuditPage = inferRouterOutputs<AppRouter>['audit']['list'];
type Entry = AuditPage['items'][number];

export function AuditList({ initial }: { initial: AuditPage }) {
  const t = useTranslations('settings.audit');
  const api = useApi();
  const list = useInfiniteQuery(
    api.audit.list.infiniteQueryOptions(
      { limit: 50 },
      { getNextPageParam: (page) => page.nextCursor, initialData: { pages: [initial], pageParams: [null] } },
    ),
  );
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const actor = (entry: Entry) => entry.actorName ?? (entry.actorKind === 'system' ? t('system') : t('gone'));
  const action = (entry: Entry) => {
    const key = `actions.${entry.action}` as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key as 'system') : entry.action;
  };

  if (list.isError && rows.length === 0) return <ErrorState onRetry={() => void list.refetch()} />;
  return (
    <Section title={t('title')} description={t('description')}>
      {rows.length === 0 && <EmptyState title={t('emptyTitle')}>{t('emptyDescription')}</EmptyState>}
      {rows.length > 0 && (
        <>
          <DataTable
            label={t('list')}
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { key: 'at', header: t('at'), className: 'whitespace-nowrap tabular-nums', cell: (row) => <DateTime at={row.at} /> },
              { key: 'actor', header: t('actor'), cell: (row) => actor(row) },
              {
                key: 'action',
                header: t('action'),
                cell: (row) => (
                  <span>
                    {action(row)} <span className="text-muted">{subjectName(row)}</span>
                  </span>
                ),
              },
            ]}
          />
          <LoadMore
            shown={rows.length}
            hasMore={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onLoadMore={() => void list.fetchNextPage()}
          />
        </>
      )}
    </Section>
  );
}

/** The name or address that an entry noted of its subject. */
function subjectName(entry: Entry): string {
  const { name, email } = entry.details;
  if (typeof name === 'string') return name;
  return typeof email === 'string' ? email : '';
}
