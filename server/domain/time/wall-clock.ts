/** Between instants and the wall clock of a zone. A wall time is a number: the epoch milliseconds at which a clock in
 *  UTC would show the same date and time; so days, weekdays and times of day are plain division. */
import { DAY_MS, MINUTE_MS, offsetAt } from './offsets.ts';
import { type Weekday, weekdays } from './schema.ts';

/** What the clock of `zone` shows at the instant `at` (epoch ms). */
export function wallAt(at: number, zone: string): number {
  return at + offsetAt(at, zone);
}

/** The instant at which the clock of `zone` shows `wall`, and whether that reading exists. A reading that is skipped is
 *  taken with the offset before the gap (02:30 becomes 03:30), one that happens twice is its first occurrence.
 *  Source: RFC 5545 §3.3.5, Temporal's `compatible`. */
export function instantOfWall(wall: number, zone: string): { readonly at: number; readonly skipped: boolean } {
  const earlier = offsetAt(wall - DAY_MS, zone);
  const later = offsetAt(wall + DAY_MS, zone);
  const candidates = [wall - Math.max(earlier, later), wall - Math.min(earlier, later)];
  for (const at of candidates) {
    if (wallAt(at, zone) === wall) return { at, skipped: false };
  }
  return { at: wall - earlier, skipped: true };
}

/** Days since 1970-01-01 of a wall time. */
export function dayOfWall(wall: number): number {
  return Math.floor(wall / DAY_MS);
}

/** 0 for Monday to 6 for Sunday. 1970-01-01 was a Thursday. */
export function weekdayOfDay(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

export function weekdayNameOfDay(day: number): Weekday {
  return weekdays[weekdayOfDay(day)] as Weekday;
}

/** Whether the calendar of `zone` has this day at all: Samoa had no 30 December 2011. */
export function dayExists(day: number, zone: string): boolean {
  const noon = instantOfWall(day * DAY_MS + DAY_MS / 2, zone).at;
  return dayOfWall(wallAt(noon, zone)) === day;
}

/** Days since 1970-01-01 of `YYYY-MM-DD`. */
export function dayOfDate(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

/** `YYYY-MM-DD` of days since 1970-01-01. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Minutes since midnight of `HH:MM`, up to 1,440 for `24:00`. */
export function minutesOfTime(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** `HH:MM` of minutes since midnight. */
export function timeOfMinutes(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

export function ceilToMinute(at: number): number {
  return Math.ceil(at / MINUTE_MS) * MINUTE_MS;
}

export function floorToMinute(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}
