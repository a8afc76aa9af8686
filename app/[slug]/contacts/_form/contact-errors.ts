'use client';
/** What the server refused about a contact, put where it belongs in the form. */
import { TRPCClientError } from '@trpc/client';
import { useTranslations } from 'next-intl';
import { useErrorText } from '#app/_api/error-text.ts';
import type { AppRouter } from '#server/api/root.ts';

export interface ContactErrors {
  /** The words for the field named so, if it is the one. */
  of: (field: string) => string | undefined;
  taken: { field: string; contactId: string | null; name: string } | null;
  /** What belongs to no field. */
  general: string | null;
}

export function useContactErrors(error: unknown): ContactErrors {
  const t = useTranslations('contacts');
  const errorText = useErrorText();
  if (!error) return { of: () => undefined, taken: null, general: null };
  const domain = error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data?.domain : null;
  const details = domain?.details ?? {};
  const text = (name: string): string => (typeof details[name] === 'string' ? details[name] : '');
  if (domain?.code === 'alreadyExists') {
    const taken = { field: text('field'), contactId: text('contactId') || null, name: text('name') || t('unnamed') };
    return { of: () => undefined, taken, general: null };
  }
  const problem = `problems.${text('problem')}` as 'problems.phoneInvalid';
  if (domain?.code === 'invalid' && t.has(problem)) {
    return { of: (field) => (field === text('field') ? t(problem) : undefined), taken: null, general: null };
  }
  return { of: () => undefined, taken: null, general: errorText(error) };
}
