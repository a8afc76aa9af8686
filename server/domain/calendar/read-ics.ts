/** Dates out of an iCalendar file (RFC 5545), as calendars export their holidays: all-day events, repeated ones among them. */
import ICAL from 'ical.js';
import { dateOfDay, dayOfDate } from '#server/domain/time/wall-clock.ts';
import { firstCalendarYear, lastCalendarYear, mostOwnDates, type OwnDate } from './schema.ts';

/** `refused`: events that are no whole days, or that cannot be read; `at` is the place of the event in the file, from 1. */
export interface ReadIcs {
  readonly dates: readonly OwnDate[];
  readonly refused: readonly { readonly at: number; readonly name: string; readonly reason: IcsRefusal }[];
}

/** `notAllDay`: it has hours. `unreadable`: its dates make no sense. `outOfRange`: before or after the years of calendars.
 *  `tooMany`: more dates than a calendar holds. */
export type IcsRefusal = 'notAllDay' | 'unreadable' | 'outOfRange' | 'tooMany';

/** The longest event that counts as days off, and how often a repeated event is followed. */
const longestDays = 366;
const mostOccurrences = 20_000;

/** Null when the text is no iCalendar file. Each date with one name comes once, in order. */
export function readIcs(text: string): ReadIcs | null {
  const events = eventsOf(text);
  if (!events) return null;
  const dates = new Map<string, OwnDate>();
  const refused: { at: number; name: string; reason: IcsRefusal }[] = [];
  for (const [index, component] of events.entries()) {
    const found = readEvent(component);
    if (typeof found === 'string') refused.push({ at: index + 1, name: nameOf(component), reason: found });
    else if (dates.size + found.length > mostOwnDates) refused.push({ at: index + 1, name: nameOf(component), reason: 'tooMany' });
    else for (const date of found) dates.set(`${date.on} ${date.name}`, date);
  }
  return { dates: [...dates.values()].sort((a, b) => a.on.localeCompare(b.on)), refused };
}

function eventsOf(text: string): ICAL.Component[] | null {
  try {
    const parsed = ICAL.parse(text.replace(/^\uFEFF/, '').trim()) as unknown[];
    const calendars = typeof parsed[0] === 'string' ? [parsed] : (parsed as unknown[][]);
    const roots = calendars.map((calendar) => new ICAL.Component(calendar as [string, unknown[], unknown[]]));
    if (roots.length === 0 || roots.some((root) => root.name !== 'vcalendar')) return null;
    return roots.flatMap((root) => root.getAllSubcomponents('vevent'));
  } catch {
    return null;
  }
}

function readEvent(component: ICAL.Component): OwnDate[] | IcsRefusal {
  try {
    const event = new ICAL.Event(component);
    const { startDate } = event;
    if (!startDate) return 'unreadable';
    const length = daysOf(event);
    if (length === null) return 'notAllDay';
    if (length > longestDays) return 'unreadable';
    const dates = startsOf(event).flatMap((start) =>
      Array.from({ length }, (_, n) => ({ on: dateOfDay(start + n), name: nameOf(component) })),
    );
    const inRange = dates.filter(({ on }) => on >= `${firstCalendarYear}-01-01` && on <= `${lastCalendarYear}-12-31`);
    return inRange.length === 0 ? 'outOfRange' : inRange;
  } catch {
    return 'unreadable';
  }
}

/** Whole days of an event; null when it has hours. Midnight to midnight counts as whole days too, as Outlook writes them. */
function daysOf(event: ICAL.Event): number | null {
  const { startDate, duration } = event;
  const seconds = duration.toSeconds();
  if (startDate.isDate) return Math.max(1, Math.round(seconds / 86_400));
  const isMidnight = startDate.hour === 0 && startDate.minute === 0 && startDate.second === 0;
  return isMidnight && seconds > 0 && seconds % 86_400 === 0 ? seconds / 86_400 : null;
}

/** Days since 1970-01-01 on which the event begins, by its own local date, up to the last year of calendars. */
function startsOf(event: ICAL.Event): number[] {
  if (!event.isRecurring()) return [dayOf(event.startDate)];
  const starts: number[] = [];
  const occurrences = event.iterator();
  for (let n = 0; n < mostOccurrences; n++) {
    const next = occurrences.next() as ICAL.Time | undefined;
    if (!next || next.year > lastCalendarYear || starts.length >= mostOwnDates) break;
    if (next.year >= firstCalendarYear) starts.push(dayOf(next));
  }
  return starts;
}

function dayOf(time: ICAL.Time): number {
  const [year, month, day] = [time.year, time.month, time.day].map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0'));
  return dayOfDate(`${year}-${month}-${day}`);
}

function nameOf(component: ICAL.Component): string {
  const summary = component.getFirstPropertyValue('summary');
  const text = typeof summary === 'string' ? summary.trim().replace(/\s+/g, ' ') : '';
  return (text || '—').slice(0, 120);
}
