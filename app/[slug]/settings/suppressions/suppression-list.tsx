'use client';
/** The suppression list: when and why an address came onto it. Which one it is nobody can read; one can be asked for. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { EmptyState, ErrorState, NothingMatches } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { Section } from '#app/_ui/section.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { AddSuppressions } from './add-suppressions.tsx';

type SuppressionPage = inferRouterOutputs<AppRouter>['suppressions']['list'];

interface SuppressionListProps {
  initial: SuppressionPage;
  mayAdd: boolean;
  mayRemove: boolean;
}

export function SuppressionList({ initial, mayAdd, mayRemove }: SuppressionListProps) {
  const t = useTranslations('privacy.list');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const [address, setAddress] = useState('');
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<string | null>(null);
  const list = useInfiniteQuery(
    api.suppressions.list.infiniteQueryOptions(
      { limit: 50, ...(address && { address }) },
      {
        getNextPageParam: (page) => page.nextCursor,
        retry: false,
        ...(!address && { initialData: { pages: [initial], pageParams: [null] } }),
      },
    ),
  );
  const remove = useMutation(api.suppressions.remove.mutationOptions({ onError: (error) => void toast.error(errorText(error)) }));
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const confirmRemove = async () => {
    if (removing === null) return;
    await remove.mutateAsync({ ids: [removing] });
    toast.success(t('removed'));
    for (const family of [api.suppressions, api.contacts]) await queries.invalidateQueries({ queryKey: family.pathKey() });
  };
  return (
    <Section title={t('title')} description={t('description')}>
      <div className="mb-4 flex flex-wrap gap-2">
        <SearchInput label={t('search')} className="sm:w-80" value={address} onSearch={setAddress} />
        {mayAdd && (
          <Button className="sm:ml-auto" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )}
      </div>
      {rows.length > 0 ? (
        <>
          <DataTable
            label={t('title')}
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { key: 'at', header: t('at'), className: 'whitespace-nowrap tabular-nums', cell: (row) => <DateTime at={row.addedAt} /> },
              { key: 'kind', header: t('kind'), cell: (row) => t(`kinds.${row.kind}`) },
              { key: 'reason', header: t('reason'), cell: (row) => t(`reasons.${row.reason}`) },
              { key: 'by', header: t('by'), wideOnly: true, cell: (row) => row.addedBy ?? t('nobody') },
              {
                key: 'remove',
                header: <span className="sr-only">{t('remove')}</span>,
                align: 'end',
                cell: (row) =>
                  mayRemove && (
                    <Button size="sm" variant="quiet" onClick={() => setRemoving(row.id)}>
                      {t('remove')}
                    </Button>
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
      ) : address ? (
        <NothingMatches onClear={() => setAddress('')}>{list.isError ? t('noAddress') : t('notListed')}</NothingMatches>
      ) : list.isError ? (
        <ErrorState onRetry={() => void list.refetch()} />
      ) : (
        <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
      )}
      {adding && <AddSuppressions onClose={() => setAdding(false)} />}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={t('removeTitle')}
        description={t('removeText')}
        confirmLabel={t('remove')}
        onConfirm={confirmRemove}
      />
    </Section>
  );
}
