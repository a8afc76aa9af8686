/** What is stored of a calendar, from what was asked for. */
import type { Db } from '#db/client.ts';
import type { CalendarValues } from '#db/queries/holiday-calendars.ts';
import { getWorkspace } from '#db/queries/workspaces.ts';
import type { Actor } from '#server/auth/actor.ts';
import { closedDatesOfCalendar } from '#server/domain/calendar/holidays.ts';
import { unknownPlaces } from '#server/domain/calendar/places.ts';
import type { CalendarContent } from '#server/domain/calendar/schema.ts';
import { DomainError } from '#server/platform/errors.ts';

/** Names of holidays are in the language of the workspace. Throws `invalid` with the places that are not known. */
export async function calendarValues(
  db: Db,
  actor: Actor,
  { name, content }: { name: string; content: CalendarContent },
): Promise<CalendarValues> {
  refuseUnknownPlaces(content);
  const { locale } = await getWorkspace(db, actor.workspaceId);
  return { name, content, closedDates: closedDatesOfCalendar(content, locale) };
}

export function refuseUnknownPlaces(content: Pick<CalendarContent, 'country' | 'states'>): void {
  const unknown = unknownPlaces(content);
  if (unknown.length === 0) return;
  const field = content.country !== null && unknown.includes(content.country) ? 'country' : 'states';
  throw new DomainError('invalid', `No holidays are known for ${unknown.join(', ')}. Choose places that calendars.places lists.`, {
    field,
    unknown,
  });
}

export function nameTaken(name: string): DomainError {
  return new DomainError('alreadyExists', `There is a calendar called "${name}" already. Choose another name.`, { field: 'name' });
}
