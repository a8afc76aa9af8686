'use client';
/** Whether what was chosen is kept; on phones only where it is not. */
import { CircleAlert, CloudCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#app/_ui/button.tsx';
import { Spinner } from '#app/_ui/spinner.tsx';
import type { SaveState } from './use-saved-choices.ts';

export function SaveNote({ state, onRetry }: { state: SaveState; onRetry: () => void }) {
  const t = useTranslations('imports.draft');
  const tCommon = useTranslations('common');
  if (state === 'failed') {
    return (
      <span role="alert" className="flex items-center gap-2 text-danger-text max-sm:order-first max-sm:basis-full">
        <CircleAlert className="size-4 shrink-0" aria-hidden="true" />
        {t('failed')}
        <Button size="sm" variant="quiet" onClick={onRetry}>
          {tCommon('retry')}
        </Button>
      </span>
    );
  }
  return (
    <span className="ml-auto flex items-center gap-1.5 text-muted text-xs max-sm:sr-only">
      {state === 'saved' ? <CloudCheck className="size-4" aria-hidden="true" /> : <Spinner />}
      {t(state === 'saved' ? 'saved' : 'saving')}
    </span>
  );
}
