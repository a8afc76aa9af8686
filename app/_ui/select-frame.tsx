'use client';
/** The field of a select and the list that it opens: the same for one choice and for several. */
import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { inputStyle } from './input-style.ts';
import { choiceStyle, popupStyle } from './popup-style.ts';

interface SelectFrameProps {
  /** Shows what is chosen. */
  value: ReactNode;
  /** The choices. */
  children: ReactNode;
  id?: string | undefined;
  'aria-label'?: string | undefined;
  className?: string | undefined;
}

export function SelectFrame(props: SelectFrameProps) {
  return (
    <>
      <BaseSelect.Trigger
        id={props.id}
        aria-label={props['aria-label']}
        className={cn(inputStyle, 'flex h-9 items-center justify-between gap-2 text-left', props.className)}
      >
        {props.value}
        <BaseSelect.Icon className="text-muted">
          <ChevronsUpDown className="size-4" aria-hidden="true" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <BaseSelect.Popup
            className={cn(popupStyle, 'max-h-[min(20rem,var(--available-height))] min-w-[var(--anchor-width)] overflow-y-auto p-1')}
          >
            {props.children}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </>
  );
}

interface SelectChoiceProps {
  value: string;
  disabled?: boolean | undefined;
  children: ReactNode;
}

export function SelectChoice({ value, disabled, children }: SelectChoiceProps) {
  return (
    <BaseSelect.Item value={value} disabled={disabled} className={choiceStyle}>
      <BaseSelect.ItemText className="min-w-0 flex-1">{children}</BaseSelect.ItemText>
      <BaseSelect.ItemIndicator>
        <Check aria-hidden="true" />
      </BaseSelect.ItemIndicator>
    </BaseSelect.Item>
  );
}
