/** Planning in bulk: contacts of a batch share few (timing, zone, minute) combinations; each is computed once. */
import type { Step } from '#server/domain/definition/schema.ts';
import { type PlanInput, planStep, type StepPlan } from './plan.ts';
import type { EffectiveWindow } from './window.ts';

const KEPT_PLANS = 50_000;

/** `planStep` with a memory. One planner belongs to one batch or one process; a step and a window are known by identity,
 *  so keep the compiled definition while planning. */
export function createPlanner(): (input: PlanInput) => StepPlan {
  let plans = new WeakMap<PlanInput['step'], WeakMap<EffectiveWindow, Map<string, StepPlan>>>();
  let kept = 0;
  return (input) => {
    let windows = plans.get(input.step);
    if (!windows) plans.set(input.step, (windows = new WeakMap()));
    let known = windows.get(input.window);
    if (!known) windows.set(input.window, (known = new Map()));
    const key = keyOf(input);
    const found = known.get(key);
    if (found) return found;
    if (kept >= KEPT_PLANS) {
      plans = new WeakMap();
      kept = 0;
    }
    const plan = planStep(input);
    known.set(key, plan);
    kept += 1;
    return plan;
  };
}

/** All that a plan depends on beside step and window. */
function keyOf({ step, anchorAt, enrolledAt, zone, fields }: PlanInput & { step: Pick<Step, 'timing'> }): string {
  const { timing } = step;
  const enrolled = timing.kind === 'after' && timing.from === 'enrolment' ? enrolledAt.getTime() : '';
  const field = timing.kind === 'relativeToField' ? JSON.stringify(fields[timing.field] ?? null) : '';
  return `${zone}|${anchorAt.getTime()}|${enrolled}|${field}`;
}
