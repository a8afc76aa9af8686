'use client';
/** Above the line: whether the draft is saved, how it stands to what is live, and publishing. */
import { CircleAlert, CloudCheck, SlidersHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#app/_ui/button.tsx';
import { Spinner } from '#app/_ui/spinner.tsx';
import { useBuilder } from './builder-context.tsx';
import type { SaveState } from './use-draft.ts';

interface DraftBarProps {
  state: SaveState;
  draftDiffers: boolean;
  onRetry: () => void;
  onSettings: () => void;
  onPublish: () => void;
}

export function DraftBar({ state, draftDiffers, onRetry, onSettings, onPublish }: DraftBarProps) {
  const t = useTranslations('sequences');
  const { mayEdit, sequence } = useBuilder();
  const version = sequence.liveVersion;
  const liveWords =
    version === null
      ? t('publish.neverPublished')
      : draftDiffers
        ? t('publish.draftDiffers', { version })
        : t('publish.draftSame', { version });
  return (
    <div className="sticky top-0 z-20 -mx-4 mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b bg-paper px-4 py-2 sm:-mx-8 sm:px-8 lg:mx-0 lg:px-0">
      <div className="flex flex-wrap items-center gap-x-3 text-xs">
        <SaveStatus state={mayEdit ? state : 'readOnly'} onRetry={onRetry} />
        <span className="text-muted">{liveWords}</span>
      </div>
      <div className="flex items-center gap-2">
        <Button size="sm" className="lg:hidden" onClick={onSettings}>
          <SlidersHorizontal aria-hidden="true" />
          {t('settings.open')}
        </Button>
        {mayEdit && (
          <Button size="sm" variant={draftDiffers ? 'primary' : 'secondary'} onClick={onPublish}>
            {t('publish.open')}
          </Button>
        )}
      </div>
    </div>
  );
}

function SaveStatus({ state, onRetry }: { state: SaveState | 'readOnly'; onRetry: () => void }) {
  const t = useTranslations('sequences.save');
  if (state === 'failed') {
    return (
      <span role="alert" className="inline-flex items-center gap-2 text-danger-text">
        <CircleAlert className="size-4" aria-hidden="true" />
        {t('failed')}
        <Button size="sm" variant="quiet" onClick={onRetry}>
          {t('retry')}
        </Button>
      </span>
    );
  }
  return (
    <span aria-live="polite" className="inline-flex items-center gap-1.5 text-muted">
      {state === 'saving' ? (
        <Spinner />
      ) : state === 'conflict' ? (
        <CircleAlert className="size-4 text-danger-text" aria-hidden="true" />
      ) : (
        state === 'saved' && <CloudCheck className="size-4" aria-hidden="true" />
      )}
      {t(state)}
    </span>
  );
}
