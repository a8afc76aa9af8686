/** Writes down where locked enrolments go by a change from outside: rows, ledger, what was passed over on the way, alarms. */
import type { Tx } from '#db/client.ts';
import type { LockedEnrolment } from '#db/queries/enrolment-controls.ts';
import { type EventActor, insertEnrolmentEvents, type NewEnrolmentEvent } from '#db/queries/enrolment-events.ts';
import { placeEnrolments, type PlacedEnrolment } from '#db/queries/enrolment-placement.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { recordPassedSteps } from './record-passed-steps.ts';

export interface WrittenPlacement {
  readonly row: LockedEnrolment;
  readonly to: PlacedEnrolment;
  /** What the ledger says of the change itself; null where it is not worth a line. */
  readonly event: NewEnrolmentEvent | null;
}

/** Bumps the epochs, so that nothing under way advances them. Sets the alarms of those that run: call it last. */
export async function writePlacements(
  tx: Tx,
  workspaceId: WorkspaceId,
  placed: readonly WrittenPlacement[],
  by: EventActor,
): Promise<void> {
  await placeEnrolments(
    tx,
    workspaceId,
    placed.map(({ to }) => to),
    { bump: true },
  );
  await insertEnrolmentEvents(
    tx,
    workspaceId,
    placed.flatMap(({ event }) => event ?? []),
    by,
  );
  await recordPassedSteps(
    tx,
    workspaceId,
    placed.map(({ row, to }) => ({ ...row, ...to, enrolmentId: row.id, epoch: row.epoch + 1 })),
  );
  await setAlarms(
    tx,
    placed.flatMap(({ row: { sequenceId }, to: { placement, frozenWaitMs } }) =>
      placement.dueAt && frozenWaitMs === null
        ? [{ queue: 'sequence.advance' as const, workspaceId, sequenceId, at: placement.dueAt }]
        : [],
    ),
  );
}
