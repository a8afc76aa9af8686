'use client';
/** Imports, newest first, with what came of each. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { Upload } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { type Column, DataTable } from '#app/_ui/data-table.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { LinkButton } from '#app/_ui/link-button.tsx';
import { EmptyState } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { addressOfDraft } from '../_import/address-of-draft.ts';
import { ImportStatusBadge } from '../_import/import-status-badge.tsx';
import { KeptUntil } from '../_import/kept-until.tsx';

type ImportPage = inferRouterOutputs<AppRouter>['imports']['list'];
type Row = ImportPage['items'][number];

export function ImportList({ slug, firstPage, mayEdit }: { slug: string; firstPage: ImportPage; mayEdit: boolean }) {
  const t = useTranslations('imports');
  const format = useFormatter();
  const api = useApi();
  const path = `/${slug}/contacts`;
  const pages = useInfiniteQuery(
    api.imports.list.infiniteQueryOptions(
      {},
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        initialData: { pages: [firstPage], pageParams: [null] },
        refetchInterval: 5_000,
      },
    ),
  );
  const rows = pages.data.pages.flatMap((page) => page.items);
  const action = mayEdit && (
    <LinkButton variant="primary" href={`${path}/import`}>
      <Upload aria-hidden="true" />
      {t('new')}
    </LinkButton>
  );
  const hrefOf = ({ id, status }: Row) => (status === 'draft' && mayEdit ? addressOfDraft(slug, id) : `${path}/imports/${id}`);
  const columns: Column<Row>[] = [
    {
      key: 'file',
      header: t('list.file'),
      className: 'max-w-40 min-w-36 sm:max-w-80',
      cell: (row) => (
        <TextLink href={hrefOf(row)} className="block truncate rounded-none">
          {row.fileName}
        </TextLink>
      ),
    },
    {
      key: 'status',
      header: t('list.status'),
      cell: (row) => (
        <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
          <ImportStatusBadge status={row.status} undo={row.undo} />
          {row.status === 'draft' && mayEdit && (
            <TextLink href={hrefOf(row)} aria-label={t('list.goOn', { name: row.fileName })}>
              {t('draft.goOn')}
            </TextLink>
          )}
          {row.keptUntil && <KeptUntil at={row.keptUntil} />}
        </span>
      ),
    },
    { key: 'created', header: t('list.created'), align: 'end', cell: (row) => format.number(row.counts.created) },
    { key: 'updated', header: t('list.updated'), align: 'end', wideOnly: true, cell: (row) => format.number(row.counts.updated) },
    { key: 'rejected', header: t('list.rejected'), align: 'end', wideOnly: true, cell: (row) => format.number(row.counts.rejected) },
    {
      key: 'at',
      header: t('list.at'),
      wideOnly: true,
      className: 'whitespace-nowrap text-muted',
      cell: (row) => <DateTime at={row.createdAt} />,
    },
  ];
  return (
    <>
      <PageHeader
        back={<TextLink href={path}>{t('back')}</TextLink>}
        title={t('listTitle')}
        description={t('listDescription')}
        actions={action}
      />
      {rows.length === 0 ? (
        <EmptyState title={t('list.empty.title')} action={action}>
          {t('list.empty.description')}
        </EmptyState>
      ) : (
        <>
          <DataTable label={t('listTitle')} columns={columns} rows={rows} rowKey={(row) => row.id} />
          <LoadMore
            shown={rows.length}
            hasMore={pages.hasNextPage}
            busy={pages.isFetchingNextPage}
            onLoadMore={() => void pages.fetchNextPage()}
          />
        </>
      )}
    </>
  );
}
