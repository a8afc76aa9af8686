'use client';
/** A whole number, kept at the last good one while what is typed is none. */
import { useState } from 'react';
import { Input } from '#app/_ui/input.tsx';

interface AmountInputProps {
  value: number;
  onChange: (amount: number) => void;
  min?: number;
  max?: number;
  'aria-label': string;
  disabled?: boolean | undefined;
}

export function AmountInput({ value, onChange, min = 0, max = 10_000, disabled, ...rest }: AmountInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const read = (text: string): number | null => {
    const amount = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
    return amount >= min && amount <= max ? amount : null;
  };
  return (
    <Input
      className="w-16 text-center [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none"
      type="number"
      inputMode="numeric"
      autoComplete="off"
      min={min}
      max={max}
      aria-label={rest['aria-label']}
      aria-invalid={(draft !== null && read(draft) === null) || undefined}
      disabled={disabled}
      value={draft ?? String(value)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setDraft(text);
        const amount = read(text);
        if (amount !== null && amount !== value) onChange(amount);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}
