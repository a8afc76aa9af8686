'use client';
/** A page that failed: says so, offers to try again. */
import { useTranslations } from 'next-intl';
import { ErrorState } from '#app/_ui/list-state.tsx';

export default function ErrorPage({ reset }: { reset: () => void }) {
  const t = useTranslations('shell.failed');
  return (
    <ErrorState title={<h1>{t('title')}</h1>} onRetry={reset}>
      {t('description')}
    </ErrorState>
  );
}
