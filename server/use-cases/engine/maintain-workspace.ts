/** What time ends in a workspace: leases of workers that are gone, holds for uncertain deliveries, pauses, absences, the patience of
 *  bots. */
import type { Db, Tx } from '#db/client.ts';
import { lockEndedHolds, lockEndedPauses, lockEnrolments } from '#db/queries/enrolment-controls.ts';
import { insertEnrolmentEvents } from '#db/queries/enrolment-events.ts';
import { lockOverdueUnknownHolds, releaseUnknownHolds } from '#db/queries/enrolment-holds.ts';
import { expireClaim } from '#db/queries/message-claims.ts';
import { anchorAfter } from '#server/domain/time/plan.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { expireBotSessions } from '../chatbots/expire-bot-sessions.ts';
import { releaseEnrolmentsIn, resumeEnrolmentsIn } from '../enrolments/resume-enrolments-in.ts';
import { leaveSteps } from './leave-steps.ts';
import { retryOnConflict } from './retry-on-conflict.ts';
import { holdUncertain, type UncertainMessage } from './settle-unknown.ts';

const chunk = 1_000;

/** Each kind in pieces of one transaction, until nothing is left to end. */
export async function maintainWorkspace(db: Db, workspaceId: WorkspaceId): Promise<void> {
  await inPieces(db, (tx) => endLease(tx, workspaceId));
  await inPieces(db, (tx) => endUnknownHolds(tx, workspaceId));
  await inPieces(db, (tx) => endPauses(tx, workspaceId));
  await inPieces(db, (tx) => endAbsences(tx, workspaceId));
  await expireBotSessions(db, workspaceId);
}

/** Pauses that a member gave an end: what remained of each wait goes on. */
async function endPauses(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const ids = await lockEndedPauses(tx, workspaceId, chunk);
  await resumeEnrolmentsIn(tx, workspaceId, ids, { kind: 'system', id: null });
  return ids.length === chunk;
}

/** People who were away are taken to be back. */
async function endAbsences(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const ids = await lockEndedHolds(tx, workspaceId, 'outOfOffice', chunk);
  await releaseEnrolmentsIn(tx, workspaceId, ids, 'outOfOffice', { kind: 'system', id: null });
  return ids.length === chunk;
}

/** `end` answers whether there may be more. */
async function inPieces(db: Db, end: (tx: Tx) => Promise<boolean>): Promise<void> {
  while (await retryOnConflict(() => db.transaction().execute(end)));
}

/** A worker died between claim and settling: nobody knows whether the message went out. */
async function endLease(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const code = 'workerLost';
  const lost = await expireClaim(tx, workspaceId, code);
  if (!lost) return false;
  const uncertain = lost.flatMap(({ origin, enrolmentId, stepKey, stepNumber, ...message }): UncertainMessage[] => {
    const isStep = origin === 'step' && enrolmentId !== null && stepKey !== null && stepNumber !== null;
    return isStep ? [{ ...message, enrolmentId, stepKey, stepNumber, code }] : [];
  });
  await holdUncertain(tx, workspaceId, uncertain);
  return true;
}

/** After a day without news, the enrolment goes on as if the message had been sent when it was claimed. */
async function endUnknownHolds(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const overdue = await lockOverdueUnknownHolds(tx, workspaceId, chunk);
  if (overdue.length === 0) return false;
  const byId = new Map(overdue.map((hold) => [hold.enrolmentId, hold]));
  await releaseUnknownHolds(tx, workspaceId, [...byId.keys()]);
  const departures = (await lockEnrolments(tx, workspaceId, [...byId.keys()])).flatMap((row) => {
    const hold = byId.get(row.id);
    if (!hold || row.stepKey === null) return [];
    return [
      { row, stepKey: row.stepKey, version: hold.version, outcome: null, anchorAt: anchorAfter(row.dueAt ?? row.anchorAt, hold.claimedAt) },
    ];
  });
  await insertEnrolmentEvents(
    tx,
    workspaceId,
    departures.map(({ row, anchorAt }) => ({
      enrolmentId: row.id,
      kind: 'resolved' as const,
      stepKey: row.stepKey,
      stepNumber: row.stepNumber,
      toAt: anchorAt,
      reasons: ['takenAsSent'],
    })),
  );
  await leaveSteps(tx, workspaceId, departures);
  return overdue.length === chunk;
}
