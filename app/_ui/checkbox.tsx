'use client';
/** Yes or no, or part of a selection (`indeterminate`). With `label`, the words are pressed too. */
import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

interface CheckboxProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  indeterminate?: boolean;
  disabled?: boolean;
  label?: ReactNode;
  hint?: ReactNode;
  'aria-label'?: string;
  className?: string;
}

export function Checkbox({ checked, onCheckedChange, indeterminate, disabled, label, hint, className, ...rest }: CheckboxProps) {
  const box = (
    <BaseCheckbox.Root
      checked={checked}
      onCheckedChange={onCheckedChange}
      indeterminate={indeterminate}
      disabled={disabled}
      aria-label={rest['aria-label']}
      className={cn(
        'flex size-4 shrink-0 items-center justify-center rounded-[4px] border border-line-strong bg-raised transition-colors',
        'hover:border-ink data-[disabled]:opacity-50 data-[checked]:border-ink data-[indeterminate]:border-ink',
        'data-[checked]:bg-ink data-[indeterminate]:bg-ink',
        !label && className,
      )}
    >
      <BaseCheckbox.Indicator className="flex text-paper">
        {indeterminate ? <Minus className="size-3" strokeWidth={3} /> : <Check className="size-3" strokeWidth={3} />}
      </BaseCheckbox.Indicator>
    </BaseCheckbox.Root>
  );
  if (!label) return box;
  return (
    <label className={cn('flex items-start gap-2.5', disabled && 'text-muted', className)}>
      <span className="flex h-5 items-center">{box}</span>
      <span className="min-w-0">
        {label}
        {hint && <span className="block text-muted text-xs">{hint}</span>}
      </span>
    </label>
  );
}
