'use client';
/** What keeps a channel account from sending, by its stable code, in the reader's language. */
import { useTranslations } from 'next-intl';

/** A code that no catalogue knows is shown as it is. */
export function useChannelProblemText(): (code: string) => string {
  const t = useTranslations('channels.problems');
  return (code) => {
    const key = code as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key) : code;
  };
}
