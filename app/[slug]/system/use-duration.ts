'use client';
/** A wait in the reader's words: seconds up to two minutes, then minutes. */
import { useTranslations } from 'next-intl';

export function useDuration(): (seconds: number) => string {
  const t = useTranslations('system');
  return (seconds) => (seconds < 120 ? t('duration', { seconds }) : t('durationMinutes', { minutes: Math.round(seconds / 60) }));
}
