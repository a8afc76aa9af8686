/** When each step of a plan would happen for somebody who entered now: the simulation, run once per branch of paths. */
import type { WorkspaceRules } from '#server/domain/definition/compile.ts';
import type { Definition, Step } from '#server/domain/definition/schema.ts';
import { type SimulatedStep, simulate } from '#server/domain/simulate.ts';
import type { ZoneOrigin } from '#server/domain/time/schema.ts';

export interface Planning {
  readonly timeZone: string;
  readonly rules: WorkspaceRules;
}

export interface ScheduledStep extends SimulatedStep {
  /** 1 on the day of entering, by the local date of the plan's zone. */
  readonly day: number;
}

/** The zone that a plan is looked at in: its fixed one, else the workspace's, which stands for a contact without its own. */
export function viewingZone(definition: Definition, planning: Planning): { zone: string; zoneOrigin: ZoneOrigin } {
  if (typeof definition.zone === 'object') return { zone: definition.zone.iana, zoneOrigin: 'sequence' };
  return { zone: planning.timeZone, zoneOrigin: 'workspace' };
}

/** By step key; steps that nobody reaches are missing. */
export function scheduleOf(definition: Definition, planning: Planning, startAt: Date): ReadonlyMap<string, ScheduledStep> {
  const where = viewingZone(definition, planning);
  const schedule = new Map<string, ScheduledStep>();
  const startDay = dayNumber(startAt, where.zone);
  for (const outcomes of branches(definition.steps)) {
    const { steps } = simulate({ definition, ...where, startAt, fields: {}, rules: planning.rules, outcomes });
    for (const step of steps) {
      if (schedule.has(step.stepKey)) continue;
      schedule.set(step.stepKey, { ...step, day: step.plannedAt ? dayNumber(step.plannedAt, where.zone) - startDay + 1 : 0 });
    }
  }
  return schedule;
}

/** Choices of outcomes that together pass through every path: first the plain line, then one for each path with steps. */
function branches(steps: readonly Step[], chosen: Readonly<Record<string, string>> = {}): Record<string, string>[] {
  const found: Record<string, string>[] = [{ ...chosen }];
  for (const step of steps) {
    for (const [outcome, path] of Object.entries(step.paths ?? {})) {
      if (path.length > 0) found.push(...branches(path, { ...chosen, [step.key]: outcome }));
    }
  }
  return found;
}

/** Days since 1970 of the local date. */
function dayNumber(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
  return Math.round(Date.parse(`${parts}T00:00:00Z`) / 86_400_000);
}
