'use client';
import { useTranslations } from 'next-intl';

/** A reason code of a row in words. */
export function useReasonText(): (code: string) => string {
  const t = useTranslations('imports.reasons');
  return (code) => {
    const key = code as 'other';
    return t(t.has(key) ? key : 'other');
  };
}
