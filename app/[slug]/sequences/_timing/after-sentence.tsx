'use client';
/** "2 dias depois da etapa anterior, às 09:30". Units stay as they were typed. */
import { useTranslations } from 'next-intl';
import { Select } from '#app/_ui/select.tsx';
import type { Timing } from '#server/domain/time/schema.ts';
import { AmountInput } from './amount-input.tsx';
import { TimeInput } from './time-input.tsx';

type After = Extract<Timing, { kind: 'after' }>;
const units = ['minutes', 'hours', 'days', 'weeks', 'businessDays'] as const;

export interface SentenceProps<Value extends Timing> {
  value: Value;
  onChange: (timing: Timing) => void;
  disabled?: boolean | undefined;
}

export function AfterSentence({ value, onChange, disabled }: SentenceProps<After>) {
  const t = useTranslations('time.editor');
  const countsDays = value.unit !== 'minutes' && value.unit !== 'hours';
  const { at, from, ...wait } = value;
  const change = (next: Partial<After>) => {
    const merged = { ...wait, at, from, ...next };
    const keepsClock = merged.unit !== 'minutes' && merged.unit !== 'hours';
    onChange({
      kind: 'after',
      amount: merged.amount,
      unit: merged.unit,
      ...(keepsClock && merged.at !== undefined ? { at: merged.at } : {}),
      ...(merged.from === 'enrolment' ? { from: merged.from } : {}),
    });
  };
  return (
    <>
      <AmountInput aria-label={t('amount')} value={value.amount} onChange={(amount) => change({ amount })} disabled={disabled} />
      <Select
        className="w-auto"
        aria-label={t('unit')}
        value={value.unit}
        onValueChange={(unit) => change({ unit })}
        disabled={disabled}
        options={units.map((unit) => ({ value: unit, label: t(`units.${unit}`, { count: value.amount }) }))}
      />
      <Select
        className="w-auto"
        aria-label={t('from')}
        value={from ?? 'previous'}
        onValueChange={(next) => change({ from: next })}
        disabled={disabled}
        options={(['previous', 'enrolment'] as const).map((choice) => ({ value: choice, label: t(`froms.${choice}`) }))}
      />
      {countsDays && (
        <Select
          className="w-auto"
          aria-label={t('clock')}
          value={at === undefined ? 'any' : 'at'}
          onValueChange={(clock) => change({ at: clock === 'at' ? (at ?? '09:00') : undefined })}
          disabled={disabled}
          options={(['any', 'at'] as const).map((choice) => ({ value: choice, label: t(`clocks.${choice}`) }))}
        />
      )}
      {countsDays && at !== undefined && <TimeInput value={at} onChange={(next) => change({ at: next })} disabled={disabled} />}
    </>
  );
}
