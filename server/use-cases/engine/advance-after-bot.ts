/** A bot session of a sequence has ended: its enrolment goes on by the outcome. */
import type { Tx } from '#db/client.ts';
import { lockEnrolments } from '#db/queries/enrolment-controls.ts';
import { insertEnrolmentEvents } from '#db/queries/enrolment-events.ts';
import { systemActor } from '#server/auth/actor.ts';
import { anchorAfter } from '#server/domain/time/plan.ts';
import { type Departure, leaveSteps } from './leave-steps.ts';

export interface BotEnd {
  readonly workspaceId: string;
  readonly enrolmentId: string;
  readonly stepNumber: number;
  readonly outcome: string;
  readonly at: Date;
}

/** Does nothing for an enrolment that has ended or left that step. One that is paused takes note, and waits. */
export async function advanceAfterBot(tx: Tx, end: BotEnd): Promise<void> {
  await advanceAfterBots(tx, [end]);
}

/** The same for many of one workspace. */
export async function advanceAfterBots(tx: Tx, ends: readonly BotEnd[]): Promise<void> {
  const [first] = ends;
  if (!first) return;
  const { workspaceId } = systemActor(first.workspaceId);
  const locked = await lockEnrolments(
    tx,
    workspaceId,
    ends.map((end) => end.enrolmentId),
  );
  const byId = new Map(ends.map((end) => [end.enrolmentId, end]));
  const departures: (Departure & { at: Date })[] = [];
  for (const row of locked) {
    const end = byId.get(row.id);
    if (!end || row.status === 'ended' || row.waitingFor !== 'bot' || row.stepNumber !== end.stepNumber || row.stepKey === null) continue;
    const anchorAt = anchorAfter(row.dueAt ?? row.anchorAt, end.at);
    departures.push({ row, stepKey: row.stepKey, version: row.version, outcome: end.outcome, anchorAt, at: end.at });
  }
  const events = departures.map(({ row, outcome, at }) => ({
    enrolmentId: row.id,
    kind: 'botEnded' as const,
    stepKey: row.stepKey,
    stepNumber: row.stepNumber,
    fromAt: row.dueAt,
    toAt: at,
    reasons: outcome ? [outcome] : [],
  }));
  await insertEnrolmentEvents(tx, workspaceId, events);
  await leaveSteps(tx, workspaceId, departures);
}
