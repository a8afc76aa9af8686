/** Enrolments leave the step they were at, one by one decided under lock: after a bot, an uncertain delivery, or a stop
 *  that came while their message was under way. */
import type { Tx } from '#db/client.ts';
import type { LockedEnrolment } from '#db/queries/enrolment-controls.ts';
import { placeEnrolments, type PlacedEnrolment } from '#db/queries/enrolment-placement.ts';
import { type Alarm, setAlarms } from '#jobs/queues/alarms.ts';
import { type CompiledDefinition, nextStep, stepOf, survivingStep } from '#server/domain/definition/compile.ts';
import type { Step } from '#server/domain/definition/schema.ts';
import { placeFrom } from '#server/domain/placement.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { compiledVersion } from './compiled-version.ts';
import { recordPassedSteps } from './record-passed-steps.ts';
import { walkContext } from './sequence-plan.ts';
import { findRuledSequence, type RuledSequence } from './workspace-rules.ts';

export interface Departure {
  readonly row: LockedEnrolment;
  /** The step that is done, in the version by which it was done. */
  readonly stepKey: string;
  readonly version: number;
  readonly outcome: string | null;
  readonly anchorAt: Date;
}

/** Plans what follows by each enrolment's present version. One that is paused or held gets the rest of its wait frozen.
 *  Sets the alarms: call it last. */
export async function leaveSteps(tx: Tx, workspaceId: WorkspaceId, departures: readonly Departure[]): Promise<void> {
  const states = new Map<string, RuledSequence | null>();
  const placed: PlacedEnrolment[] = [];
  const alarms: Alarm[] = [];
  for (const departure of departures) {
    const { row, anchorAt } = departure;
    const { sequenceId } = row;
    const state = states.get(sequenceId) ?? (await findRuledSequence(tx, workspaceId, sequenceId));
    states.set(sequenceId, state);
    if (!state) continue;
    const left = await compiledVersion(tx, workspaceId, sequenceId, departure.version);
    const compiled = await compiledVersion(tx, workspaceId, sequenceId, row.version);
    const placement = placeFrom(following(departure, left, compiled), row.stepNumber + 1, anchorAt, walkContext(state, compiled, row));
    const isStopped = row.pausedAt !== null || row.heldAt !== null;
    const frozenWaitMs = isStopped && placement.dueAt ? Math.max(0, placement.dueAt.getTime() - anchorAt.getTime()) : null;
    placed.push({ ...row, anchorAt, placement, frozenWaitMs });
    if (placement.dueAt && !isStopped) alarms.push({ queue: 'sequence.advance', workspaceId, sequenceId, at: placement.dueAt });
  }
  await placeEnrolments(tx, workspaceId, placed, { bump: false });
  const rows = new Map(departures.map(({ row }) => [row.id, row]));
  await recordPassedSteps(
    tx,
    workspaceId,
    placed.flatMap((one) => {
      const row = rows.get(one.id);
      return row ? [{ ...row, enrolmentId: one.id, placement: one.placement }] : [];
    }),
  );
  await setAlarms(tx, alarms);
}

/** What follows the step in the present version; where that has it no more, what followed it before and survives. */
function following(departure: Departure, left: CompiledDefinition, present: CompiledDefinition): Step | null {
  if (stepOf(present, departure.stepKey)) return nextStep(present, departure.stepKey, departure.outcome);
  const next = nextStep(left, departure.stepKey, departure.outcome);
  return next && survivingStep(left, present, next.key);
}
