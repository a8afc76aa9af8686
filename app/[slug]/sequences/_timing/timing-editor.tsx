'use client';
/** When a step is due, edited as the sentence it is: "esperar 2 dias depois da etapa anterior, às 09:30". Beneath it, all of
 *  it read out: with the zone, and what happens when the date has passed. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useReaderTime } from '#app/_ui/reader-time.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { Step } from '#server/domain/definition/schema.ts';
import type { Timing } from '#server/domain/time/schema.ts';
import { dateOfDay, dayOfWall, wallAt } from '#server/domain/time/wall-clock.ts';
import { AfterSentence } from './after-sentence.tsx';
import { DateSentence } from './date-sentence.tsx';
import { FieldSentence } from './field-sentence.tsx';
import { canBePast } from './wait-sentence.ts';
import { WeekdaySentence } from './weekday-sentence.tsx';

type Kind = Timing['kind'];
type IfPast = NonNullable<Step['ifPast']>;
const kinds = ['immediately', 'after', 'onWeekday', 'onDate', 'relativeToField'] as const;
const ifPasts = ['skip', 'sendNow', 'exit'] as const;

interface TimingEditorProps {
  value: Timing;
  onChange: (timing: Timing) => void;
  /** What happens when the date has passed; shown where a timing can be past. */
  ifPast?: IfPast | undefined;
  onIfPastChange?: (ifPast: IfPast) => void;
  /** Contact fields that hold dates; without any, no wait can be relative to one. */
  dateFields?: readonly { readonly key: string; readonly label: string }[];
  /** The whole wait in words. */
  sentence?: string;
  disabled?: boolean;
}

export function TimingEditor({ value, onChange, ifPast, onIfPastChange, dateFields = [], sentence, disabled }: TimingEditorProps) {
  const t = useTranslations('time');
  const { now, zone } = useReaderTime();
  const [earlier, setEarlier] = useState<Partial<Record<Kind, Timing>>>({});
  const choose = (kind: Kind) => {
    if (kind === value.kind) return;
    setEarlier({ ...earlier, [value.kind]: value });
    onChange(earlier[kind] ?? firstTiming(kind, dateOfDay(dayOfWall(wallAt(now.getTime(), zone)) + 1), dateFields[0]?.key ?? ''));
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="sr-only">{t('editor.label')}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          className="w-auto"
          aria-label={t('editor.kind')}
          value={value.kind}
          onValueChange={choose}
          disabled={disabled}
          options={kinds.map((kind) => ({
            value: kind,
            label: t(`editor.kinds.${kind}`),
            ...(kind === 'relativeToField' && dateFields.length === 0 ? { disabled: true, hint: t('editor.noFields') } : {}),
          }))}
        />
        {value.kind === 'after' && <AfterSentence value={value} onChange={onChange} disabled={disabled} />}
        {value.kind === 'onWeekday' && <WeekdaySentence value={value} onChange={onChange} disabled={disabled} />}
        {value.kind === 'onDate' && <DateSentence value={value} onChange={onChange} disabled={disabled} />}
        {value.kind === 'relativeToField' && <FieldSentence value={value} onChange={onChange} fields={dateFields} disabled={disabled} />}
      </div>
      {canBePast(value) && onIfPastChange && (
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-muted">{t('editor.ifPast')}:</span>
          <Select
            className="w-auto"
            aria-label={t('editor.ifPast')}
            value={ifPast ?? 'skip'}
            onValueChange={onIfPastChange}
            disabled={disabled}
            options={ifPasts.map((choice) => ({ value: choice, label: t(`editor.ifPasts.${choice}`) }))}
          />
        </div>
      )}
      {sentence && (
        <p className="rounded-md bg-sunken px-3 py-2" aria-live="polite">
          {sentence}
        </p>
      )}
    </fieldset>
  );
}

function firstTiming(kind: Kind, tomorrow: string, field: string): Timing {
  switch (kind) {
    case 'immediately':
      return { kind };
    case 'after':
      return { kind, amount: 1, unit: 'days' };
    case 'onWeekday':
      return { kind, weekdays: ['mon'], at: '09:00' };
    case 'onDate':
      return { kind, date: tomorrow, at: '09:00' };
    case 'relativeToField':
      return { kind, field, amount: 0, unit: 'days', at: '09:00' };
  }
}
