'use client';
/** Which columns the list shows: chosen in this browser, and kept there. */
import { useCallback, useSyncExternalStore } from 'react';

const place = 'andante.contactColumns';
const changed = 'andante:contact-columns';
const standard = 'phone,email,tags,zone,createdAt';

export function useChosenColumns(): [ReadonlySet<string>, (columns: ReadonlySet<string>) => void] {
  const stored = useSyncExternalStore(subscribe, read, () => standard);
  const choose = useCallback((columns: ReadonlySet<string>) => {
    try {
      localStorage.setItem(place, [...columns].join(','));
    } catch {
      // A browser that keeps nothing shows the standard columns.
    }
    dispatchEvent(new Event(changed));
  }, []);
  return [new Set(stored.split(',').filter(Boolean)), choose];
}

function read(): string {
  try {
    return localStorage.getItem(place) ?? standard;
  } catch {
    return standard;
  }
}

function subscribe(onChange: () => void): () => void {
  addEventListener(changed, onChange);
  addEventListener('storage', onChange);
  return () => {
    removeEventListener(changed, onChange);
    removeEventListener('storage', onChange);
  };
}
