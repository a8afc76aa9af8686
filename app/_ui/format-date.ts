/** The one formatter of dates and times. Parts come from Intl and are put together here, so that server and browser write
 *  the same characters. Always with the day; the zone is named where it is not the reader's. */

import { zoneName } from './zone-name.ts';

export type DateStyle =
  /** "seg, 23 nov, 09:00": the year only where it is not the present one. */
  | 'dateTime'
  /** "seg, 23 nov" */
  | 'date'
  /** "seg 09:00": where the date does not matter, only the day of the week. */
  | 'weekdayTime'
  /** "09:00": only beside a day that stands there already. */
  | 'time';

export interface DateFormat {
  locale: string;
  /** The IANA zone that matters for this instant. */
  zone: string;
  /** The reader's own zone: where it differs, `zone` is named. Null: always name it. */
  readerZone: string | null;
  /** The present instant, to leave out the year. */
  now: Date;
  style?: DateStyle;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(locale: string, zone: string): Intl.DateTimeFormat {
  const key = `${locale} ${zone}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      weekday: 'short',
      day: '2-digit',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(key, format);
  }
  return format;
}

function partsOf(at: Date, locale: string, zone: string) {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of partsFormat(locale, zone).formatToParts(at)) parts[part.type] = part.value.replace('.', '');
  const word = (name: Intl.DateTimeFormatPartTypes) => parts[name] ?? '';
  return {
    weekday: word('weekday'),
    day: word('day'),
    month: word('month'),
    year: word('year'),
    time: `${word('hour')}:${word('minute')}`,
  };
}

export function formatDate(at: Date, format: DateFormat): string {
  const { locale, zone, readerZone, now, style = 'dateTime' } = format;
  const parts = partsOf(at, locale, zone);
  const year = parts.year === partsOf(now, locale, zone).year ? '' : ` ${parts.year}`;
  const day = `${parts.weekday}, ${parts.day} ${parts.month}${year}`;
  const texts: Record<DateStyle, string> = {
    dateTime: `${day}, ${parts.time}`,
    date: day,
    weekdayTime: `${parts.weekday} ${parts.time}`,
    time: parts.time,
  };
  const text = texts[style];
  return style === 'date' || zone === readerZone ? text : `${text} (${zoneName(zone)})`;
}
