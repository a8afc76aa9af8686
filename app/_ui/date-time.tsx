'use client';
/** An instant on screen: in `zone` where one matters (a contact's), else in the reader's. The full instant is its title. */
import { useLocale } from 'next-intl';
import { type DateStyle, formatDate } from './format-date.ts';
import { useReaderTime } from './reader-time.tsx';

interface DateTimeProps {
  /** ISO, UTC. */
  at: string;
  zone?: string | null;
  style?: DateStyle;
  className?: string;
}

export function DateTime({ at, zone, style, className }: DateTimeProps) {
  const locale = useLocale();
  const reader = useReaderTime();
  const instant = new Date(at);
  const text = formatDate(instant, { locale, zone: zone ?? reader.zone, readerZone: reader.zone, now: reader.now, style });
  return (
    <time dateTime={instant.toISOString()} title={instant.toISOString()} className={className}>
      {text}
    </time>
  );
}
