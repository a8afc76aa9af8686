'use client';
/** The hours in which nothing is sent, over all sequences, each contact in its own zone. */
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Section } from '#app/_ui/section.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { Window } from '#server/domain/time/schema.ts';
import { WindowEditor } from '../../sequences/_timing/window-editor.tsx';
import { useRulesErrorText } from './rules-error-text.ts';

export function QuietHours({ initial, mayChange }: { initial: Window | null; mayChange: boolean }) {
  const t = useTranslations('calendars.quiet');
  const api = useApi();
  const router = useRouter();
  const errorText = useRulesErrorText();
  const [saved, setSaved] = useState(initial);
  const [quietHours, setQuietHours] = useState(initial);
  const save = useMutation(
    api.workspace.update.mutationOptions({
      onSuccess: () => {
        setSaved(quietHours);
        toast.success(t('saved'));
        router.refresh();
      },
      onError: (error) => toast.error(errorText(error)),
    }),
  );
  const isChanged = JSON.stringify(saved) !== JSON.stringify(quietHours);
  return (
    <Section title={t('title')} description={mayChange ? t('description') : t('readOnly')}>
      <div className="flex max-w-2xl flex-col gap-4">
        <WindowEditor meaning="quiet" value={quietHours} onChange={setQuietHours} disabled={!mayChange} />
        {mayChange && (
          <div className="flex flex-wrap items-center gap-3">
            <Button variant="primary" busy={save.isPending} disabled={!isChanged} onClick={() => save.mutate({ quietHours })}>
              {t('save')}
            </Button>
            {isChanged && (
              <>
                <Button variant="quiet" onClick={() => setQuietHours(saved)}>
                  {t('undo')}
                </Button>
                <p className="text-muted text-xs">{t('effect')}</p>
              </>
            )}
          </div>
        )}
      </div>
    </Section>
  );
}
