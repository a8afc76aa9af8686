'use client';
/** A little more, beside what was pressed: a filter, a picker, a definition. */
import { Popover as BasePopover } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { cn } from './class-names.ts';
import { popupStyle } from './popup-style.ts';

interface PopoverProps {
  trigger: ReactElement<Record<string, unknown>>;
  title: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: 'start' | 'center' | 'end';
  className?: string;
  children: ReactNode;
}

export function Popover({ trigger, title, open, onOpenChange, align = 'start', className, children }: PopoverProps) {
  return (
    <BasePopover.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner sideOffset={4} align={align} className="z-50">
          <BasePopover.Popup
            className={cn(popupStyle, 'max-h-[var(--available-height)] w-80 max-w-[calc(100vw-2rem)] overflow-y-auto p-3', className)}
          >
            <BasePopover.Title className="sr-only">{title}</BasePopover.Title>
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
