'use client';
/** What is wrong with a file, in words; null for a failure that is not the file's. */
import { TRPCClientError } from '@trpc/client';
import { useTranslations } from 'next-intl';
import type { AppRouter } from '#server/api/root.ts';
import { UploadRefused } from './send-file.ts';

export function useFileProblemText(): (error: unknown) => string | null {
  const t = useTranslations('imports.choose');
  return (error) => {
    const problem = `problems.${problemIn(error)}` as 'problems.noFile';
    return t.has(problem) ? t(problem) : null;
  };
}

function problemIn(error: unknown): string {
  if (error instanceof UploadRefused) return error.problem ?? '';
  return error instanceof TRPCClientError ? String((error as TRPCClientError<AppRouter>).data?.domain?.details['problem']) : '';
}
