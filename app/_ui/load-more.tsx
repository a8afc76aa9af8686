'use client';
/** The end of a page of a list: how many are shown, and the next page while there is one. */
import { useTranslations } from 'next-intl';
import { Button } from './button.tsx';

interface LoadMoreProps {
  shown: number;
  hasMore: boolean;
  busy?: boolean;
  onLoadMore: () => void;
}

export function LoadMore({ shown, hasMore, busy, onLoadMore }: LoadMoreProps) {
  const t = useTranslations('common');
  return (
    <div className="flex items-center justify-between gap-3 py-3 text-muted text-xs">
      <span aria-live="polite">{t('shown', { count: shown })}</span>
      {hasMore && (
        <Button size="sm" busy={busy} onClick={onLoadMore}>
          {t('loadMore')}
        </Button>
      )}
    </div>
  );
}
