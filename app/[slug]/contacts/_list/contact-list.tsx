'use client';
/** Contacts, newest first: searched, filtered by tag, selected for what is done to many at once. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { Plus, Upload } from 'lucide-react';
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
import { ContactSheet } from '../_form/contact-sheet.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { useContactColumns } from './contact-columns.tsx';
import { addressOf, type ListFilter } from './list-filter.ts';

type Outputs = inferRouterOutputs<AppRouter>['contacts'];
export type ContactItem = Outputs['list']['items'][number];

interface ContactListProps {
  slug: string;
  filter: ListFilter;
  firstPage: Outputs['list'];
  tags: Outputs['tags'];
  mayEdit: boolean;
}

const everyTag = 'all tags';

export function ContactList({ slug, filter, firstPage, tags: knownTags, mayEdit }: ContactListProps) {
  const t = useTranslations('contacts');
  const api = useApi();
  const router = useRouter();
  const [creating, setCreating] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const pages = useInfiniteQuery(
    api.contacts.list.infiniteQueryOptions(filter, {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      initialData: { pages: [firstPage], pageParams: [null] },
    }),
  );
  const tags = useQuery(api.contacts.tags.queryOptions(undefined, { initialData: knownTags }));
  const columns = useContactColumns(slug);
  const rows = pages.data.pages.flatMap((page) => page.items);
  const filtered = filter.search !== undefined || filter.tag !== undefined;
  const path = `/${slug}/contacts`;
  const show = (next: ListFilter) => {
    setSelected(new Set());
    router.replace(addressOf(path, next), { scroll: false });
  };
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
            {mayEdit && importLink}
            {mayEdit && create}
          </>
        }
      />
      {(rows.length > 0 || filtered) && (
        <div className="mb-4 flex flex-wrap gap-2">
          <SearchInput
            label={t('list.search')}
            className="sm:w-80"
            value={filter.search ?? ''}
            onSearch={(search) => show({ ...(search && { search }), ...(filter.tag && { tag: filter.tag }) })}
          />
          {(tags.data.items.length > 0 || filter.tag) && (
            <Select
              aria-label={t('list.tagFilter')}
              className="w-full sm:w-56"
              value={filter.tag ?? everyTag}
              options={[{ value: everyTag, label: t('list.allTags') }, ...tagOptions(tags.data, filter.tag)]}
              onValueChange={(tag) => show({ ...(filter.search && { search: filter.search }), ...(tag !== everyTag && { tag }) })}
            />
          )}
        </div>
      )}
      {mayEdit && selected.size > 0 && (
        <BulkBar
          slug={slug}
          filter={filter}
          selected={selected}
          allShownSelected={rows.every((row) => selected.has(row.id))}
          hasMore={pages.hasNextPage}
          tags={tags.data.items.map((tag) => tag.name)}
          onDone={() => setSelected(new Set())}
        />
      )}
      {pages.isError && rows.length === 0 ? (
        <ErrorState onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <TableSkeleton />
      ) : rows.length > 0 ? (
        <>
          <DataTable
            label={t('title')}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            {...(mayEdit && {
              selection: {
                selected,
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
