'use client';
/** "em 24/12/2026 às 09:00". */
import { useTranslations } from 'next-intl';
import { Input } from '#app/_ui/input.tsx';
import type { Timing } from '#server/domain/time/schema.ts';
import type { SentenceProps } from './after-sentence.tsx';
import { TimeInput } from './time-input.tsx';

export function DateSentence({ value, onChange, disabled }: SentenceProps<Extract<Timing, { kind: 'onDate' }>>) {
  const t = useTranslations('time.editor');
  return (
    <>
      <Input
        type="date"
        className="w-40"
        aria-label={t('date')}
        value={value.date}
        disabled={disabled}
        onChange={(event) =>
          /^\d{4}-\d{2}-\d{2}$/.test(event.currentTarget.value) && onChange({ ...value, date: event.currentTarget.value })
        }
      />
      <span className="text-muted">{t('atTime')}</span>
      <TimeInput value={value.at} onChange={(at) => onChange({ ...value, at })} disabled={disabled} />
    </>
  );
}
