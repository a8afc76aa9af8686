'use client';
/** Codes of enrolments as words. Codes that this version does not know show as they are. */
import { useTranslations } from 'next-intl';

type Words = Parameters<ReturnType<typeof useTranslations<'enrolments'>>['has']>[0];

export function useEnrolmentWords() {
  const t = useTranslations('enrolments');
  const word = (group: 'exit' | 'skip' | 'hold' | 'source' | 'outcome' | 'controls.refusal', code: string): string => {
    const key = `${group}.${code}` as Words;
    return t.has(key) ? (t as (key: Words) => string)(key) : code;
  };
  return { t, word };
}
