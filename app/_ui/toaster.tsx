'use client';
/** Short words after an act: the verb of the button, done ("Publicar" → "Publicada"). `toast` is sonner's. */
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Toaster as Sonner } from 'sonner';
import { Spinner } from './spinner.tsx';

export { toast } from 'sonner';

export function Toaster() {
  const t = useTranslations('common');
  return (
    <Sonner
      position="bottom-center"
      mobileOffset={{ bottom: 76 }}
      style={{ fontFamily: 'var(--font-sans)' }}
      containerAriaLabel={t('notifications')}
      icons={{ success: <CircleCheck className="size-4" />, error: <CircleAlert className="size-4" />, loading: <Spinner /> }}
      toastOptions={{
        unstyled: true,
        closeButton: false,
        classNames: {
          toast: 'flex w-[356px] max-w-[calc(100vw-2rem)] items-start gap-2.5 rounded-md bg-ink px-4 py-3 text-paper text-sm shadow-float',
          icon: 'mt-0.5',
          content: 'min-w-0 flex-1',
          description: 'mt-0.5 opacity-85',
          actionButton: 'shrink-0 rounded-md font-medium underline underline-offset-4',
        },
      }}
    />
  );
}
