/** What a timing asks for, before windows: the instant that is `wait` after an anchor, on the wall clock of one zone. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from './offsets.ts';
import type { Timing } from './schema.ts';
import { type FieldDate, parseFieldDate } from './field-date.ts';
import {
  ceilToMinute,
  dayExists,
  dayOfDate,
  dayOfWall,
  floorToMinute,
  instantOfWall,
  minutesOfTime,
  wallAt,
  weekdayNameOfDay,
} from './wall-clock.ts';
import { type EffectiveWindow, isBusinessDay } from './window.ts';

/** `at`: epoch ms. `skipped`: the local time asked for does not exist and was read with the offset before the gap. */
export interface Wanted {
  readonly at: number;
  readonly skipped: boolean;
}

export type WaitResult = Wanted | { readonly problem: 'missingField' | 'invalidField' | 'neverOpens' };

export interface WaitInput {
  readonly timing: Timing;
  /** Epoch ms. */
  readonly anchor: number;
  readonly zone: string;
  readonly window: EffectiveWindow;
  readonly fields: Readonly<Record<string, unknown>>;
}

const DAYS_TO_SEARCH = 3_660;
/** Windows may move a step by a year, and neither may leave the years that databases can write down. */
const firstDay = dayOfDate('1000-01-01');
const lastDay = dayOfDate('9998-01-01');

export function wantedInstant({ timing, anchor, zone, window, fields }: WaitInput): WaitResult {
  switch (timing.kind) {
    case 'immediately':
      return { at: anchor, skipped: false };
    case 'after':
      return afterAnchor(timing, anchor, zone, window);
    case 'onWeekday':
      return nextWeekday(timing, anchor, zone);
    case 'onDate':
      return onDay(dayOfDate(timing.date), timing.at, zone);
    case 'relativeToField':
      return aroundField(timing, parseFieldDate(fields[timing.field], zone), anchor, zone);
  }
}

function afterAnchor(timing: Extract<Timing, { kind: 'after' }>, anchor: number, zone: string, window: EffectiveWindow): WaitResult {
  const { amount, unit, at } = timing;
  if (unit === 'minutes' || unit === 'hours') {
    const elapsed = ceilToMinute(anchor + amount * (unit === 'minutes' ? MINUTE_MS : HOUR_MS));
    return at === undefined ? { at: elapsed, skipped: false } : nextTimeOfDay(elapsed, at, zone);
  }
  if (amount === 0 && at === undefined) return { at: ceilToMinute(anchor), skipped: false };
  const wall = wallAt(anchor, zone);
  const today = dayOfWall(wall);
  const day = unit === 'businessDays' ? businessDaysLater(today, amount, zone, window) : today + amount * (unit === 'weeks' ? 7 : 1);
  if (day === null) return { problem: 'neverOpens' };
  if (at !== undefined) return onDay(day, at, zone);
  const found = instantOfWall(wall + (day - today) * DAY_MS, zone);
  return { ...found, at: ceilToMinute(found.at) };
}

/** Minutes and hours with a time of day: that time, at the first moment after the wait has passed. */
function nextTimeOfDay(from: number, at: string, zone: string): Wanted {
  const today = dayOfWall(wallAt(from, zone));
  const found = onDay(today, at, zone);
  return found.at >= from ? found : onDay(today + 1, at, zone);
}

function businessDaysLater(from: number, amount: number, zone: string, window: EffectiveWindow): number | null {
  let day = from;
  let left = amount;
  const last = from + DAYS_TO_SEARCH + amount * 7;
  while (left > 0) {
    if (++day > last) return null;
    if (isBusinessDay(day, window) && dayExists(day, zone)) left -= 1;
  }
  return day;
}

function nextWeekday(timing: Extract<Timing, { kind: 'onWeekday' }>, anchor: number, zone: string): WaitResult {
  const today = dayOfWall(wallAt(anchor, zone));
  for (let day = today; day <= today + 21; day++) {
    if (!timing.weekdays.includes(weekdayNameOfDay(day)) || !dayExists(day, zone)) continue;
    const found = onDay(day, timing.at, zone);
    if (found.at > anchor) return found;
  }
  return { problem: 'neverOpens' };
}

function aroundField(
  timing: Extract<Timing, { kind: 'relativeToField' }>,
  date: FieldDate | 'missing' | 'invalid',
  anchor: number,
  zone: string,
): WaitResult {
  if (date === 'missing') return { problem: 'missingField' };
  if (date === 'invalid') return { problem: 'invalidField' };
  const shift = timing.amount * (timing.unit === 'weeks' ? 7 : 1);
  if (date.kind === 'date') return onDay(date.day + shift, timing.at, zone);
  const year = new Date(wallAt(anchor, zone)).getUTCFullYear();
  const span = Math.ceil(Math.abs(shift) / 365) + 1;
  for (let candidate = year - span; candidate <= year + span; candidate++) {
    const found = onDay(date.dayInYear(candidate) + shift, timing.at, zone);
    if (found.at >= floorToMinute(anchor)) return found; // as with other dates, the minute that has begun is not past
  }
  return { problem: 'invalidField' };
}

/** A day out of reach is the last one in it, or the first: somebody whose contract ends on 9999-12-31 waits for ever. */
function onDay(day: number, at: string, zone: string): Wanted {
  const within = Math.max(firstDay, Math.min(day, lastDay));
  return instantOfWall(within * DAY_MS + minutesOfTime(at) * MINUTE_MS, zone);
}
