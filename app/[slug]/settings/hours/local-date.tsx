'use client';
/** A calendar date on screen: it belongs to no zone. "sex, 25 dez 2026", or without its year beneath a heading that has it. */
import { useLocale } from 'next-intl';
import { formatDate } from '#app/_ui/format-date.ts';
import { useReaderTime } from '#app/_ui/reader-time.tsx';

export function LocalDate({ on, underYear = false }: { on: string; underYear?: boolean }) {
  const locale = useLocale();
  const { now } = useReaderTime();
  const noon = new Date(`${on}T12:00:00Z`);
  const text = formatDate(noon, { locale, zone: 'UTC', readerZone: 'UTC', now: underYear ? noon : now, style: 'date' });
  return <time dateTime={on}>{text}</time>;
}
