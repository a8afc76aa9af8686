/** The words of time in a definition: weekdays, wall-clock times, windows, timings. Format version 1 (docs: api). */
import { z } from 'zod';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];
export const weekdaySchema = z.enum(weekdays);

/** A local wall-clock time, `00:00` to `23:59`. */
export const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 09:30');
/** A block may end at `24:00`, the end of its day. */
const blockEndSchema = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time like 18:00, or 24:00');

/** A half-open block `[start, end)` of local time; end before start passes midnight; equal is refused. */
export const blockSchema = z.tuple([timeOfDaySchema, blockEndSchema]).refine(([start, end]) => start !== end, 'start and end must differ');
export type Block = z.infer<typeof blockSchema>;

export const weeklySchema = z.partialRecord(weekdaySchema, z.array(blockSchema).max(24));
export type Weekly = z.infer<typeof weeklySchema>;

export const windowSchema = z.strictObject({ weekly: weeklySchema });
export type Window = z.infer<typeof windowSchema>;

export const zoneSchema = z.string().refine(isTimeZone, 'must be an IANA time zone like America/Sao_Paulo');

/** Whether this runtime knows `zone` as an IANA time zone (fixed offsets like `+03:00` are refused). */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** An instant with its offset, which every clock and database can write down: of the years 1 to 9999 in UTC. */
export const instantSchema = z.iso.datetime({ offset: true }).refine(isWithin(1, 9_999), 'must be an instant of the years 1 to 9999');
/** One that something is planned for: waits are counted from it, and must stay within those years. */
export const plannedInstantSchema = z.iso.datetime({ offset: true }).refine(isWithin(1, 2_999), 'must be an instant before the year 3000');

function isWithin(first: number, last: number): (instant: string) => boolean {
  return (instant) => {
    const year = new Date(instant).getUTCFullYear();
    return first <= year && year <= last;
  };
}

export const zoneOrigins = ['set', 'phone', 'sequence', 'workspace'] as const;
export type ZoneOrigin = (typeof zoneOrigins)[number];

const localDateSchema = z.iso.date();
const amountSchema = z.number().int().min(0).max(10_000);

export const timingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('immediately') }),
  z.strictObject({
    kind: z.literal('after'),
    amount: amountSchema,
    unit: z.enum(['minutes', 'hours', 'days', 'weeks', 'businessDays']),
    at: timeOfDaySchema.optional(),
    from: z.enum(['previous', 'enrolment']).optional(),
  }),
  z.strictObject({ kind: z.literal('onWeekday'), weekdays: z.array(weekdaySchema).min(1).max(7), at: timeOfDaySchema }),
  z.strictObject({ kind: z.literal('onDate'), date: localDateSchema, at: timeOfDaySchema }),
  z.strictObject({
    kind: z.literal('relativeToField'),
    field: z.string().min(1).max(64),
    amount: z.number().int().min(-10_000).max(10_000),
    unit: z.enum(['days', 'weeks']),
    at: timeOfDaySchema,
  }),
]);
export type Timing = z.infer<typeof timingSchema>;
