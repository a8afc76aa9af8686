'use client';
/** Whether the draft is safe, and what to do when it is not. */
import { useTranslations } from 'next-intl';
import { Button } from '#app/_ui/button.tsx';
import { StateMark } from '#app/_ui/state-mark.tsx';
import type { SaveState } from './use-draft.ts';

interface SaveStatusProps {
  state: SaveState;
  errorText: string;
  onRetry: () => void;
}

export function SaveStatus({ state, errorText, onRetry }: SaveStatusProps) {
  const t = useTranslations('chatbots.editor');
  const common = useTranslations('common');
  return (
    <div aria-live="polite" className="flex min-w-0 items-center gap-2 text-muted text-xs">
      {state === 'saved' && (
        <>
          <StateMark tone="neutral" />
          {t('saved')}
        </>
      )}
      {state === 'unsaved' && t('unsaved')}
      {state === 'saving' && t('saving')}
      {state === 'failed' && (
        <>
          <span className="text-danger-text">{`${t('saveFailed')}. ${errorText}`}</span>
          <Button size="sm" onClick={onRetry}>
            {common('retry')}
          </Button>
        </>
      )}
    </div>
  );
}
