/** A weekly window as it is painted: half-hour cells over blocks of any minute. Painting touches only the minutes painted. */
import { type Block, type Weekday, type Weekly, type Window, weekdays } from '#server/domain/time/schema.ts';
import { timeOfMinutes } from '#server/domain/time/wall-clock.ts';
import { type Interval, MINUTES_PER_DAY, weekOf } from '#server/domain/time/week.ts';

export const CELL_MINUTES = 30;
export const CELLS_PER_DAY = MINUTES_PER_DAY / CELL_MINUTES;

export type CellState = 'open' | 'partly' | 'closed';

/** 7 × 48 cells, Monday first. What passes midnight shows on the next day. */
export function cellsOf(window: Window): CellState[][] {
  return weekOf(window.weekly).map((intervals) =>
    Array.from({ length: CELLS_PER_DAY }, (_, cell) => {
      const from = cell * CELL_MINUTES;
      const covered = intervals.reduce(
        (sum, [start, end]) => sum + Math.max(0, Math.min(end, from + CELL_MINUTES) - Math.max(start, from)),
        0,
      );
      return covered === 0 ? 'closed' : covered === CELL_MINUTES ? 'open' : 'partly';
    }),
  );
}

export interface Brush {
  /** Days 0 (Monday) to 6 and cells 0 to 47, both ends included, in any order. */
  readonly from: { readonly day: number; readonly cell: number };
  readonly to: { readonly day: number; readonly cell: number };
  readonly open: boolean;
}

/** The window after one stroke over a rectangle of cells. */
export function paint(window: Window, { from, to, open }: Brush): Window {
  const [firstDay, lastDay] = [Math.min(from.day, to.day), Math.max(from.day, to.day)];
  const start = Math.min(from.cell, to.cell) * CELL_MINUTES;
  const end = (Math.max(from.cell, to.cell) + 1) * CELL_MINUTES;
  const days = weekOf(window.weekly).map((intervals, day) =>
    day < firstDay || day > lastDay ? intervals : open ? [...intervals, [start, end] as const] : without(intervals, start, end),
  );
  return windowOfDays(days.map(joined));
}

/** Every weekday from Tuesday to Friday gets Monday's blocks. */
export function repeatMonday({ weekly }: Window): Window {
  const monday = weekly.mon ?? [];
  return { weekly: { ...weekly, mon: monday, tue: monday, wed: monday, thu: monday, fri: monday } };
}

/** The window with one day's blocks as they were typed. */
export function withDay({ weekly }: Window, weekday: Weekday, blocks: Block[]): Window {
  return { weekly: { ...weekly, [weekday]: blocks } };
}

/** Whether two windows cover the same minutes, however their blocks are written. */
export function isSameWeek(one: Window, other: Window): boolean {
  return JSON.stringify(weekOf(one.weekly)) === JSON.stringify(weekOf(other.weekly));
}

/** Open minutes in a week. */
export function openMinutes(window: Window): number {
  return weekOf(window.weekly)
    .flat()
    .reduce((sum, [start, end]) => sum + end - start, 0);
}

function without(intervals: readonly Interval[], from: number, to: number): Interval[] {
  return intervals.flatMap(([start, end]) =>
    (
      [
        [start, Math.min(end, from)],
        [Math.max(start, to), end],
      ] as const
    ).filter(([a, b]) => a < b),
  );
}

function joined(intervals: readonly Interval[]): Interval[] {
  const result: [number, number][] = [];
  for (const [start, end] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

/** Blocks from minutes. What runs over midnight for less than a day in all becomes one block of its opening day. */
function windowOfDays(days: readonly (readonly Interval[])[]): Window {
  const runsOver = (day: number): boolean => {
    const last = days[day]?.at(-1);
    const next = days[(day + 1) % 7]?.[0];
    return last?.[1] === MINUTES_PER_DAY && next?.[0] === 0 && next[1] < last[0];
  };
  const weekly: Weekly = {};
  for (const [day, weekday] of weekdays.entries()) {
    const blocks: Block[] = [];
    for (const [index, [start, end]] of (days[day] ?? []).entries()) {
      if (index === 0 && start === 0 && runsOver((day + 6) % 7)) continue;
      const over = end === MINUTES_PER_DAY && runsOver(day) ? (days[(day + 1) % 7]?.[0]?.[1] ?? end) : end;
      blocks.push([timeOfMinutes(start), timeOfMinutes(over)]);
    }
    if (blocks.length > 0) weekly[weekday] = blocks;
  }
  return { weekly };
}
