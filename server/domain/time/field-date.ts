/** Dates as contacts carry them in their fields. */
import { DAY_MS } from './offsets.ts';
import { dayOfWall, wallAt } from './wall-clock.ts';

/** A date, or a day of every year: a birthday without its year. Days count from 1970-01-01. */
export type FieldDate =
  | { readonly kind: 'date'; readonly day: number }
  | { readonly kind: 'yearly'; readonly dayInYear: (year: number) => number };

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const YEARLY = /^(?:--)?(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T.+(Z|[+-]\d{2}:?\d{2})$/;

/** Reads `YYYY-MM-DD`; `MM-DD` or `--MM-DD`, which comes every year (29 February is the 28th in common years);
 *  or an instant with its offset, which counts as its local date in `zone`. */
export function parseFieldDate(value: unknown, zone: string): FieldDate | 'missing' | 'invalid' {
  if (value === undefined || value === null || value === '') return 'missing';
  if (typeof value !== 'string') return 'invalid';
  const text = value.trim();
  const date = DATE.exec(text);
  if (date) {
    const day = dayOf(Number(date[1]), Number(date[2]), Number(date[3]));
    return day === null ? 'invalid' : { kind: 'date', day };
  }
  const yearly = YEARLY.exec(text);
  if (yearly) {
    const [month, dayOfMonth] = [Number(yearly[1]), Number(yearly[2])];
    if (dayOf(2024, month, dayOfMonth) === null) return 'invalid';
    return { kind: 'yearly', dayInYear: (year) => dayOf(year, month, dayOfMonth) ?? (dayOf(year, 2, 28) as number) };
  }
  const at = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? 'invalid' : { kind: 'date', day: dayOfWall(wallAt(at, zone)) };
}

function dayOf(year: number, month: number, dayOfMonth: number): number | null {
  const date = new Date(Date.UTC(year, month - 1, dayOfMonth));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth ? date.getTime() / DAY_MS : null;
}
