'use client';
/** Reads the dates of an .ics file into the calendar being edited, and says what could not be taken. */
import { useMutation } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { useApi } from '#app/_api/client.tsx';
import { useErrorText } from '#app/_api/error-text.ts';
import { Button } from '#app/_ui/button.tsx';
import { toast } from '#app/_ui/toaster.tsx';
import type { OwnDate } from '#server/domain/calendar/schema.ts';

const mostBytes = 5_000_000;

export function ImportIcs({ onRead }: { onRead: (dates: readonly OwnDate[]) => void }) {
  const t = useTranslations('calendars.ics');
  const api = useApi();
  const errorText = useErrorText();
  const input = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<
    readonly { at: number; name: string; reason: 'notAllDay' | 'unreadable' | 'outOfRange' | 'tooMany' }[]
  >([]);
  const read = useMutation(
    api.calendars.readIcs.mutationOptions({
      onSuccess: (found) => {
        onRead(found.dates);
        setRefused(found.refused);
        toast.success(t('read', { count: found.dates.length }));
      },
      onError: (error) => toast.error(errorText(error)),
    }),
  );
  const choose = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > mostBytes) toast.error(t('tooLarge'));
    else read.mutate({ text: await file.text() });
  };
  return (
    <div className="flex flex-col gap-2">
      <input
        ref={input}
        type="file"
        accept=".ics,text/calendar"
        aria-label={t('choose')}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          void choose(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <Button size="sm" className="self-start" busy={read.isPending} onClick={() => input.current?.click()}>
        <FileUp aria-hidden="true" />
        {t('choose')}
      </Button>
      {refused.length > 0 && (
        <div role="status" className="rounded-md bg-sunken px-3 py-2 text-xs">
          <p>{t('refused', { count: refused.length })}</p>
          <ul className="mt-1 max-h-32 overflow-y-auto text-muted">
            {refused.map((one) => (
              <li key={one.at}>{t('refusedLine', { at: one.at, name: one.name, reason: t(`reasons.${one.reason}`) })}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
