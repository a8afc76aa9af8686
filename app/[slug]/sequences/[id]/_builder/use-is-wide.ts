'use client';
/** Whether the page has room for a panel beside the line. Null until the browser is asked. */
import { useSyncExternalStore } from 'react';

const query = '(min-width: 64rem)';

export function useIsWide(): boolean | null {
  return useSyncExternalStore<boolean | null>(
    (onChange) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', onChange);
      return () => media.removeEventListener('change', onChange);
    },
    () => window.matchMedia(query).matches,
    () => null,
  );
}
