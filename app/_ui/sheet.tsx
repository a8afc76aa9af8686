'use client';
/** A panel beside the work: from the right on wide screens, the whole screen on phones. Without `modal` the page stays usable. */
import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import type { ComponentProps, ReactElement } from 'react';
import { cn } from './class-names.ts';
import { DialogFrame, scrimStyle } from './dialog-frame.tsx';

type SheetProps = ComponentProps<typeof DialogFrame> & {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: ReactElement<Record<string, unknown>>;
  modal?: boolean;
  size?: 'md' | 'lg';
  /** What has the focus at first; without it, or where it finds nothing, the first control. */
  initialFocus?: () => HTMLElement | null | undefined;
};

export function Sheet({ open, onOpenChange, trigger, modal = true, size = 'md', initialFocus, ...frame }: SheetProps) {
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => onOpenChange?.(next)} modal={modal} disablePointerDismissal={!modal}>
      {trigger && <BaseDialog.Trigger render={trigger} />}
      <BaseDialog.Portal>
        {modal && <BaseDialog.Backdrop className={scrimStyle} />}
        <BaseDialog.Popup
          {...(initialFocus && { initialFocus: () => initialFocus() ?? true })}
          className={cn(
            'fixed inset-y-0 right-0 z-50 flex w-full flex-col border-line border-l bg-raised shadow-float outline-none',
            'transition-[translate,opacity] ease-out data-[ending-style]:translate-x-8 data-[starting-style]:translate-x-8 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0',
            size === 'md' ? 'sm:max-w-md' : 'sm:max-w-2xl',
          )}
        >
          <DialogFrame {...frame} />
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
