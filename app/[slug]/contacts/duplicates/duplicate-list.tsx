'use client';
/** What the last search for duplicates found, group by group, and the search itself. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { EmptyState, ErrorState } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { Spinner } from '#app/_ui/spinner.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { DuplicateGroup } from './duplicate-group.tsx';

type Outputs = inferRouterOutputs<AppRouter>['contacts'];
export type Group = Outputs['duplicates']['items'][number];
export type Field = Outputs['fields']['items'][number];

interface DuplicateListProps {
  slug: string;
  firstPage: Outputs['duplicates'];
  fields: readonly Field[];
  mayEdit: boolean;
}

const pollMs = 1_500;

export function DuplicateList({ slug, firstPage, fields, mayEdit }: DuplicateListProps) {
  const t = useTranslations('duplicates');
  const api = useApi();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const status = useRef<HTMLParagraphElement>(null);
  const pages = useInfiniteQuery(
    api.contacts.duplicates.infiniteQueryOptions(
      { limit: 20 },
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        initialData: { pages: [firstPage], pageParams: [null] },
        refetchInterval: ({ state }) => (isSearching(state.data?.pages[0]) ? pollMs : false),
      },
    ),
  );
  const find = useMutation(
    api.contacts.findDuplicates.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: api.contacts.duplicates.pathKey() }),
      onError: (error) => void toast.error(errorText(error)),
    }),
  );
  const [first = firstPage] = pages.data.pages;
  const groups = pages.data.pages.flatMap((page) => page.items);
  const busy = find.isPending || isSearching(first);
  const searchButton = mayEdit && (
    <Button variant={groups.length > 0 ? 'secondary' : 'primary'} busy={busy} onClick={() => find.mutate()}>
      {!busy && <Search aria-hidden="true" />}
      {t('search')}
    </Button>
  );
  /** The group is gone: who uses a keyboard goes on from the line above the list. */
  const onGone = async (): Promise<void> => {
    status.current?.focus();
    await queries.invalidateQueries({ queryKey: api.contacts.pathKey() });
  };
  const finishedAt = first.search?.finishedAt;
  return (
    <>
      <PageHeader
        back={<TextLink href={`/${slug}/contacts`}>{t('back')}</TextLink>}
        title={t('title')}
        description={t('description')}
        actions={first.search && searchButton}
      />
      <p ref={status} tabIndex={-1} aria-live="polite" className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted outline-none">
        {busy && <Spinner label={t('searching')} />}
        {!busy && first.search?.status === 'failed' && <span className="text-failed">{t('failed')}</span>}
        {!busy && first.search?.status === 'done' && finishedAt && (
          <>
            <span>{t('groups', { count: first.groups })}</span>
            <span>{t.rich('searched', { date: () => <DateTime at={finishedAt} /> })}</span>
          </>
        )}
      </p>
      {pages.isError && groups.length === 0 ? (
        <ErrorState onRetry={() => void pages.refetch()} />
      ) : groups.length > 0 ? (
        <>
          <ul className="flex flex-col">
            {groups.map((group) => (
              <li key={group.contacts.map((contact) => contact.id).join()} className="border-line border-t py-6">
                <DuplicateGroup slug={slug} group={group} fields={fields} mayEdit={mayEdit} onGone={onGone} />
              </li>
            ))}
          </ul>
          <LoadMore
            shown={groups.length}
            hasMore={pages.hasNextPage}
            busy={pages.isFetchingNextPage}
            onLoadMore={() => void pages.fetchNextPage()}
          />
        </>
      ) : first.search ? (
        !busy && <EmptyState title={t('none.title')}>{t('none.description')}</EmptyState>
      ) : (
        !busy && (
          <EmptyState title={t('never.title')} action={searchButton}>
            {t('never.description')}
          </EmptyState>
        )
      )}
    </>
  );
}

function isSearching(page: Outputs['duplicates'] | undefined): boolean {
  return page?.search?.status === 'queued' || page?.search?.status === 'running';
}
