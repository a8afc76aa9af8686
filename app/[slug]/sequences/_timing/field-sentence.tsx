'use client';
/** "3 dias antes de Vencimento às 09:00": around a date that the contact carries. */
import { useTranslations } from 'next-intl';
import { Select } from '#app/_ui/select.tsx';
import type { Timing } from '#server/domain/time/schema.ts';
import type { SentenceProps } from './after-sentence.tsx';
import { AmountInput } from './amount-input.tsx';
import { TimeInput } from './time-input.tsx';

type Relative = Extract<Timing, { kind: 'relativeToField' }>;
type Side = 'before' | 'on' | 'after';

export function FieldSentence({
  value,
  onChange,
  fields,
  disabled,
}: SentenceProps<Relative> & { fields: readonly { readonly key: string; readonly label: string }[] }) {
  const t = useTranslations('time.editor');
  const side: Side = value.amount < 0 ? 'before' : value.amount > 0 ? 'after' : 'on';
  const count = Math.abs(value.amount);
  const signed = (amount: number, where: Side) => (where === 'on' ? 0 : where === 'before' ? -amount : amount);
  const options = fields.map(({ key, label }) => ({ value: key, label }));
  const known = options.some((option) => option.value === value.field) || value.field === '';
  return (
    <>
      {side !== 'on' && (
        <>
          <AmountInput
            aria-label={t('amount')}
            min={1}
            value={count}
            onChange={(amount) => onChange({ ...value, amount: signed(amount, side) })}
            disabled={disabled}
          />
          <Select
            className="w-auto"
            aria-label={t('unit')}
            value={value.unit}
            onValueChange={(unit) => onChange({ ...value, unit })}
            disabled={disabled}
            options={(['days', 'weeks'] as const).map((unit) => ({ value: unit, label: t(`units.${unit}`, { count }) }))}
          />
        </>
      )}
      <Select
        className="w-auto"
        aria-label={t('side')}
        value={side}
        onValueChange={(next) => onChange({ ...value, amount: signed(count || 1, next) })}
        disabled={disabled}
        options={(['before', 'on', 'after'] as const).map((choice) => ({ value: choice, label: t(`sides.${choice}`) }))}
      />
      <Select
        className="w-auto"
        aria-label={t('field')}
        placeholder={t('fieldPlaceholder')}
        value={value.field === '' ? null : value.field}
        onValueChange={(field) => onChange({ ...value, field })}
        disabled={disabled}
        options={known ? options : [...options, { value: value.field, label: value.field }]}
      />
      <span className="text-muted">{t('atTime')}</span>
      <TimeInput value={value.at} onChange={(at) => onChange({ ...value, at })} disabled={disabled} />
    </>
  );
}
