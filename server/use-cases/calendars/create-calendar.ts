import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { insertCalendar } from '#db/queries/holiday-calendars.ts';
import { renewRulesVersion } from '#db/queries/workspace-rules.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { CalendarContent } from '#server/domain/calendar/schema.ts';
import { calendarValues, nameTaken } from './calendar-values.ts';

/** Throws `alreadyExists` for a name that is taken, `invalid` for places without known holidays. */
export async function createCalendar(db: Db, actor: Actor, input: { name: string; content: CalendarContent }): Promise<{ id: string }> {
  const values = await calendarValues(db, actor, input);
  return db.transaction().execute(async (tx) => {
    const id = await insertCalendar(tx, actor.workspaceId, values);
    if (id === null) throw nameTaken(input.name);
    await renewRulesVersion(tx, actor.workspaceId);
    await insertAuditEntry(tx, actor, 'calendar.created', { kind: 'calendar', id }, { name: input.name });
    return { id };
  });
}
