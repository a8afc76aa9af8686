'use client';
/** Contacts in three orders: searched, filtered, as segments, in chosen columns, selected for what is done to many at once. */
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { EmptyState, ErrorState, NothingMatches } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { surelyMany } from '#server/domain/rough-count.ts';
import { ContactSheet } from '../_form/contact-sheet.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { useContactColumns } from './contact-columns.tsx';
import { FilterSheet } from '../../_filter/filter-sheet.tsx';
import { CreateButton, ImportLink, ListActions } from './list-actions.tsx';
import { addressOf, isFiltered, type ListFilter, type ListView } from './list-filter.ts';
import { ListToolbar } from './list-toolbar.tsx';
import { useChosenColumns } from './use-chosen-columns.ts';

type Outputs = inferRouterOutputs<AppRouter>['contacts'];
export type ContactItem = Outputs['list']['items'][number];

interface ContactListProps {
  slug: string;
  view: ListView;
  /** Null when the filter could not be understood. */
  firstPage: Outputs['list'] | null;
  tags: Outputs['tags'];
  fields: Outputs['fields'];
  mayEdit: boolean;
}

export function ContactList({ slug, view, firstPage, tags: knownTags, fields: knownFields, mayEdit }: ContactListProps) {
  const { filter, sort } = view;
  const t = useTranslations('contacts');
  const api = useApi();
  const router = useRouter();
  const [creating, setCreating] = useState(false);
  const [filtering, setFiltering] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const pages = useInfiniteQuery(
    api.contacts.list.infiniteQueryOptions(
      { ...filter, sort },
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        ...(firstPage && { initialData: { pages: [firstPage], pageParams: [null] } }),
      },
    ),
  );
  const quick = useQuery(api.contacts.count.queryOptions({ ...filter, precision: 'quick' }));
  // The first answer comes from a sample; of few, the exact one follows.
  const isRough = quick.data?.isExact === false && quick.data.count <= surelyMany;
  const exact = useQuery(api.contacts.count.queryOptions(filter, { enabled: isRough }));
  const counted = exact.data ?? quick.data;
  const fields = useQuery(api.contacts.fields.queryOptions(undefined, { initialData: knownFields }));
  const tags = useQuery(api.contacts.tags.queryOptions(undefined, { initialData: knownTags }));
  const exporting = useMutation(api.contacts.export.mutationOptions());
  const columns = useContactColumns(slug, fields.data.items);
  const [chosen, choose] = useChosenColumns();
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  // Who no longer matches after a change is no longer selected.
  const shownSelected: ReadonlySet<string> = new Set(rows.filter(({ id }) => selected.has(id)).map(({ id }) => id));
  const filtered = isFiltered(filter);
  const path = `/${slug}/contacts`;
  const show = (next: ListFilter, order = sort) => {
    setSelected(new Set());
    router.replace(addressOf(path, { filter: next, sort: order }), { scroll: false });
  };
  const { where: _where, ...others } = filter;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={<span className="max-sm:hidden">{t('description')}</span>}
        actions={
          <ListActions
            slug={slug}
            mayEdit={mayEdit}
            hasRows={rows.length > 0}
            askExport={(format) => exporting.mutateAsync({ filter, format })}
            onCreate={() => setCreating(true)}
          />
        }
      />
      {(rows.length > 0 || filtered || pages.hasNextPage) && (
        <ListToolbar
          view={view}
          tags={tags.data.items}
          columns={{ columns: columns.slice(1), chosen, onChoose: choose }}
          mayEdit={mayEdit}
          onShow={show}
          onFilter={() => setFiltering(true)}
        />
      )}
      {mayEdit && shownSelected.size > 0 && (
        <BulkBar
          slug={slug}
          filter={filter}
          selected={shownSelected}
          allShownSelected={shownSelected.size === rows.length}
          hasMore={pages.hasNextPage}
          tags={tags.data.items.map((tag) => tag.name)}
          onDone={() => setSelected(new Set())}
        />
      )}
      {pages.isError && rows.length === 0 ? (
        <ErrorState onRetry={() => (firstPage === null ? show({}) : void pages.refetch())} />
      ) : pages.isPending ? (
        <TableSkeleton />
      ) : rows.length > 0 ? (
        <>
          {counted && (
            <p aria-live="polite" className="mb-2 text-muted text-xs tabular-nums">
              {t(counted.isExact ? 'list.count' : counted.count === 0 ? 'list.countFew' : 'list.countAbout', { count: counted.count })}
            </p>
          )}
          <DataTable
            label={t('title')}
            columns={columns.filter(({ key }) => key === 'name' || chosen.has(key))}
            rows={rows}
            rowKey={(row) => row.id}
            {...(mayEdit && {
              selection: {
                selected: shownSelected,
                onChange: setSelected,
                rowLabel: (row: ContactItem) => t('list.select', { name: row.name ?? row.phone ?? row.email ?? '' }),
              },
            })}
          />
          <LoadMore
            shown={rows.length}
            hasMore={pages.hasNextPage}
            busy={pages.isFetchingNextPage}
            onLoadMore={() => void pages.fetchNextPage()}
          />
        </>
      ) : pages.hasNextPage ? (
        <EmptyState
          title={t('list.searchOn.title')}
          action={
            <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {t('list.searchOn.action')}
            </Button>
          }
        >
          {t('list.searchOn.description')}
        </EmptyState>
      ) : filtered ? (
        <NothingMatches onClear={() => show({})}>{t('list.nothingMatches')}</NothingMatches>
      ) : (
        <EmptyState
          title={t('list.empty.title')}
          action={
            mayEdit && (
              <>
                <ImportLink slug={slug} />
                <CreateButton onCreate={() => setCreating(true)} />
              </>
            )
          }
        >
          {t('list.empty.description')}
        </EmptyState>
      )}
      {filtering && (
        <FilterSheet
          where={filter.where}
          mayEdit={mayEdit}
          onApply={(where) => {
            setFiltering(false);
            show({ ...others, ...(where && { where }) });
          }}
          onSaved={(segmentId) => {
            setFiltering(false);
            show({ ...others, segmentId });
          }}
          onClose={() => setFiltering(false)}
        />
      )}
      {creating && (
        <ContactSheet slug={slug} contact={null} onClose={() => setCreating(false)} onSaved={({ id }) => router.push(`${path}/${id}`)} />
      )}
    </>
  );
}
