'use client';
/** Where and when the reader is: the zone of their browser and the server's present. `DateTime` asks here.
 *  The zone is kept in a cookie, so that from the second page on the server writes the reader's own times. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { readerZoneCookie } from './reader-zone-cookie.ts';

interface ReaderTime {
  zone: string;
  now: Date;
}

const ReaderTimeContext = createContext<ReaderTime | null>(null);

/** `zone`: from the cookie, else the workspace's. `now`: ISO, UTC, by the database's clock. */
export function ReaderTimeProvider({ zone, now, children }: { zone: string; now: string; children: ReactNode }) {
  const [ownZone, setOwnZone] = useState(zone);
  useEffect(() => {
    const browserZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    setOwnZone(browserZone);
    // document.cookie, since the Cookie Store API is missing in Safari and Firefox
    document.cookie = `${readerZoneCookie}=${browserZone}; path=/; max-age=31536000; samesite=lax`;
  }, []);
  const value = useMemo(() => ({ zone: ownZone, now: new Date(now) }), [ownZone, now]);
  return <ReaderTimeContext value={value}>{children}</ReaderTimeContext>;
}

export function useReaderTime(): ReaderTime {
  const value = useContext(ReaderTimeContext);
  if (!value) throw new Error('DateTime needs a ReaderTimeProvider above it.');
  return value;
}
