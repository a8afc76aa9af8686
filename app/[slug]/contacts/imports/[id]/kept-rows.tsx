'use client';
/** What undoing left as it is: row by row, whose it is and why. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { type Column, DataTable } from '#app/_ui/data-table.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { phoneText } from '../../_form/phone-text.ts';
import { useKeptText } from './kept-text.ts';

type Row = inferRouterOutputs<AppRouter>['imports']['rows']['items'][number];

export function KeptRows({ slug, importId }: { slug: string; importId: string }) {
  const t = useTranslations('imports');
  const tContacts = useTranslations('contacts');
  const keptText = useKeptText();
  const api = useApi();
  const rows = useInfiniteQuery(
    api.imports.rows.infiniteQueryOptions(
      { id: importId, kept: true, limit: 50, cursor: null },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  if (rows.isError) return <ErrorState onRetry={() => void rows.refetch()} />;
  if (!rows.data) return <TableSkeleton />;
  const items = rows.data.pages.flatMap((page) => page.items);
  const columns: Column<Row>[] = [
    { key: 'line', header: t('format.line'), className: 'text-muted tabular-nums', cell: (row) => row.line },
    {
      key: 'contact',
      header: t('run.keptContact'),
      className: 'max-w-40 sm:max-w-80',
      cell: ({ contact }) =>
        contact && (
          <TextLink href={`/${slug}/contacts/${contact.id}`} className="block truncate rounded-none">
            {contact.name ?? (contact.phone ? phoneText(contact.phone) : (contact.email ?? tContacts('unnamed')))}
          </TextLink>
        ),
    },
    { key: 'reason', header: t('run.cause'), cell: (row) => keptText(row.undo ?? '') },
  ];
  return (
    <>
      <DataTable label={t('run.undoKept')} columns={columns} rows={items} rowKey={(row) => String(row.line)} className="max-w-3xl" />
      <LoadMore
        shown={items.length}
        hasMore={rows.hasNextPage}
        busy={rows.isFetchingNextPage}
        onLoadMore={() => void rows.fetchNextPage()}
      />
    </>
  );
}
