'use client';
/** Label, control, hint and error, wired to each other by ids. The control is any input of this kit. */
import { Field as BaseField } from '@base-ui/react/field';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** The label is spoken but not shown: for search boxes and table filters. */
  labelHidden?: boolean;
  optionalLabel?: string;
  className?: string;
  children: ReactNode;
}

export function Field({ label, hint, error, labelHidden = false, optionalLabel, className, children }: FieldProps) {
  return (
    <BaseField.Root invalid={Boolean(error)} className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <BaseField.Label className={labelHidden ? 'sr-only' : 'font-medium text-sm'}>
        {label}
        {optionalLabel && <span className="ml-1.5 font-normal text-muted">{optionalLabel}</span>}
      </BaseField.Label>
      {children}
      {hint && !error && <BaseField.Description className="text-muted text-xs">{hint}</BaseField.Description>}
      {error && (
        <BaseField.Error match className="flex items-start gap-1.5 text-danger-text text-xs">
          <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden="true" />
          <span>{error}</span>
        </BaseField.Error>
      )}
    </BaseField.Root>
  );
}
