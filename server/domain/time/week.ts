/** A week as sets of minutes: half-open intervals per weekday, 0 is Monday. The algebra under windows. */
import { type Weekly, weekdays } from './schema.ts';
import { minutesOfTime } from './wall-clock.ts';

export const MINUTES_PER_DAY = 1_440;

/** Minutes since midnight, end exclusive. */
export type Interval = readonly [start: number, end: number];
/** Seven days of sorted, disjoint intervals that do not touch. */
export type Week = readonly (readonly Interval[])[];

export const wholeWeek: Week = weekdays.map(() => [[0, MINUTES_PER_DAY]]);

/** The minutes that `weekly` covers; what a block has past midnight lies on the next day. */
export function weekOf(weekly: Weekly): Week {
  const days: Interval[][] = weekdays.map(() => []);
  for (const [index, weekday] of weekdays.entries()) {
    for (const [from, to] of weekly[weekday] ?? []) {
      const [start, end] = [minutesOfTime(from), minutesOfTime(to)];
      if (end > start) {
        days[index]?.push([start, end]);
        continue;
      }
      days[index]?.push([start, MINUTES_PER_DAY]);
      if (end > 0) days[(index + 1) % 7]?.push([0, end]);
    }
  }
  return days.map(merged);
}

/** The minutes of the days on which blocks open, without what passes midnight: what makes a day a business day. */
export function openingWeekOf(weekly: Weekly): Week {
  return weekdays.map((weekday) =>
    merged(
      (weekly[weekday] ?? []).map(([from, to]) => {
        const [start, end] = [minutesOfTime(from), minutesOfTime(to)];
        return [start, end > start ? end : MINUTES_PER_DAY] as const;
      }),
    ),
  );
}

export function intersection(one: Week, other: Week): Week {
  return one.map((intervals, day) => {
    const result: Interval[] = [];
    for (const [a, b] of intervals) {
      for (const [c, d] of other[day] ?? []) {
        if (Math.max(a, c) < Math.min(b, d)) result.push([Math.max(a, c), Math.min(b, d)]);
      }
    }
    return result;
  });
}

export function complement(week: Week): Week {
  return week.map((intervals) => {
    const result: Interval[] = [];
    let from = 0;
    for (const [start, end] of intervals) {
      if (start > from) result.push([from, start]);
      from = end;
    }
    if (from < MINUTES_PER_DAY) result.push([from, MINUTES_PER_DAY]);
    return result;
  });
}

export function isEmptyWeek(week: Week): boolean {
  return week.every((intervals) => intervals.length === 0);
}

function merged(intervals: readonly Interval[]): Interval[] {
  const result: [number, number][] = [];
  for (const [start, end] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}
