'use client';
/** Why rules of time were refused: by name, where sequences stand in the way. */
import { TRPCClientError } from '@trpc/client';
import { useTranslations } from 'next-intl';
import { useErrorText } from '#app/_api/error-text.ts';

export function useRulesErrorText(): (error: unknown) => string {
  const t = useTranslations('calendars.refused');
  const errorText = useErrorText();
  return (error) => {
    const details = detailsOf(error);
    const names = (details?.sequences ?? []).map((sequence) => sequence.name).join(', ');
    if (names !== '') return t(details?.reason === 'neverOpens' ? 'neverOpens' : 'inUse', { names });
    if (details?.reason === 'neverOpens') return t('noHour');
    if (details?.field === 'name') return t('nameTaken');
    return errorText(error);
  };
}

interface Details {
  readonly sequences?: readonly { readonly name: string }[];
  readonly reason?: string;
  readonly field?: string;
}

function detailsOf(error: unknown): Details | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  return (error.data as { domain?: { details?: Details } } | undefined)?.domain?.details;
}
