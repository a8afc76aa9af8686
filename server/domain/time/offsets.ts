/** Offsets of IANA zones, from the runtime's own time-zone data by way of luxon. All the arithmetic of time rests on
 *  this file: a UTC day of a zone has one offset, or two with the instant between them. */
import { IANAZone } from 'luxon';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** One UTC day of a zone: `before` holds until `changeAt` (epoch ms, exclusive), `after` from then on. */
interface DayOffsets {
  readonly before: number;
  readonly after: number;
  readonly changeAt: number;
}

const CACHED_DAYS_PER_ZONE = 4_000;
const cache = new Map<string, Map<number, DayOffsets>>();

/** Milliseconds to add to the instant `at` (epoch ms) to read the wall clock of `zone`. Throws a RangeError for an unknown zone. */
export function offsetAt(at: number, zone: string): number {
  const day = offsetsOfDay(Math.floor(at / DAY_MS), zone);
  return at < day.changeAt ? day.before : day.after;
}

/** The first instant in `(from, to]` at which the offset of `zone` changes, or null. */
export function firstChange(from: number, to: number, zone: string): number | null {
  for (let day = Math.floor(from / DAY_MS); day * DAY_MS <= to; day++) {
    const { changeAt } = offsetsOfDay(day, zone);
    if (changeAt > from && changeAt <= to) return changeAt;
  }
  return null;
}

function offsetsOfDay(day: number, zone: string): DayOffsets {
  let days = cache.get(zone);
  if (!days) cache.set(zone, (days = new Map()));
  const known = days.get(day);
  if (known) return known;
  if (days.size >= CACHED_DAYS_PER_ZONE) days.clear();
  const found = readDay(day, zone, days.get(day - 1)?.after);
  days.set(day, found);
  return found;
}

/** `known`: the offset in the last millisecond of the day before, where it is known. */
function readDay(day: number, zone: string, known: number | undefined): DayOffsets {
  const iana = IANAZone.create(zone);
  if (!iana.isValid) throw new RangeError(`${zone} is not an IANA time zone`);
  const read = (at: number): number => Math.round(iana.offset(at) * MINUTE_MS);
  const start = day * DAY_MS;
  const before = known ?? read(start - 1); // so that a change exactly at midnight UTC belongs to the day it starts
  const after = read(start + DAY_MS - 1);
  if (before === after) return { before, after, changeAt: Number.POSITIVE_INFINITY };
  let low = start - 1;
  let high = start + DAY_MS - 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (read(middle) === before) low = middle;
    else high = middle;
  }
  return { before, after, changeAt: high };
}
