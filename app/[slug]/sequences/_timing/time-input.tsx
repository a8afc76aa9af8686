'use client';
/** A time of day, typed as people type it ("9", "9h30", "0930") and shown as 09:30. Keeps the last good one. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Input } from '#app/_ui/input.tsx';
import { parseTimeOfDay } from './time-text.ts';

interface TimeInputProps {
  value: string;
  onChange: (time: string) => void;
  'aria-label'?: string;
  disabled?: boolean | undefined;
}

export function TimeInput({ value, onChange, disabled, ...rest }: TimeInputProps) {
  const t = useTranslations('time');
  const [draft, setDraft] = useState<string | null>(null);
  const isWrong = draft !== null && parseTimeOfDay(draft) === null;
  const commit = () => {
    const time = draft === null ? null : parseTimeOfDay(draft);
    if (time && time !== value) onChange(time);
    setDraft(null);
  };
  return (
    <Input
      className="w-20 text-center"
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      title={t('editor.atHint')}
      aria-label={rest['aria-label'] ?? t('editor.at')}
      aria-invalid={isWrong || undefined}
      disabled={disabled}
      value={draft ?? value}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setDraft(text);
        if (/^\d{2}:\d{2}$/.test(text) && parseTimeOfDay(text)) onChange(text);
      }}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
