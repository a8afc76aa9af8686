/** When sending is allowed: the effective window is sequence ∩ step ∩ NOT quiet hours ∩ NOT closed dates, in the wall
 *  clock of one zone. An instant is inside when its own local wall time is; moving means the first allowed instant. */
import { DAY_MS, firstChange, MINUTE_MS } from './offsets.ts';
import type { Window } from './schema.ts';
import { dayOfDate, dayOfWall, wallAt, weekdayOfDay } from './wall-clock.ts';
import { complement, intersection, isEmptyWeek, openingWeekOf, type Week, weekOf, wholeWeek } from './week.ts';

export const windowRules = ['window', 'stepWindow', 'quietHours', 'holiday'] as const;
/** The rules that can close an hour: the sequence's window, the step's, the workspace's quiet hours, a closed date. */
export type WindowRule = (typeof windowRules)[number];

export interface WindowParts {
  readonly sequence?: Window | null | undefined;
  readonly step?: Window | null | undefined;
  /** Hours in which nothing may be sent, over all sequences of the workspace. */
  readonly quietHours?: Window | null | undefined;
  /** Local dates (`YYYY-MM-DD`) on which nothing may be sent. */
  readonly closedDates?: Iterable<string> | undefined;
}

export interface EffectiveWindow {
  readonly week: Week;
  /** The hours in which blocks open, on the weekday that they belong to. */
  readonly openingWeek: Week;
  /** Days since 1970-01-01. */
  readonly closedDays: ReadonlySet<number>;
  /** No minute of any week is open: a due time can never be found. */
  readonly neverOpens: boolean;
  /** What each rule alone leaves open; rules that are not set are not here. */
  readonly rules: ReadonlyMap<Exclude<WindowRule, 'holiday'>, Week>;
}

const SEARCH_DAYS = 366;

/** The effective window of one step. Without any part it is always open. */
export function compileWindow(parts: WindowParts): EffectiveWindow {
  const rules = new Map<Exclude<WindowRule, 'holiday'>, Week>();
  if (parts.sequence) rules.set('window', weekOf(parts.sequence.weekly));
  if (parts.step) rules.set('stepWindow', weekOf(parts.step.weekly));
  if (parts.quietHours) rules.set('quietHours', complement(weekOf(parts.quietHours.weekly)));
  const openings = [parts.sequence, parts.step].flatMap((window) => (window ? [openingWeekOf(window.weekly)] : []));
  const quiet = rules.get('quietHours');
  if (quiet) openings.push(quiet);
  const week = [...rules.values()].reduce(intersection, wholeWeek);
  return {
    week,
    openingWeek: openings.reduce(intersection, wholeWeek),
    closedDays: new Set([...(parts.closedDates ?? [])].map(dayOfDate)),
    neverOpens: isEmptyWeek(week),
    rules,
  };
}

/** Whether the local wall time of `at` in the IANA `zone` lies in the window. */
export function isInside(at: Date, window: EffectiveWindow, zone: string): boolean {
  return closingRules(at, window, zone).length === 0;
}

/** The rules that close the instant `at`; none when it is inside. */
export function closingRules(at: Date, window: EffectiveWindow, zone: string): WindowRule[] {
  const wall = wallAt(at.getTime(), zone);
  const day = dayOfWall(wall);
  const minute = (wall - day * DAY_MS) / MINUTE_MS;
  const closing: WindowRule[] = [];
  for (const [rule, week] of window.rules) {
    const open = week[weekdayOfDay(day)]?.some(([start, end]) => start <= minute && minute < end);
    if (!open) closing.push(rule);
  }
  if (window.closedDays.has(day)) closing.push('holiday');
  return closing;
}

/** First instant at or after `at` inside `window`, or null when none opens within 366 days.
 *  `window`: local wall-clock blocks in the IANA `zone`, end exclusive. Each stretch of one offset is searched on the
 *  wall clock; a change of offset in between starts the search again from there, so gaps and folds need no rule of their own. */
export function firstAllowedInstant(at: Date, window: EffectiveWindow, zone: string): Date | null {
  if (window.neverOpens) return null;
  const last = at.getTime() + SEARCH_DAYS * DAY_MS;
  let from = at.getTime();
  for (;;) {
    const wall = wallAt(from, zone);
    const open = firstOpenWall(wall, window);
    const found = open === null ? null : open - (wall - from);
    const change = firstChange(from, Math.min(found ?? last, last), zone);
    if (change === null) return found === null || found > last ? null : new Date(found);
    from = change;
  }
}

/** Whether people count `day` (since 1970-01-01) as a business day: a block opens on it and it is not closed. */
export function isBusinessDay(day: number, window: EffectiveWindow): boolean {
  return !window.closedDays.has(day) && (window.openingWeek[weekdayOfDay(day)]?.length ?? 0) > 0;
}

/** The same window with one of its rules lifted. */
export function withoutRule(window: EffectiveWindow, rule: WindowRule): EffectiveWindow {
  if (rule === 'holiday') return { ...window, closedDays: new Set() };
  const rules = new Map([...window.rules].filter(([name]) => name !== rule));
  const week = [...rules.values()].reduce(intersection, wholeWeek);
  return { ...window, rules, week, neverOpens: isEmptyWeek(week) };
}

function firstOpenWall(wall: number, window: EffectiveWindow): number | null {
  const first = dayOfWall(wall);
  for (let day = first; day <= first + SEARCH_DAYS + 1; day++) {
    if (window.closedDays.has(day)) continue;
    for (const [start, end] of window.week[weekdayOfDay(day)] ?? []) {
      if (day * DAY_MS + end * MINUTE_MS > wall) return Math.max(wall, day * DAY_MS + start * MINUTE_MS);
    }
  }
  return null;
}
