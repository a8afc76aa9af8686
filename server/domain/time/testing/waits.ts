/** Temporal's answer to what a timing asks for, day by day on its own calendar. */
import { Temporal, zonedAt } from '../oracle.ts';
import { type Timing, weekdays } from '../schema.ts';
import { isOpenHour, type PlacedRules, type Rules } from './rules.ts';
import type { PlacedStep } from './steps.ts';

/** The instant (epoch ms) that a timing asks for before windows, or why there is none. */
export function wantedByOracle(step: PlacedStep): number | 'missingField' | 'invalidField' | 'neverOpens' {
  const { timing, zone } = step;
  const anchor = zonedAt(timing.kind === 'after' && timing.from === 'enrolment' ? step.enrolledAt : step.at, zone);
  switch (timing.kind) {
    case 'immediately':
      return anchor.epochMilliseconds;
    case 'after':
      return afterByOracle(timing, anchor, step);
    case 'onWeekday':
      return firstFrom(anchor.toPlainDate(), (date) => {
        const found = on(date, timing.at, zone);
        return timing.weekdays.includes(nameOf(date)) && exists(date, zone) && found > anchor.epochMilliseconds ? found : null;
      });
    case 'onDate':
      return on(Temporal.PlainDate.from(timing.date), timing.at, zone);
    case 'relativeToField':
      return aroundByOracle(timing, step.fields[timing.field], anchor);
  }
}

function afterByOracle({ amount, unit, at }: Extract<Timing, { kind: 'after' }>, anchor: Temporal.ZonedDateTime, rules: PlacedRules) {
  const { zone } = rules;
  if (unit === 'minutes' || unit === 'hours') {
    const elapsed = minuteOf(anchor.add({ [unit]: amount }), 'ceil');
    if (at === undefined) return elapsed;
    return firstFrom(zonedAt(elapsed, zone).toPlainDate(), (date) => (on(date, at, zone) >= elapsed ? on(date, at, zone) : null));
  }
  let date = anchor.toPlainDate();
  if (unit === 'businessDays') {
    for (let left = amount, tried = 0; left > 0; tried++) {
      if (tried > 420 + amount * 7) return 'neverOpens';
      date = date.add({ days: 1 });
      if (isBusinessDay(date, rules, zone)) left -= 1;
    }
  } else date = date.add({ [unit]: amount });
  if (at !== undefined) return on(date, at, zone);
  return minuteOf(anchor.add({ days: anchor.toPlainDate().until(date).days }), 'ceil');
}

function aroundByOracle(
  { amount, unit, at }: Extract<Timing, { kind: 'relativeToField' }>,
  value: unknown,
  anchor: Temporal.ZonedDateTime,
) {
  const zone = anchor.timeZoneId;
  if (value === undefined || value === null || value === '') return 'missingField';
  if (typeof value !== 'string' || !/\d-\d/.test(value)) return 'invalidField';
  const yearly = /^(?:--)?(\d\d-\d\d)$/.exec(value)?.[1];
  if (yearly !== undefined) {
    const day = Temporal.PlainMonthDay.from(yearly);
    for (let year = anchor.year - 3; ; year++) {
      const found = on(day.toPlainDate({ year }).add({ [unit]: amount }), at, zone);
      if (found >= minuteOf(anchor, 'floor')) return found;
    }
  }
  try {
    const date = value.includes('T') ? Temporal.Instant.from(value).toZonedDateTimeISO(zone).toPlainDate() : Temporal.PlainDate.from(value);
    return on(date.add({ [unit]: amount }), at, zone);
  } catch {
    return 'invalidField';
  }
}

/** People count a day that exists, is not closed, and on whose weekday a block opens. */
export function isBusinessDay(date: Temporal.PlainDate, rules: Rules, zone: string): boolean {
  return !rules.closedDates.includes(date.toString()) && opensOn(date, rules) && exists(date, zone);
}

const knownOpenings = new WeakMap<Rules, Map<number, boolean>>();

/** Whether some quarter hour from a block's opening to midnight is left open by all rules, on the weekday of `date`. */
function opensOn(date: Temporal.PlainDate, rules: Rules): boolean {
  let known = knownOpenings.get(rules);
  if (!known) knownOpenings.set(rules, (known = new Map()));
  const found = known.get(date.dayOfWeek);
  if (found !== undefined) return found;
  const opening = (window: Rules['step']): Rules['step'] =>
    window && {
      weekly: { [nameOf(date)]: (window.weekly[nameOf(date)] ?? []).map(([start, end]) => [start, end > start ? end : '24:00']) },
    };
  const opened = { ...rules, sequence: opening(rules.sequence), step: opening(rules.step) };
  const midnight = date.toZonedDateTime('UTC');
  const opens = Array.from({ length: 96 }, (_, quarter) => midnight.add({ minutes: quarter * 15 })).some((local) =>
    isOpenHour(local, opened),
  );
  known.set(date.dayOfWeek, opens);
  return opens;
}

function firstFrom(date: Temporal.PlainDate, look: (date: Temporal.PlainDate) => number | null): number {
  const found = look(date);
  return found ?? firstFrom(date.add({ days: 1 }), look);
}

export function on(date: Temporal.PlainDate, at: string, zone: string): number {
  return date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(at) }).epochMilliseconds;
}

function exists(date: Temporal.PlainDate, zone: string): boolean {
  return date.toZonedDateTime(zone).toPlainDate().equals(date);
}

function nameOf(date: Temporal.PlainDate): (typeof weekdays)[number] {
  return weekdays[date.dayOfWeek - 1] ?? 'mon';
}

function minuteOf(local: Temporal.ZonedDateTime, roundingMode: 'ceil' | 'floor'): number {
  return local.toInstant().round({ smallestUnit: 'minute', roundingMode }).epochMilliseconds;
}
