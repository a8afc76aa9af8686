'use client';
/** One choice of a few. For many, or for what must be searched, take `Combobox`. */
import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { inputStyle } from './input-style.ts';
import { choiceStyle, popupStyle } from './popup-style.ts';

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
      <BaseSelect.Trigger
        id={id}
        aria-label={props['aria-label']}
        className={cn(inputStyle, 'flex h-9 items-center justify-between gap-2 text-left', className)}
      >
        <BaseSelect.Value className="min-w-0 truncate data-[placeholder]:text-muted" placeholder={placeholder} />
        <BaseSelect.Icon className="text-muted">
          <ChevronsUpDown className="size-4" aria-hidden="true" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <BaseSelect.Popup
            className={cn(popupStyle, 'max-h-[min(20rem,var(--available-height))] min-w-[var(--anchor-width)] overflow-y-auto p-1')}
          >
            {options.map((option) => (
              <BaseSelect.Item key={option.value} value={option.value} disabled={option.disabled} className={choiceStyle}>
                <BaseSelect.ItemText className="min-w-0 flex-1">
                  <span className="block">{option.label}</span>
                  {option.hint && <span className="block text-muted text-xs">{option.hint}</span>}
                </BaseSelect.ItemText>
                <BaseSelect.ItemIndicator>
                  <Check aria-hidden="true" />
                </BaseSelect.ItemIndicator>
              </BaseSelect.Item>
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
