'use client';
/** A time-out in the largest unit that says it whole. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Select } from '#app/_ui/select.tsx';
import { useBuilder } from './builder-context.tsx';

const minutesPer = { minutes: 1, hours: 60, days: 1_440 } as const;
type Unit = keyof typeof minutesPer;
const units: readonly Unit[] = ['minutes', 'hours', 'days'];
const longestMinutes = 43_200;

function unitOf(minutes: number): Unit {
  if (minutes % minutesPer.days === 0) return 'days';
  return minutes % minutesPer.hours === 0 ? 'hours' : 'minutes';
}

export function TimeoutInput({ minutes, onChange }: { minutes: number; onChange: (minutes: number) => void }) {
  const t = useTranslations('sequences.panel');
  const { mayEdit } = useBuilder();
  const [unit, setUnit] = useState<Unit>(unitOf(minutes));
  const [text, setText] = useState(String(minutes / minutesPer[unitOf(minutes)]));
  const change = (nextText: string, nextUnit: Unit) => {
    setText(nextText);
    setUnit(nextUnit);
    const total = Math.round(Number(nextText) * minutesPer[nextUnit]);
    if (total >= 1 && total <= longestMinutes) onChange(total);
  };
  return (
    <div className="flex items-start gap-2">
      <Field label={t('timeout')} hint={t('timeoutHint')} className="flex-1">
        <Input type="number" inputMode="numeric" min={1} value={text} onValueChange={(next) => change(next, unit)} />
      </Field>
      <Field label={t('timeoutUnit')} className="w-32">
        <Select
          value={unit}
          disabled={!mayEdit}
          options={units.map((one) => ({ value: one, label: t(one) }))}
          onValueChange={(next) => change(text, next)}
        />
      </Field>
    </div>
  );
}
