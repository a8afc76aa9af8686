'use client';
/** A question or a short form that needs an answer before work goes on. For work that goes on beside, take `Sheet`. */
import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { type ComponentProps, type ReactElement, useRef } from 'react';
import { cn } from './class-names.ts';
import { DialogFrame, scrimStyle } from './dialog-frame.tsx';

type DialogProps = ComponentProps<typeof DialogFrame> & {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The button that opens it, where the dialog keeps its own state. */
  trigger?: ReactElement<Record<string, unknown>>;
  size?: 'md' | 'lg' | 'xl';
};

const widths = { md: 'max-w-md', lg: 'max-w-2xl', xl: 'max-w-5xl' } as const;

export function Dialog({ open, onOpenChange, trigger, size = 'md', ...frame }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      {trigger && <BaseDialog.Trigger render={trigger} />}
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={scrimStyle} />
        <BaseDialog.Popup
          ref={popup}
          initialFocus={() => popup.current?.querySelector<HTMLElement>('input, textarea') ?? true}
          className={cn(
            '-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] flex-col rounded-md bg-raised shadow-float outline-none',
            'transition-[opacity,scale] data-[ending-style]:scale-98 data-[starting-style]:scale-98 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0',
            widths[size],
          )}
        >
          <DialogFrame {...frame} />
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
