'use client';
/** Asks for a file, and has the browser fetch it. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#app/_api/error-text.ts';
import { toast } from '#app/_ui/toaster.tsx';
import type { ExportFormat } from '#server/domain/export.ts';
import { downloadFrom } from './download.ts';

/** `ask` answers the address of the file, under this installation. */
export function useExport(slug: string, ask: (format: ExportFormat) => Promise<{ url: string }>) {
  const t = useTranslations('exports');
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const fetchFile = async (format: ExportFormat): Promise<void> => {
    setBusy(true);
    try {
      const { url } = await ask(format);
      downloadFrom(`${url}?workspace=${encodeURIComponent(slug)}`);
      toast.success(t('started'));
    } catch (error) {
      toast.error(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, fetchFile };
}
