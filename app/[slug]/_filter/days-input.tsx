'use client';
/** So many days. */
import { useTranslations } from 'next-intl';
import { Input } from '#app/_ui/input.tsx';

interface DaysInputProps {
  /** NaN: none yet. */
  value: number;
  onValueChange: (days: number) => void;
}

export function DaysInput({ value, onValueChange }: DaysInputProps) {
  const t = useTranslations('contacts.filter');
  return (
    <span className="flex items-center gap-2">
      <Input
        aria-label={t('days')}
        type="number"
        min={1}
        max={3_650}
        className="w-24 tabular-nums"
        value={Number.isNaN(value) ? '' : String(value)}
        onValueChange={(text) => onValueChange(Number.parseInt(text, 10))}
      />
      {t('days')}
    </span>
  );
}
