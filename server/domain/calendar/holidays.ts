/** The days of a holiday calendar: worked out from the published rules of countries and states, and its own dates. */
import Holidays, { type HolidaysTypes } from 'date-holidays';
import type { ClosedDates } from '#server/domain/definition/compile.ts';
import { dateOfDay, dayOfDate } from '#server/domain/time/wall-clock.ts';
import { localName } from './holiday-names.ts';
import { type CalendarContent, firstCalendarYear, type HolidayKind, type HolidayOrigin, lastCalendarYear } from './schema.ts';

export interface CalendarDay {
  /** Local date. */
  readonly on: string;
  readonly name: string;
  readonly kind: HolidayKind;
  readonly origin: HolidayOrigin;
  /** The states that keep it, where it is not national. */
  readonly states: readonly string[];
  /** What `choices` knows it by; null for own dates. */
  readonly rule: string | null;
  /** Whether nothing is sent on it. */
  readonly closed: boolean;
}

const kinds: Record<HolidaysTypes.HolidayType, Exclude<HolidayKind, 'own'>> = {
  public: 'public',
  bank: 'optional',
  optional: 'optional',
  school: 'optional',
  observance: 'observance',
};
/** Where a country and its states see one day differently, the stronger view counts. */
const strength: Record<HolidayKind, number> = { observance: 0, optional: 1, public: 2, own: 3 };
const HOUR_MS = 3_600_000;

/** Every day that the calendar speaks of from `firstYear` to `lastYear`, in order of date. National and state holidays are
 *  united: a state's list may leave out what the country keeps. Names in `locale`. */
export function listCalendarDays(content: CalendarContent, years: { first: number; last: number }, locale: string): CalendarDay[] {
  const days = new Map<string, CalendarDay>();
  const { country } = content;
  if (country !== null) {
    for (const holiday of holidaysOf([country], years, locale)) addHoliday(days, holiday, null, content);
    for (const state of content.states) {
      for (const holiday of holidaysOf([country, state], years, locale)) addHoliday(days, holiday, state, content);
    }
  }
  for (const own of content.dates) {
    for (const on of datesOf(own, years)) {
      const day = { on, name: own.name, kind: 'own', origin: 'own', states: [], rule: null, closed: true } as const;
      days.set(`${on} own ${own.name}`, day);
    }
  }
  return [...days.values()].sort((a, b) => (a.on === b.on ? a.name.localeCompare(b.name) : a.on < b.on ? -1 : 1));
}

/** The dates that the calendar closes in the years that calendars are worked out for, each with its name. */
export function closedDatesOfCalendar(content: CalendarContent, locale: string): ClosedDates {
  const closed: Record<string, string> = {};
  for (const { on, name, closed: isClosed } of listCalendarDays(content, { first: firstCalendarYear, last: lastCalendarYear }, locale)) {
    if (!isClosed) continue;
    const known = closed[on];
    closed[on] = known === undefined ? name : known.split(' / ').includes(name) ? known : `${known} / ${name}`;
  }
  return closed;
}

interface DatedHoliday {
  readonly on: string;
  readonly name: string;
  readonly kind: Exclude<HolidayKind, 'own'>;
  readonly rule: string;
}

function holidaysOf(place: [country: string, state?: string], years: { first: number; last: number }, locale: string): DatedHoliday[] {
  const list = new Holidays(...(place as [string, string]), { languages: [...new Set([locale.slice(0, 2), 'en'])] });
  const found: DatedHoliday[] = [];
  for (let year = years.first; year <= years.last; year++) {
    for (const holiday of list.getHolidays(year)) {
      const { rule, type } = holiday;
      const name = localName(place[0], rule, locale) ?? holiday.name;
      for (const on of daysCovered(holiday)) {
        const inYear = Number(on.slice(0, 4));
        if (inYear >= years.first && inYear <= years.last) found.push({ on, name, kind: kinds[type], rule });
      }
    }
  }
  return found;
}

/** The local dates of a holiday. One that begins in the evening (from 17:00) for a whole day or more belongs to the days after. */
function daysCovered({ date, start, end }: HolidaysTypes.Holiday): string[] {
  const hours = Math.round((end.getTime() - start.getTime()) / HOUR_MS);
  const startHour = Number(date.slice(11, 13));
  const first = dayOfDate(date.slice(0, 10)) + (startHour >= 17 && hours >= 24 ? 1 : 0);
  const count = Math.max(1, Math.ceil((hours - (startHour > 0 && startHour < 17 ? 24 - startHour : 0)) / 24));
  return Array.from({ length: count }, (_, n) => dateOfDay(first + n));
}

function addHoliday(days: Map<string, CalendarDay>, holiday: DatedHoliday, state: string | null, content: CalendarContent): void {
  const { on, name, kind, rule } = holiday;
  const key = `${on} ${rule}`;
  const known = days.get(key);
  const isStronger = known === undefined || strength[kind] > strength[known.kind];
  if (known?.origin === 'national' && !isStronger) return;
  const strongest = isStronger ? kind : known.kind;
  const states = state === null ? [] : [...(known?.states ?? []), state];
  const closed = content.choices[rule] ?? strongest === 'public';
  days.set(key, { on, name, kind: strongest, origin: state === null ? 'national' : 'state', states, rule, closed });
}

function datesOf(own: CalendarContent['dates'][number], years: { first: number; last: number }): string[] {
  const year = Number(own.on.slice(0, 4));
  if (!own.everyYear) return year >= years.first && year <= years.last ? [own.on] : [];
  return Array.from({ length: years.last - years.first + 1 }, (_, n) => `${years.first + n}${own.on.slice(4)}`).filter(
    (on) => dateOfDay(dayOfDate(on)) === on,
  );
}
