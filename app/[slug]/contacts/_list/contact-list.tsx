'use client';
/** Contacts in three orders: searched, filtered, as segments, in chosen columns, selected for what is done to many at once. */
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { ListFilter as ListFilterIcon, Plus, Upload } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { LinkButton } from '#app/_ui/link-button.tsx';
import { EmptyState, ErrorState, NothingMatches } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { TableSkeleton } from '#app/_ui/skeleton.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { ExportMenu } from '../../_export/export-menu.tsx';
import { surelyMany } from '#server/domain/contact/count.ts';
import { leavesOf } from '#server/domain/contact/filter.ts';
import { contactSorts } from '#server/domain/contact/schema.ts';
import { ContactSheet } from '../_form/contact-sheet.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { useContactColumns } from './contact-columns.tsx';
import { FilterSheet } from '../_filter/filter-sheet.tsx';
import { SegmentSelect } from '../_filter/segment-select.tsx';
import { ColumnChooser } from './column-chooser.tsx';
import { addressOf, isFiltered, type ListFilter, type ListView } from './list-filter.ts';
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

const everyTag = 'all tags';

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
  const without = (part: keyof ListFilter): ListFilter => {
    const { [part]: _left, ...rest } = filter;
    return rest;
  };
  const conditions = filter.where ? leavesOf(filter.where).length : 0;
  const importLink = (
    <LinkButton href={`${path}/import`}>
      <Upload aria-hidden="true" />
      {t('list.import')}
    </LinkButton>
  );
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden="true" />
      {t('list.create')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            <LinkButton href={`${path}/imports`} variant="quiet">
              {t('list.imports')}
            </LinkButton>
            <LinkButton href={`${path}/duplicates`} variant="quiet">
              {t('list.duplicates')}
            </LinkButton>
            {mayEdit && rows.length > 0 && <ExportMenu slug={slug} ask={(format) => exporting.mutateAsync({ filter, format })} />}
            {mayEdit && importLink}
            {mayEdit && create}
          </>
        }
      />
      {(rows.length > 0 || filtered || pages.hasNextPage) && (
        <div className="mb-4 flex flex-wrap gap-2">
          <SearchInput
            label={t('list.search')}
            className="sm:w-88"
            value={filter.search ?? ''}
            onSearch={(search) => show({ ...without('search'), ...(search && { search }) })}
          />
          {(tags.data.items.length > 0 || filter.tag) && (
            <Select
              aria-label={t('list.tagFilter')}
              className="min-w-40 flex-1 sm:w-56 sm:flex-none"
              value={filter.tag ?? everyTag}
              options={[{ value: everyTag, label: t('list.allTags') }, ...tagOptions(tags.data, filter.tag)]}
              onValueChange={(tag) => show({ ...without('tag'), ...(tag !== everyTag && { tag }) })}
            />
          )}
          <SegmentSelect
            value={filter.segmentId}
            mayEdit={mayEdit}
            onChange={(segmentId) => show({ ...without('segmentId'), ...(segmentId && { segmentId }) })}
          />
          <Button onClick={() => setFiltering(true)}>
            <ListFilterIcon aria-hidden="true" />
            {conditions > 0 ? t('list.filterOf', { count: conditions }) : t('list.filter')}
          </Button>
          <div className="flex min-w-40 flex-1 gap-2 sm:ml-auto sm:flex-none">
            <Select
              aria-label={t('list.sort')}
              className="flex-1 sm:w-40 sm:flex-none"
              value={sort}
              options={contactSorts.map((value) => ({ value, label: t(`list.sorts.${value}`) }))}
              onValueChange={(order) => show(filter, order)}
            />
            <ColumnChooser columns={columns.slice(1)} chosen={chosen} onChoose={choose} />
          </div>
        </div>
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
                {importLink}
                {create}
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
            show({ ...without('where'), ...(where && { where }) });
          }}
          onSaved={(segmentId) => {
            setFiltering(false);
            show({ ...without('where'), segmentId });
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

function tagOptions(tags: Outputs['tags'], current: string | undefined): { value: string; label: string }[] {
  const names = tags.items.map((tag) => tag.name);
  if (current && !names.some((name) => name.toLowerCase() === current.toLowerCase())) names.push(current);
  return names.map((name) => ({ value: current?.toLowerCase() === name.toLowerCase() ? current : name, label: name }));
}
