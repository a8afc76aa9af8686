/** Holiday calendars: which dates are closed, and why. */
import { z } from 'zod';
import { type CalendarRow, type CalendarUse, getCalendar, listCalendars, listCalendarUses } from '#db/queries/holiday-calendars.ts';
import { getWorkspace } from '#db/queries/workspaces.ts';
import { listCalendarDays } from '#server/domain/calendar/holidays.ts';
import { listCountries, listStates } from '#server/domain/calendar/places.ts';
import { readIcs } from '#server/domain/calendar/read-ics.ts';
import { calendarContentSchema, calendarNameSchema, firstCalendarYear, lastCalendarYear } from '#server/domain/calendar/schema.ts';
import { wallAt } from '#server/domain/time/wall-clock.ts';
import { now } from '#server/platform/clock.ts';
import { DomainError } from '#server/platform/errors.ts';
import { refuseUnknownPlaces } from '#server/use-cases/calendars/calendar-values.ts';
import { createCalendar } from '#server/use-cases/calendars/create-calendar.ts';
import { deleteCalendar } from '#server/use-cases/calendars/delete-calendar.ts';
import { updateCalendar } from '#server/use-cases/calendars/update-calendar.ts';
import type { ApiContext } from './trpc.ts';
import { idPage } from './id-page.ts';
import { pageInput, router, workspaceProcedure } from './trpc.ts';

const byId = z.strictObject({ id: z.uuid() });
const content = calendarContentSchema.shape;
const year = z.number().int().min(firstCalendarYear).max(lastCalendarYear);
const years = { firstYear: year.optional(), lastYear: year.optional() };

export const calendarsRouter = router({
  list: workspaceProcedure.input(z.strictObject(pageInput).optional()).query(async ({ ctx: { db, actor }, input }) => {
    const [{ items, nextCursor }, uses, today] = await Promise.all([
      idPage(input, (page) => listCalendars(db, actor.workspaceId, page)),
      listCalendarUses(db, actor.workspaceId),
      todayOf({ db, actor }),
    ]);
    return { items: items.map((row) => calendarView(row, uses, today)), nextCursor };
  }),

  get: workspaceProcedure.input(byId).query(async ({ ctx: { db, actor }, input }) => {
    const [row, uses, today] = await Promise.all([
      getCalendar(db, actor.workspaceId, input.id),
      listCalendarUses(db, actor.workspaceId, input.id),
      todayOf({ db, actor }),
    ]);
    return { ...calendarView(row, uses, today), content: row.content };
  }),

  create: workspaceProcedure
    .input(z.strictObject({ name: calendarNameSchema, ...content }))
    .mutation(({ ctx: { db, actor }, input: { name, ...chosen } }) => createCalendar(db, actor, { name, content: chosen })),

  /** What is left out stays. Answers how many published sequences follow, and the operation that plans their people. */
  update: workspaceProcedure
    .input(
      z.strictObject({
        id: z.uuid(),
        name: calendarNameSchema.optional(),
        revision: z.number().int().min(1).optional(),
        country: content.country.unwrap().optional(),
        states: content.states.unwrap().optional(),
        choices: content.choices.unwrap().optional(),
        dates: content.dates.unwrap().optional(),
      }),
    )
    .mutation(({ ctx: { db, actor }, input: { id, name, revision, ...chosen } }) =>
      updateCalendar(db, actor, { id, name, revision, content: chosen }),
    ),

  delete: workspaceProcedure.input(byId).mutation(async ({ ctx: { db, actor }, input }) => {
    await deleteCalendar(db, actor, input);
    return {};
  }),

  /** Every day that a calendar, stored or not, speaks of in some years (this one and the next, unless said otherwise). */
  preview: workspaceProcedure
    .input(z.union([byId.extend(years), z.strictObject({ ...content, ...years })]))
    .query(async ({ ctx: { db, actor }, input }) => {
      const chosen =
        'id' in input ? (await getCalendar(db, actor.workspaceId, input.id)).content : calendarContentSchema.parse(without(input));
      refuseUnknownPlaces(chosen);
      const { locale } = await getWorkspace(db, actor.workspaceId);
      const first = input.firstYear ?? Number((await todayOf({ db, actor })).slice(0, 4));
      const last = input.lastYear ?? Math.min(lastCalendarYear, first + 1);
      if (last < first) throw new DomainError('invalid', 'The last year lies before the first one.', { field: 'lastYear' });
      return { days: listCalendarDays(chosen, { first, last }, locale) };
    }),

  /** Countries whose holidays are known, or the states of one. Names in the language of the workspace. */
  places: workspaceProcedure
    .input(z.strictObject({ country: z.string().length(2).optional() }).optional())
    .query(async ({ ctx: { db, actor }, input }) => {
      const { locale, country } = await getWorkspace(db, actor.workspaceId);
      return { home: country, items: input?.country ? listStates(input.country, locale) : listCountries(locale) };
    }),

  /** The dates of an iCalendar file, to be looked at before they are saved; events that are no whole days are told. */
  readIcs: workspaceProcedure.input(z.strictObject({ text: z.string().max(5_000_000) })).mutation(({ input }) => {
    const read = readIcs(input.text);
    if (!read) {
      throw new DomainError('invalid', 'This is no iCalendar file (.ics). Export the calendar as .ics and choose that file.', {
        field: 'text',
        reason: 'notIcs',
      });
    }
    return read;
  }),
});

function without({ firstYear: _first, lastYear: _last, ...chosen }: { firstYear?: number | undefined; lastYear?: number | undefined }) {
  return chosen;
}

async function todayOf({ db, actor }: Pick<ApiContext, 'db'> & { actor: NonNullable<ApiContext['actor']> }): Promise<string> {
  const [{ timeZone }, at] = await Promise.all([getWorkspace(db, actor.workspaceId), now(db)]);
  return new Date(wallAt(at.getTime(), timeZone)).toISOString().slice(0, 10);
}

function calendarView(row: CalendarRow, uses: readonly CalendarUse[], today: string) {
  const { id, name, revision, content: chosen, closedDates, createdAt, updatedAt } = row;
  const coming = Object.keys(closedDates)
    .filter((on) => on >= today)
    .sort()
    .slice(0, 3);
  return {
    id,
    name,
    revision,
    country: chosen.country,
    states: chosen.states,
    ownDates: chosen.dates.length,
    /** The next closed dates from today on. */
    next: coming.map((on) => ({ on, name: closedDates[on] ?? '' })),
    sequences: uses
      .filter((use) => use.calendarId === id)
      .map(({ sequenceId, name: ofSequence }) => ({ id: sequenceId, name: ofSequence })),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
