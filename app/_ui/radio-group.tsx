'use client';
/** One of a few ways, all of them visible, each with a line that says what it does. */
import { Radio } from '@base-ui/react/radio';
import { RadioGroup as BaseRadioGroup } from '@base-ui/react/radio-group';
import { type ReactNode, useId } from 'react';
import { cn } from './class-names.ts';

export interface RadioOption<Value extends string> {
  value: Value;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

interface RadioGroupProps<Value extends string> {
  label: ReactNode;
  labelHidden?: boolean;
  options: readonly RadioOption<Value>[];
  value: Value;
  onValueChange: (value: Value) => void;
  disabled?: boolean;
  className?: string;
}

export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, labelHidden, options, value, onValueChange, disabled, className } = props;
  const labelId = useId();
  return (
    <div className={cn('flex flex-col gap-2', className)}>
      <span id={labelId} className={labelHidden ? 'sr-only' : 'font-medium'}>
        {label}
      </span>
      <BaseRadioGroup
        aria-labelledby={labelId}
        value={value}
        onValueChange={(next) => onValueChange(next as Value)}
        disabled={disabled}
        className="flex flex-col gap-2"
      >
        {options.map((option) => (
          <label key={option.value} className={cn('flex items-start gap-2.5', (disabled || option.disabled) && 'text-muted')}>
            <span className="flex h-5 items-center">
              <Radio.Root
                value={option.value}
                disabled={option.disabled}
                className="flex size-4 items-center justify-center rounded-full border border-line-strong bg-raised transition-colors hover:border-ink data-[checked]:border-ink data-[disabled]:opacity-50"
              >
                <Radio.Indicator className="size-2 rounded-full bg-ink" />
              </Radio.Root>
            </span>
            <span className="min-w-0">
              {option.label}
              {option.hint && <span className="block text-muted text-xs">{option.hint}</span>}
            </span>
          </label>
        ))}
      </BaseRadioGroup>
    </div>
  );
}
