/** Which named holidays stood between what was planned and when it goes: what a reason says in words. Pure; runs in the
 *  browser as well. */
import type { ClosedDates } from '#server/domain/definition/compile.ts';
import { dateOfDay, dayOfWall, wallAt } from '#server/domain/time/wall-clock.ts';

export interface NamedDate {
  /** Local date. */
  readonly on: string;
  readonly name: string;
}

/** The closed dates from the local day of `from` until before the one of `to`, in the IANA `zone`. */
export function holidaysBetween(closedDates: ClosedDates, from: Date, to: Date, zone: string): NamedDate[] {
  const [first, last] = [from, to].map((at) => dayOfWall(wallAt(at.getTime(), zone))) as [number, number];
  const found: NamedDate[] = [];
  for (let day = first; day < last && day < first + 400; day++) {
    const on = dateOfDay(day);
    const name = closedDates[on];
    if (name !== undefined) found.push({ on, name });
  }
  return found;
}
