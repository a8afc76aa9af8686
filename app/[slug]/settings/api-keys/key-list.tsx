'use client';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { EmptyState, ErrorState } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { Section } from '#app/_ui/section.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { CreateKeyDialog } from './create-key-dialog.tsx';

type KeyPage = inferRouterOutputs<AppRouter>['apiKeys']['list'];

export function KeyList({ initial }: { initial: KeyPage }) {
  const t = useTranslations('settings.apiKeys');
  const tRole = useTranslations('shell.roles');
  const errorText = useErrorText();
  const api = useApi();
  const queryClient = useQueryClient();
  const list = useInfiniteQuery(
    api.apiKeys.list.infiniteQueryOptions(
      { limit: 50 },
      { getNextPageParam: (page) => page.nextCursor, initialData: { pages: [initial], pageParams: [null] } },
    ),
  );
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.apiKeys.list.infiniteQueryKey() });
  const revoke = useMutation(
    api.apiKeys.revoke.mutationOptions({
      onSuccess: async () => {
        toast.success(t('revoked'));
        await refresh();
      },
      onError: (error) => toast.error(errorText(error)),
    }),
  );
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <Section title={t('title')} description={t('description')} actions={<CreateKeyDialog onCreated={refresh} />}>
      {list.isError && rows.length === 0 && <ErrorState onRetry={() => void list.refetch()} />}
      {!list.isError && rows.length === 0 && <EmptyState title={t('emptyTitle')}>{t('emptyDescription')}</EmptyState>}
      {rows.length > 0 && (
        <>
          <DataTable
            label={t('list')}
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'name',
                header: t('name'),
                cell: (row) => (
                  <span className="flex min-w-0 flex-wrap items-center gap-x-2">
                    <span className="font-medium">{row.name}</span>
                    <span className="font-mono text-muted text-xs">{row.prefix}…</span>
                  </span>
                ),
              },
              { key: 'role', header: t('role'), wideOnly: true, cell: (row) => tRole(row.role) },
              {
                key: 'lastUsed',
                header: t('lastUsed'),
                wideOnly: true,
                cell: (row) => (row.lastUsedAt ? <DateTime at={row.lastUsedAt} /> : <span className="text-muted">{t('neverUsed')}</span>),
              },
              { key: 'created', header: t('created'), wideOnly: true, cell: (row) => <DateTime at={row.createdAt} style="date" /> },
              {
                key: 'revoke',
                header: <span className="sr-only">{t('revoke')}</span>,
                align: 'end',
                cell: (row) =>
                  row.revokedAt ? (
                    <Badge>{t('isRevoked')}</Badge>
                  ) : (
                    <ConfirmDialog
                      destructive
                      trigger={<Button size="sm">{t('revoke')}</Button>}
                      title={t('revokeTitle', { name: row.name })}
                      description={t('revokeDescription')}
                      confirmLabel={t('revoke')}
                      onConfirm={() => revoke.mutateAsync({ id: row.id })}
                    />
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
