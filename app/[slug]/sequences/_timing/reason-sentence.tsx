'use client';
/** Why an instant is not the one that was asked for, as one plain sentence; nothing where it is. */
import { useLocale, useTranslations } from 'next-intl';
import { DateTime } from '#app/_ui/date-time.tsx';
import type { NamedDate } from '#server/domain/calendar/holidays-between.ts';
import { reasonsText } from './reason-text.ts';

interface ReasonSentenceProps {
  /** The instant that was planned first: ISO, UTC; null where nothing moved. */
  from: string | null;
  reasons: readonly string[];
  zone: string;
  /** The holidays that it was moved over, to be named. */
  holidays?: readonly NamedDate[] | undefined;
}

export function ReasonSentence({ from, reasons, zone, holidays }: ReasonSentenceProps) {
  const t = useTranslations('time');
  const locale = useLocale();
  if (reasons.length === 0) return null;
  const words = reasonsText(reasons, { t, locale, holidays });
  return (
    <p className="text-waiting text-xs">
      {from === null
        ? t('movedNoFrom', { reasons: words })
        : t.rich('moved', { from: () => <DateTime at={from} zone={zone} />, reasons: words })}
    </p>
  );
}
