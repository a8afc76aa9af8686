'use client';
/** Whose refused rows come back mended. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useApi } from '#app/_api/client.tsx';
import type { Mended } from './choices.ts';

/** How the import was done that is mended; null when there is none, or it is gone. */
export function useMended(mends: string | null): Mended | null {
  const api = useApi();
  const found = useQuery(api.imports.suggestedOptions.queryOptions({ id: mends ?? '' }, { enabled: mends !== null, retry: false }));
  return found.data ?? null;
}

export function MendedNote({ mended }: { mended: Mended | null }) {
  const t = useTranslations('imports.mended');
  return mended && <p className="-mt-4 mb-6 max-w-2xl break-words text-muted">{t('note', { file: mended.fileName })}</p>;
}
