/** Gives a new workspace the holidays of its country, ready to be chosen. */
import type { Tx } from '#db/client.ts';
import { insertCalendar } from '#db/queries/holiday-calendars.ts';
import { closedDatesOfCalendar } from '#server/domain/calendar/holidays.ts';
import { unknownPlaces } from '#server/domain/calendar/places.ts';
import { calendarContentSchema } from '#server/domain/calendar/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { SampleLocale } from './sample-content.ts';

const names = { 'pt-BR': 'Feriados nacionais', en: 'Public holidays' } as const;

/** Does nothing for a country without known holidays. */
export async function insertHomeCalendar(tx: Tx, workspaceId: WorkspaceId, home: { country: string; locale: SampleLocale }): Promise<void> {
  const content = calendarContentSchema.parse({ country: home.country });
  if (unknownPlaces(content).length > 0) return;
  await insertCalendar(tx, workspaceId, { name: names[home.locale], content, closedDates: closedDatesOfCalendar(content, home.locale) });
}
