'use client';
/** One choice of many, searched as one types. The caller searches (on the server, debounced) by `onSearch`
 *  and hands in what was found as `options`; `selected` is shown even when it is not among them. */
import { Combobox as BaseCombobox } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { inputStyle } from './input-style.ts';
import { choiceStyle, popupStyle } from './popup-style.ts';
import { Spinner } from './spinner.tsx';

export interface ComboboxOption {
  value: string;
  label: string;
  hint?: ReactNode;
}

interface ComboboxProps {
  options: readonly ComboboxOption[];
  selected: ComboboxOption | null;
  onSelect: (option: ComboboxOption | null) => void;
  /** Without it the options are all there are, and are filtered here. */
  onSearch?: (text: string) => void;
  loading?: boolean;
  placeholder?: string;
  disabled?: boolean;
  clearable?: boolean;
  'aria-label'?: string;
  className?: string;
}

export function Combobox(props: ComboboxProps) {
  const { options, selected, onSelect, onSearch, loading, placeholder, disabled, clearable = true, className } = props;
  const t = useTranslations('common');
  return (
    <BaseCombobox.Root
      items={options as ComboboxOption[]}
      value={selected}
      onValueChange={(option) => onSelect(option)}
      onInputValueChange={(text, details) => details.reason !== 'item-press' && onSearch?.(text)}
      itemToStringLabel={(option: ComboboxOption) => option.label}
      isItemEqualToValue={(a: ComboboxOption, b: ComboboxOption) => a.value === b.value}
      filter={onSearch ? null : undefined}
      disabled={disabled}
      autoHighlight
    >
      <BaseCombobox.InputGroup className={cn('relative', className)}>
        <BaseCombobox.Input aria-label={props['aria-label']} placeholder={placeholder} className={cn(inputStyle, 'h-9 pr-16')} />
        <span className="absolute inset-y-0 right-1 flex items-center text-muted">
          {clearable && (
            <BaseCombobox.Clear aria-label={t('clear')} className="flex size-7 items-center justify-center rounded-md hover:text-ink">
              <X className="size-4" aria-hidden="true" />
            </BaseCombobox.Clear>
          )}
          <BaseCombobox.Trigger aria-label={t('openChoices')} className="flex size-7 items-center justify-center rounded-md hover:text-ink">
            <ChevronsUpDown className="size-4" aria-hidden="true" />
          </BaseCombobox.Trigger>
        </span>
      </BaseCombobox.InputGroup>
      <BaseCombobox.Portal>
        <BaseCombobox.Positioner sideOffset={4} className="z-50 outline-none">
          <BaseCombobox.Popup className={cn(popupStyle, 'w-[var(--anchor-width)] max-w-[var(--available-width)] p-1')}>
            <BaseCombobox.Status className="px-2 text-muted">
              {loading && <Spinner className="py-2" label={t('searching')} />}
            </BaseCombobox.Status>
            {!loading && (
              <BaseCombobox.Empty>
                <p className="px-2 py-2 text-muted">{t('nothingFound')}</p>
              </BaseCombobox.Empty>
            )}
            <BaseCombobox.List className="max-h-[min(18rem,var(--available-height))] overflow-y-auto overscroll-contain outline-none">
              {(option: ComboboxOption) => (
                <BaseCombobox.Item key={option.value} value={option} className={choiceStyle}>
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">{option.label}</span>
                    {option.hint && <span className="block truncate text-muted text-xs">{option.hint}</span>}
                  </span>
                  <BaseCombobox.ItemIndicator>
                    <Check aria-hidden="true" />
                  </BaseCombobox.ItemIndicator>
                </BaseCombobox.Item>
              )}
            </BaseCombobox.List>
          </BaseCombobox.Popup>
        </BaseCombobox.Positioner>
      </BaseCombobox.Portal>
    </BaseCombobox.Root>
  );
}
