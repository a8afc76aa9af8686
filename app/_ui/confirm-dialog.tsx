'use client';
/** Asks before something is done that matters: says what, and how many it touches. The button carries the verb. */
import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useTranslations } from 'next-intl';
import { type ReactElement, type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { buttonStyle } from './button-style.ts';
import { scrimStyle } from './dialog-frame.tsx';

interface ConfirmDialogProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: ReactElement<Record<string, unknown>>;
  title: ReactNode;
  description?: ReactNode;
  /** More to choose or read before confirming. */
  children?: ReactNode;
  confirmLabel: string;
  /** Resolves when done: then the dialog closes. Rejects: it stays open, and whoever called shows why. */
  onConfirm: () => Promise<unknown> | void;
  destructive?: boolean;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useTranslations('common');
  const [ownOpen, setOwnOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const open = props.open ?? ownOpen;
  const setOpen = (next: boolean) => {
    setOwnOpen(next);
    props.onOpenChange?.(next);
  };
  const confirm = async () => {
    setBusy(true);
    try {
      await props.onConfirm();
      setOpen(false);
    } catch {
      // Whoever called has said why; the question stays.
    } finally {
      setBusy(false);
    }
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !busy && setOpen(next)}>
      {props.trigger && <AlertDialog.Trigger render={props.trigger} />}
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={scrimStyle} />
        <AlertDialog.Popup className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md flex-col gap-3 overflow-y-auto rounded-md bg-raised p-5 shadow-float outline-none transition-[opacity,scale] data-[ending-style]:scale-98 data-[starting-style]:scale-98 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
          <AlertDialog.Title className="font-medium text-base">{props.title}</AlertDialog.Title>
          {props.description && <AlertDialog.Description className="text-muted">{props.description}</AlertDialog.Description>}
          {props.children}
          <div className="mt-2 flex flex-wrap justify-end gap-2">
            <AlertDialog.Close disabled={busy} className={buttonStyle()}>
              {t('cancel')}
            </AlertDialog.Close>
            <Button variant={props.destructive ? 'danger' : 'primary'} busy={busy} onClick={() => void confirm()}>
              {props.confirmLabel}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
