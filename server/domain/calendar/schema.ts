/** A holiday calendar as it is chosen: a country's holidays with those of its states, single ones taken in or out, and
 *  own dates. Which dates that closes is told by `holidays.ts`. */
import { z } from 'zod';

/** Calendars are worked out for these years; outside of them every date is open. Source: docs/decisions/0012. */
export const firstCalendarYear = 2010;
export const lastCalendarYear = 2050;

/** What people call it: a public holiday closes unless it is taken out; the others are open unless they are chosen.
 *  `optional`: holidays of banks, schools and public offices (pontos facultativos). `observance`: days that are only kept. */
export const holidayKinds = ['public', 'optional', 'observance', 'own'] as const;
export type HolidayKind = (typeof holidayKinds)[number];

/** Where a day comes from: the whole country, one of the chosen states, or the workspace's own dates. */
export const holidayOrigins = ['national', 'state', 'own'] as const;
export type HolidayOrigin = (typeof holidayOrigins)[number];

export const calendarNameSchema = z.string().trim().min(1).max(80);

const dateNameSchema = z.string().trim().min(1).max(120);

/** A date of the team's own. `everyYear`: on that day of every year; 29 February is left out in common years. */
export const ownDateSchema = z.strictObject({ on: z.iso.date(), name: dateNameSchema, everyYear: z.boolean().optional() });
export type OwnDate = z.infer<typeof ownDateSchema>;

export const mostOwnDates = 5_000;

export const calendarContentSchema = z.strictObject({
  /** ISO 3166-1 code, or null for own dates alone. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a country code like BR')
    .nullable()
    .default(null),
  /** Codes of the country's states (`SP`), whose holidays count beside the national ones. */
  states: z
    .array(z.string().regex(/^[A-Z0-9]{1,8}$/, 'must be a state code like SP'))
    .max(100)
    .default([]),
  /** By holiday (the `rule` of a day): whether it closes, where that is not what its kind does. */
  choices: z.record(z.string().min(1).max(200), z.boolean()).default({}),
  dates: z.array(ownDateSchema).max(mostOwnDates).default([]),
});
export type CalendarContent = z.infer<typeof calendarContentSchema>;
