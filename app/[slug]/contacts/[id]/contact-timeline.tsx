'use client';
/** Everything that happened with a contact, over all channels and sequences, on the beat line; newest first. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import { BeatLine } from '#app/_ui/beat-line.tsx';
import { ErrorState } from '#app/_ui/list-state.tsx';
import { LoadMore } from '#app/_ui/load-more.tsx';
import type { Timeline } from './contact-view.tsx';
import { TimelineItem } from './timeline-item.tsx';

interface ContactTimelineProps {
  slug: string;
  contactId: string;
  zone: string;
  firstPage: Timeline;
}

export function ContactTimeline({ slug, contactId, zone, firstPage }: ContactTimelineProps) {
  const t = useTranslations('contacts.page');
  const api = useApi();
  const pages = useInfiniteQuery(
    api.contacts.timeline.infiniteQueryOptions(
      { contactId, limit: 50 },
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        initialData: { pages: [firstPage], pageParams: [null] },
        refetchInterval: 5_000,
      },
    ),
  );
  const items = pages.data.pages.flatMap((page) => page.items);
  if (pages.isError && items.length === 0) return <ErrorState title={t('timelineFailed')} onRetry={() => void pages.refetch()} />;
  return (
    <>
      <BeatLine label={t('timeline')}>
        {items.map((item, index) => (
          <TimelineItem
            key={item.id}
            slug={slug}
            item={item}
            zone={zone}
            first={index === 0}
            last={index === items.length - 1 && !pages.hasNextPage}
          />
        ))}
      </BeatLine>
      {pages.hasNextPage && (
        <LoadMore shown={items.length} hasMore busy={pages.isFetchingNextPage} onLoadMore={() => void pages.fetchNextPage()} />
      )}
    </>
  );
}
