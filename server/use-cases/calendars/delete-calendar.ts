import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { deleteCalendarRow, listCalendarUses, lockCalendar } from '#db/queries/holiday-calendars.ts';
import { renewRulesVersion } from '#db/queries/workspace-rules.ts';
import type { Actor } from '#server/auth/actor.ts';
import { DomainError } from '#server/platform/errors.ts';

/** Deletes a calendar that no sequence goes by. Throws `notFound`, or `conflict` with the sequences that do. */
export async function deleteCalendar(db: Db, actor: Actor, input: { readonly id: string }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const calendar = await lockCalendar(tx, actor.workspaceId, input.id);
    const uses = await listCalendarUses(tx, actor.workspaceId, input.id);
    if (uses.length > 0) {
      const names = uses.map((use) => `"${use.name}"`).join(', ');
      throw new DomainError(
        'conflict',
        `This calendar is used by ${names}. Choose another one there or archive the sequence, then delete it.`,
        {
          sequences: uses.map(({ sequenceId, name }) => ({ id: sequenceId, name })),
        },
      );
    }
    await deleteCalendarRow(tx, actor.workspaceId, input.id);
    await renewRulesVersion(tx, actor.workspaceId);
    await insertAuditEntry(tx, actor, 'calendar.deleted', { kind: 'calendar', id: input.id }, { name: calendar.name });
  });
}
