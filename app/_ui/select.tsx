'use client';
/** One choice of a few. For many, or for what must be searched, take `Combobox`. */
import { Select as BaseSelect } from '@base-ui/react/select';
import type { ReactNode } from 'react';
import { SelectChoice, SelectFrame } from './select-frame.tsx';

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  hint?: ReactNode;
  disabled?: boolean;
}

interface SelectProps<Value extends string> {
  options: readonly SelectOption<Value>[];
  value: Value | null;
  onValueChange: (value: Value) => void;
  placeholder?: string;
  disabled?: boolean;
  name?: string;
  id?: string;
  'aria-label'?: string;
  className?: string;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, onValueChange, placeholder, disabled, name, id, className } = props;
  return (
    <BaseSelect.Root
      items={options as SelectOption<Value>[]}
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next)}
      disabled={disabled}
      name={name}
      modal={false}
    >
      <SelectFrame
        id={id}
        aria-label={props['aria-label']}
        className={className}
        value={<BaseSelect.Value className="min-w-0 truncate data-[placeholder]:text-muted" placeholder={placeholder} />}
      >
        {options.map((option) => (
          <SelectChoice key={option.value} value={option.value} disabled={option.disabled}>
            <span className="block">{option.label}</span>
            {option.hint && <span className="block text-muted text-xs">{option.hint}</span>}
          </SelectChoice>
        ))}
      </SelectFrame>
    </BaseSelect.Root>
  );
}
