import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { isCalendarNameTaken, lockCalendar, updateCalendarRow } from '#db/queries/holiday-calendars.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { CalendarContent } from '#server/domain/calendar/schema.ts';
import { DomainError } from '#server/platform/errors.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { type AppliedRules, applyRules } from './apply-rules.ts';
import { calendarValues, nameTaken } from './calendar-values.ts';

export interface UpdateCalendarInput {
  readonly id: string;
  readonly name?: string | undefined;
  /** What is left out stays. */
  readonly content: { readonly [Key in keyof CalendarContent]?: CalendarContent[Key] | undefined };
  /** The revision that was looked at; a newer calendar is a conflict. */
  readonly revision?: number | undefined;
}

/** Changes what is given; everyone in progress who goes by the calendar is planned anew. Throws `notFound`, `invalid`,
 *  `alreadyExists`, and `conflict` when it was changed meanwhile or would leave sequences without any hour. */
export async function updateCalendar(db: Db, actor: Actor, input: UpdateCalendarInput): Promise<AppliedRules> {
  const { workspaceId } = actor;
  const inOne = async (tx: Tx): Promise<AppliedRules> => {
    const before = await lockCalendar(tx, workspaceId, input.id);
    if (input.revision !== undefined && input.revision !== before.revision) {
      throw new DomainError('conflict', 'The calendar was changed meanwhile by someone else. Look at it again, then save.', {
        revision: before.revision,
      });
    }
    const given = Object.fromEntries(Object.entries(input.content).filter(([, value]) => value !== undefined));
    const name = input.name ?? before.name;
    const values = await calendarValues(tx, actor, { name, content: { ...before.content, ...given } });
    if (await isCalendarNameTaken(tx, workspaceId, name, input.id)) throw nameTaken(name);
    await updateCalendarRow(tx, workspaceId, input.id, values);
    await insertAuditEntry(tx, actor, 'calendar.updated', { kind: 'calendar', id: input.id }, { name, changed: Object.keys(given) });
    return applyRules(tx, actor, input.id);
  };
  return retryOnConflict(() => db.transaction().execute(inOne));
}
