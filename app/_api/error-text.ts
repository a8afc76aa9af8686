'use client';
/** What a failed call says to a person: by the code of the domain error, in their language. */
import { TRPCClientError } from '@trpc/client';
import { useTranslations } from 'next-intl';
import type { AppRouter } from '#server/api/root.ts';

type ApiError = TRPCClientError<AppRouter>;

/** Looks up `errors.reasons.<details.reason>` or `.<details.problem>`, else `errors.<code>`; without an answer from the server, `errors.network`. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations('errors');
  return (error) => {
    if (!(error instanceof TRPCClientError)) return t('internal');
    const data = (error as ApiError).data;
    if (!data) return t('network');
    const details = data.domain?.details ?? {};
    const reason = `reasons.${String(details['reason'] ?? details['problem'])}` as Parameters<typeof t.has>[0];
    if (t.has(reason)) return t(reason as 'internal');
    if (data.domain) return t(data.domain.code);
    return t(data.invalid ? 'invalid' : 'internal');
  };
}

/** The domain error code of a failed call, or null. */
export function errorCodeOf(error: unknown): string | null {
  return error instanceof TRPCClientError ? ((error as ApiError).data?.domain?.code ?? null) : null;
}
