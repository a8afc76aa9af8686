'use client';
/** On or off, at once. What waits for a "Save" is a `Checkbox`. */
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

interface SwitchProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
  label: ReactNode;
  hint?: ReactNode;
  className?: string;
}

export function Switch({ checked, onCheckedChange, disabled, label, hint, className }: SwitchProps) {
  return (
    <label className={cn('flex items-start gap-3', disabled && 'text-muted', className)}>
      <BaseSwitch.Root
        checked={checked}
        onCheckedChange={onCheckedChange}
        disabled={disabled}
        className="flex h-5 w-9 shrink-0 items-center rounded-full border border-line-strong bg-sunken px-0.5 transition-colors data-[checked]:border-ink data-[checked]:bg-ink data-[disabled]:opacity-50"
      >
        <BaseSwitch.Thumb className="size-3.5 rounded-full bg-line-strong transition-transform data-[checked]:translate-x-4 data-[checked]:bg-paper" />
      </BaseSwitch.Root>
      <span className="min-w-0">
        {label}
        {hint && <span className="block text-muted text-xs">{hint}</span>}
      </span>
    </label>
  );
}
