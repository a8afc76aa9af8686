'use client';
/** A length of time in the unit that it was typed in, kept as minutes. It opens in the largest unit that says it whole. */
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';

const minutesPer = { minutes: 1, hours: 60, days: 1_440 } as const;
type Unit = keyof typeof minutesPer;
const units: readonly Unit[] = ['minutes', 'hours', 'days'];

function unitOf(minutes: number): Unit {
  if (minutes % minutesPer.days === 0) return 'days';
  return minutes % minutesPer.hours === 0 ? 'hours' : 'minutes';
}

interface MinutesInputProps {
  label: ReactNode;
  hint?: ReactNode;
  minutes: number;
  /** From 1 to `longest`; what lies outside changes nothing. */
  longest: number;
  onChange: (minutes: number) => void;
  disabled?: boolean;
}

export function MinutesInput({ label, hint, minutes, longest, onChange, disabled }: MinutesInputProps) {
  const t = useTranslations('time.editor');
  const [unit, setUnit] = useState<Unit>(unitOf(minutes));
  const [text, setText] = useState(String(minutes / minutesPer[unitOf(minutes)]));
  const total = Math.round(Number(text) * minutesPer[unit]);
  const isWrong = !(total >= 1 && total <= longest);
  const change = (nextText: string, nextUnit: Unit) => {
    setText(nextText);
    setUnit(nextUnit);
    const next = Math.round(Number(nextText) * minutesPer[nextUnit]);
    if (next >= 1 && next <= longest) onChange(next);
  };
  return (
    <div className="flex items-start gap-2">
      <Field
        label={label}
        hint={hint}
        error={isWrong ? t('lengthError', { days: Math.floor(longest / 1_440) }) : undefined}
        className="flex-1"
      >
        <Input type="number" inputMode="numeric" min={1} value={text} onValueChange={(next) => change(next, unit)} disabled={disabled} />
      </Field>
      <Field label={t('unit')} className="w-32">
        <Select
          value={unit}
          disabled={disabled}
          options={units.map((one) => ({ value: one, label: t(`units.${one}`, { count: Number(text) || 0 }) }))}
          onValueChange={(next) => change(text, next)}
        />
      </Field>
    </div>
  );
}
