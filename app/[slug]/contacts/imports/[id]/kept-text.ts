'use client';
import { useTranslations } from 'next-intl';

/** Why a row could not be undone, in words. */
export function useKeptText(): (code: string) => string {
  const t = useTranslations('imports.run.keptReasons');
  return (code) => {
    const key = code as 'other';
    return t(t.has(key) ? key : 'other');
  };
}
