'use client';
/** Whether phone and mailbox fit beside each other. False on the server and until the page is alive. */
import { useSyncExternalStore } from 'react';

const query = '(min-width: 72rem)';

function subscribe(onChange: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener('change', onChange);
  return () => media.removeEventListener('change', onChange);
}

export function useWideScreen(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  );
}
