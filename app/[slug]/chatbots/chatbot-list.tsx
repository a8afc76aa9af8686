'use client';
/** All chatbots: what is live, what has changed since, how many talk right now. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/root.ts';
import { useApi } from '#app/_api/client.tsx';
import { type Column, DataTable } from '#app/_ui/data-table.tsx';
import { DateTime } from '#app/_ui/date-time.tsx';
import { IconButton } from '#app/_ui/icon-button.tsx';
import { EmptyState, ErrorState, NothingMatches } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import { Menu, MenuItem, MenuLink } from '#app/_ui/menu.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { TextLink } from '#app/_ui/text-link.tsx';
import { ChatbotStatus } from './chatbot-status.tsx';
import { DeleteChatbot } from './delete-chatbot.tsx';
import { NewChatbot } from './new-chatbot.tsx';

type Page = inferRouterOutputs<AppRouter>['chatbots']['list'];
type Item = Page['items'][number];

interface ChatbotListProps {
  slug: string;
  search: string;
  firstPage: Page;
  canEdit: boolean;
}

export function ChatbotList({ slug, search, firstPage, canEdit }: ChatbotListProps) {
  const t = useTranslations('chatbots');
  const api = useApi();
  const router = useRouter();
  const [deleting, setDeleting] = useState<Item | null>(null);
  const list = useInfiniteQuery(
    api.chatbots.list.infiniteQueryOptions(
      { search },
      { getNextPageParam: (page) => page.nextCursor, initialData: { pages: [firstPage], pageParams: [null] } },
    ),
  );
  const items = list.data.pages.flatMap((page) => page.items);
  const searchFor = (text: string) => router.replace(text ? `/${slug}/chatbots?search=${encodeURIComponent(text)}` : `/${slug}/chatbots`);
  const columns: Column<Item>[] = [
    {
      key: 'name',
      header: t('columns.name'),
      cell: (item) => (
        <TextLink href={`/${slug}/chatbots/${item.id}`} className="break-words">
          {item.name}
        </TextLink>
      ),
    },
    {
      key: 'status',
      header: t('columns.status'),
      cell: (item) => <ChatbotStatus liveVersion={item.liveVersion} changed={item.changed} />,
    },
    { key: 'blocks', header: t('columns.blocks'), align: 'end', wideOnly: true, cell: (item) => item.blockCount },
    { key: 'sessions', header: t('columns.sessions'), align: 'end', wideOnly: true, cell: (item) => item.openSessions },
    {
      key: 'updated',
      header: t('columns.updated'),
      wideOnly: true,
      cell: (item) => <DateTime at={item.updatedAt} className="whitespace-nowrap text-muted" />,
    },
  ];
  if (canEdit) {
    columns.push({
      key: 'actions',
      header: <span className="sr-only">{t('columns.actions')}</span>,
      align: 'end',
      cell: (item) => (
        <Menu
          trigger={
            <IconButton label={t('actions.menu', { name: item.name })}>
              <Ellipsis aria-hidden="true" />
            </IconButton>
          }
        >
          <MenuLink href={`/${slug}/chatbots/${item.id}`}>{t('actions.open')}</MenuLink>
          <MenuItem destructive onSelect={() => setDeleting(item)}>
            {t('actions.delete')}
          </MenuItem>
        </Menu>
      ),
    });
  }
  const nothingAtAll = items.length === 0 && search === '';
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={canEdit && !nothingAtAll && <NewChatbot slug={slug} />} />
      {!nothingAtAll && <SearchInput label={t('search')} value={search} onSearch={searchFor} className="mb-4" />}
      {list.isError && items.length === 0 ? (
        <ErrorState onRetry={() => void list.refetch()} />
      ) : nothingAtAll ? (
        <EmptyState title={t('empty.title')} action={canEdit && <NewChatbot slug={slug} />}>
          {t('empty.description')}
        </EmptyState>
      ) : items.length === 0 ? (
        <NothingMatches onClear={() => searchFor('')} />
      ) : (
        <>
          <DataTable label={t('title')} columns={columns} rows={items} rowKey={(item) => item.id} />
          <LoadMore
            shown={items.length}
            hasMore={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onLoadMore={() => void list.fetchNextPage()}
          />
        </>
      )}
      {deleting && <DeleteChatbot chatbot={deleting} onClose={() => setDeleting(null)} onDeleted={() => void list.refetch()} />}
    </>
  );
}
