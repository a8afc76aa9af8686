'use client';
/** "2 dias depois da etapa anterior, às 09:30". Units stay as they were typed, and so does the time of day. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
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

const countsDays = (unit: After['unit']) => unit !== 'minutes' && unit !== 'hours';

export function AfterSentence({ value, onChange, disabled }: SentenceProps<After>) {
  const t = useTranslations('time.editor');
  const { at, from } = value;
  // The time of day that was set before the unit became one that has none.
  const [restingAt, setRestingAt] = useState<string | undefined>();
  const change = (next: Partial<After>) => {
    const { at: nextAt, from: nextFrom, ...wait } = { ...value, ...next };
    onChange({ ...wait, ...(nextAt === undefined ? {} : { at: nextAt }), ...(nextFrom === 'enrolment' ? { from: nextFrom } : {}) });
  };
  const changeUnit = (unit: After['unit']) => {
    if (countsDays(unit) === countsDays(value.unit)) return change({ unit });
    setRestingAt(at);
    change({ unit, at: restingAt });
  };
  return (
    <>
      <AmountInput aria-label={t('amount')} value={value.amount} onChange={(amount) => change({ amount })} disabled={disabled} />
      <Select
        className="w-auto"
        aria-label={t('unit')}
        value={value.unit}
        onValueChange={changeUnit}
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
      {(countsDays(value.unit) || at !== undefined) && (
        <Select
          className="w-auto"
          aria-label={t('clock')}
          value={at === undefined ? 'any' : 'at'}
          onValueChange={(clock) => change({ at: clock === 'at' ? (at ?? '09:00') : undefined })}
          disabled={disabled}
          options={(['any', 'at'] as const).map((choice) => ({ value: choice, label: t(`clocks.${choice}`) }))}
        />
      )}
      {at !== undefined && <TimeInput value={at} onChange={(next) => change({ at: next })} disabled={disabled} />}
    </>
  );
}
