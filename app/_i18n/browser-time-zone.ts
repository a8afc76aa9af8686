'use client';
import { useSyncExternalStore } from 'react';

/** The IANA zone of the reader's browser; `America/Sao_Paulo` while the server renders. */
export function useBrowserTimeZone(): string {
  return useSyncExternalStore(
    () => () => {},
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'America/Sao_Paulo',
  );
}
