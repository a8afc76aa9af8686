'use client';
import { useTranslations } from 'next-intl';
import type { RefusedCell } from '#server/domain/contact-csv/refused-cell.ts';
import { faultyCellText, reasonText, refusalText } from './refusal-text.ts';

/** A reason code of a row in words. */
export function useReasonText(): (code: string) => string {
  const t = useTranslations('imports');
  return (code) => reasonText(t, code);
}

/** The cell at fault, with the whole reason or without it. */
export function useFaultText(): (code: string, cell: RefusedCell | null, withReason: boolean) => string {
  const t = useTranslations('imports');
  return (code, cell, withReason) => (withReason ? refusalText : faultyCellText)(t, code, cell);
}
