'use client';
/** The states of a list that shows no rows: empty, failed, forbidden, nothing matches. (Loading: `TableSkeleton`.) */
import { Lock, RotateCw, SearchX, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { LogoMark } from './logo.tsx';

interface ListStateProps {
  icon: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}

function ListState({ icon, title, children, action }: ListStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-16 text-center">
      <div className="mb-2 text-muted [&_svg]:size-6">{icon}</div>
      <div className="font-medium text-base">{title}</div>
      {children && <div className="text-muted">{children}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

/** Nothing here yet. Says what belongs here and what to do. */
export function EmptyState({ title, children, action }: Omit<ListStateProps, 'icon'>) {
  return (
    <ListState icon={<LogoMark className="size-8" />} title={title} action={action}>
      {children}
    </ListState>
  );
}

/** It could not be loaded. Says so, and offers to try again. */
export function ErrorState({ title, children, onRetry }: { title?: ReactNode; children?: ReactNode; onRetry?: () => void }) {
  const t = useTranslations('common');
  return (
    <div role="alert">
      <ListState
        icon={<TriangleAlert aria-hidden="true" />}
        title={title ?? t('loadFailed.title')}
        action={
          onRetry && (
            <Button onClick={onRetry}>
              <RotateCw aria-hidden="true" />
              {t('retry')}
            </Button>
          )
        }
      >
        {children ?? t('loadFailed.description')}
      </ListState>
    </div>
  );
}

/** The role of the reader does not reach this far. */
export function ForbiddenState({ title, children }: { title?: ReactNode; children?: ReactNode }) {
  const t = useTranslations('common');
  return (
    <ListState icon={<Lock aria-hidden="true" />} title={title ?? t('forbidden.title')}>
      {children ?? t('forbidden.description')}
    </ListState>
  );
}

/** There are some, but none for this search or filter. */
export function NothingMatches({ children, onClear }: { children?: ReactNode; onClear?: () => void }) {
  const t = useTranslations('common');
  return (
    <ListState
      icon={<SearchX aria-hidden="true" />}
      title={t('nothingMatches.title')}
      action={onClear && <Button onClick={onClear}>{t('nothingMatches.clear')}</Button>}
    >
      {children ?? t('nothingMatches.description')}
    </ListState>
  );
}
