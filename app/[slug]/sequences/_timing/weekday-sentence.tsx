'use client';
/** "em seg, qua, sex às 09:30": the next such day and time. */
import { useTranslations } from 'next-intl';
import { cn } from '#app/_ui/class-names.ts';
import { type Timing, weekdays } from '#server/domain/time/schema.ts';
import type { SentenceProps } from './after-sentence.tsx';
import { TimeInput } from './time-input.tsx';

export function WeekdaySentence({ value, onChange, disabled }: SentenceProps<Extract<Timing, { kind: 'onWeekday' }>>) {
  const t = useTranslations('time');
  const toggle = (weekday: (typeof weekdays)[number]) => {
    const chosen = weekdays.filter((day) => (day === weekday ? !value.weekdays.includes(day) : value.weekdays.includes(day)));
    if (chosen.length > 0) onChange({ ...value, weekdays: chosen });
  };
  return (
    <>
      <fieldset className="flex flex-wrap gap-1" disabled={disabled}>
        <legend className="sr-only">{t('editor.weekdays')}</legend>
        {weekdays.map((weekday) => {
          const isChosen = value.weekdays.includes(weekday);
          return (
            <button
              key={weekday}
              type="button"
              aria-pressed={isChosen}
              aria-label={t(`weekday.${weekday}`)}
              onClick={() => toggle(weekday)}
              className={cn(
                'h-9 min-w-11 rounded-md border px-2 text-sm transition-colors',
                isChosen ? 'border-ink bg-ink text-paper' : 'border-line-strong bg-raised text-ink hover:bg-sunken',
              )}
            >
              {t(`weekdayShort.${weekday}`)}
            </button>
          );
        })}
      </fieldset>
      <span className="text-muted">{t('editor.atTime')}</span>
      <TimeInput value={value.at} onChange={(at) => onChange({ ...value, at })} disabled={disabled} />
    </>
  );
}
