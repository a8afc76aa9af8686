'use client';
/** Until when a draft and its file are kept. */
import { useTranslations } from 'next-intl';
import { DateTime } from '#app/_ui/date-time.tsx';

export function KeptUntil({ at }: { at: string }) {
  const t = useTranslations('imports.draft');
  return (
    <span className="text-muted text-xs">
      {t('keptUntil')} <DateTime at={at} style="date" />
    </span>
  );
}
