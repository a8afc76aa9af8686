'use client';
/** The inside of what opens over the page: title, words, content that scrolls, actions that stay. */
import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { buttonStyle } from './button-style.ts';

export const scrimStyle = 'fixed inset-0 z-40 bg-scrim transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0';

interface DialogFrameProps {
  title: ReactNode;
  description?: ReactNode;
  /** Shown beside the title, before the close button. */
  headerActions?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
}

export function DialogFrame({ title, description, headerActions, footer, children }: DialogFrameProps) {
  const t = useTranslations('common');
  return (
    <>
      <header className="flex items-start gap-2 px-5 pt-4 pb-3">
        <div className="min-w-0 flex-1">
          <BaseDialog.Title className="font-medium text-base">{title}</BaseDialog.Title>
          {description && <BaseDialog.Description className="mt-1 text-muted text-sm">{description}</BaseDialog.Description>}
        </div>
        {headerActions}
        <BaseDialog.Close
          aria-label={t('close')}
          className={buttonStyle({ variant: 'quiet', size: 'sm', shape: 'icon', className: '-mr-2 -mt-1' })}
        >
          <X aria-hidden="true" />
        </BaseDialog.Close>
      </header>
      {children !== undefined && <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pb-5">{children}</div>}
      {footer && <footer className="flex flex-wrap items-center justify-end gap-2 border-line border-t px-5 py-3">{footer}</footer>}
    </>
  );
}
