/** Holds enrolments: a stop that ends by itself. Nothing of them is claimed once this has committed. */
import type { Tx } from '#db/client.ts';
import { lockEnrolments, markHeld } from '#db/queries/enrolment-controls.ts';
import { type EventActor, insertEnrolmentEvents } from '#db/queries/enrolment-events.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

export interface Hold {
  readonly reason: 'humanTakeover' | 'outOfOffice';
  /** When it ends by itself; null: with what it is there for. */
  readonly until: Date | null;
}

/** What has ended, or is held for another reason, stays as it is; a hold of the same reason gets the new end. Answers the ids
 *  of those that are held now. */
export async function holdEnrolmentsIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  hold: Hold,
  by: EventActor,
): Promise<readonly string[]> {
  const rows = (await lockEnrolments(tx, workspaceId, ids)).filter(
    (row) => row.status !== 'ended' && (row.heldAt === null || row.holdReason === hold.reason),
  );
  const held = rows.map((row) => row.id);
  await markHeld(tx, workspaceId, held, hold);
  const events = rows.map(({ id, stepKey, stepNumber, dueAt }) => ({
    enrolmentId: id,
    kind: 'held' as const,
    stepKey,
    stepNumber,
    fromAt: dueAt,
    toAt: hold.until,
    reasons: [hold.reason],
  }));
  await insertEnrolmentEvents(tx, workspaceId, events, by);
  return held;
}
