'use client';
/** Sequences with what matters of each: status, who is in progress, replies, the next send; and what can be done with them. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { EmptyState, ErrorState, NothingMatches } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { CreateSequenceDialog } from './create-sequence-dialog.tsx';
import { addressOf, filterStatuses, type ListFilter } from './list-filter.ts';
import { useSequenceColumns } from './sequence-columns.tsx';

export type SequencePage = inferRouterOutputs<AppRouter>['sequences']['list'];

interface SequenceListProps {
  slug: string;
  filter: ListFilter;
  firstPage: SequencePage;
  mayEdit: boolean;
}

export function SequenceList({ slug, filter, firstPage, mayEdit }: SequenceListProps) {
  const t = useTranslations('sequences');
  const api = useApi();
  const router = useRouter();
  const [creating, setCreating] = useState(false);
  const path = `/${slug}/sequences`;
  const pages = useInfiniteQuery(
    api.sequences.list.infiniteQueryOptions(filter, {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      initialData: { pages: [firstPage], pageParams: [null] },
      refetchInterval: 30_000,
    }),
  );
  const columns = useSequenceColumns({ slug, mayEdit });
  const rows = pages.data.pages.flatMap((page) => page.items);
  const filtered = filter.search !== undefined || filter.status !== undefined;
  const show = (next: ListFilter) => router.replace(addressOf(path, next), { scroll: false });
  const create = mayEdit && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden="true" />
      {t('list.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={create} />
      {(rows.length > 0 || filtered) && (
        <div className="mb-4 flex flex-wrap gap-2">
          <SearchInput
            label={t('list.search')}
            value={filter.search ?? ''}
            onSearch={(search) => show(filterWith(filter, { search: search || undefined }))}
          />
          <Select
            aria-label={t('list.statusFilter')}
            className="w-full sm:w-56"
            value={filter.status ?? 'all'}
            options={[
              { value: 'all', label: t('list.all') },
              ...filterStatuses.map((status) => ({ value: status, label: t(`statuses.${status}`) })),
            ]}
            onValueChange={(status) => show(filterWith(filter, { status: status === 'all' ? undefined : status }))}
          />
        </div>
      )}
      {pages.isError && rows.length === 0 ? (
        <ErrorState onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <TableSkeleton />
      ) : rows.length > 0 ? (
        <>
          <DataTable label={t('title')} columns={columns} rows={rows} rowKey={(row) => row.id} />
          <LoadMore
            shown={rows.length}
            hasMore={pages.hasNextPage}
            busy={pages.isFetchingNextPage}
            onLoadMore={() => void pages.fetchNextPage()}
          />
        </>
      ) : filtered ? (
        <NothingMatches onClear={() => show({})}>{t('list.nothingMatches')}</NothingMatches>
      ) : (
        <EmptyState title={t('list.empty.title')} action={create}>
          {t('list.empty.description')}
        </EmptyState>
      )}
      <CreateSequenceDialog slug={slug} open={creating} onOpenChange={setCreating} />
    </>
  );
}

function filterWith(filter: ListFilter, change: { search?: string | undefined; status?: ListFilter['status'] | undefined }): ListFilter {
  const { search, status } = { ...filter, ...change };
  return { ...(search && { search }), ...(status && { status }) };
}
