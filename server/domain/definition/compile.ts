/** A definition made ready for walking: the tree as a map, every step with the one that follows it. Pure; keep the result
 *  per version. */
import type { Window } from '#server/domain/time/schema.ts';
import { compileWindow, type EffectiveWindow } from '#server/domain/time/window.ts';
import type { Definition, Step } from './schema.ts';

export interface CompiledStep {
  readonly step: Step;
  /** 1 for the first in reading order, paths included. */
  readonly position: number;
  /** Lists of steps around it: 0 on the main line. */
  readonly depth: number;
  /** The step whose path it lies in, and that path's outcome. */
  readonly parentKey: string | null;
  readonly outcome: string | null;
  /** The step after it when it opens no path: the next of its list, else what follows the step around it. */
  readonly followingKey: string | null;
}

export interface CompiledDefinition {
  readonly definition: Definition;
  readonly steps: ReadonlyMap<string, CompiledStep>;
  /** Keys in reading order. */
  readonly keys: readonly string[];
}

/** The workspace's own rules of time: hours in which nothing may be sent, and its holiday calendars by id, each as its
 *  closed local dates (`YYYY-MM-DD`) with their names. Plain JSON: the browser simulates with the same. */
export interface WorkspaceRules {
  readonly quietHours: Window | null;
  readonly calendars: Readonly<Record<string, ClosedDates>>;
}

export type ClosedDates = Readonly<Record<string, string>>;

export const noWorkspaceRules: WorkspaceRules = { quietHours: null, calendars: {} };

const noDates: ClosedDates = {};

/** The dates that a definition's calendar closes; none without one. */
export function closedDatesOf({ calendarId }: Pick<Definition, 'calendarId'>, rules: WorkspaceRules): ClosedDates {
  return (calendarId === null ? undefined : rules.calendars[calendarId]) ?? noDates;
}

/** Where a key is used twice, the first one in reading order counts and the line never turns back;
 *  `validateDefinition` refuses such a definition. */
export function compileDefinition(definition: Definition): CompiledDefinition {
  const steps = new Map<string, CompiledStep>();
  const visit = (list: readonly Step[], parent: Pick<CompiledStep, 'parentKey' | 'outcome' | 'depth'>, rejoin: string | null): void => {
    for (const [index, step] of list.entries()) {
      const followingKey = list[index + 1]?.key ?? rejoin;
      if (!steps.has(step.key)) steps.set(step.key, { step, position: steps.size + 1, followingKey, ...parent });
      for (const [outcome, path] of Object.entries(step.paths ?? {})) {
        visit(path, { parentKey: step.key, outcome, depth: parent.depth + 1 }, followingKey);
      }
    }
  };
  visit(definition.steps, { parentKey: null, outcome: null, depth: 0 }, null);
  for (const [key, found] of steps) {
    const following = found.followingKey === null ? null : steps.get(found.followingKey);
    if (following && following.position <= found.position) steps.set(key, { ...found, followingKey: null });
  }
  return { definition, steps, keys: [...steps.keys()] };
}

/** The keys of the custom fields that the waits of a plan are relative to. */
export function fieldsRead({ steps }: CompiledDefinition): string[] {
  const keys = [...steps.values()].flatMap(({ step: { timing } }) => (timing.kind === 'relativeToField' ? [timing.field] : []));
  return [...new Set(keys)];
}

/** The step an enrolment starts with; null when there is none. */
export function firstStep(compiled: CompiledDefinition): Step | null {
  return compiled.definition.steps[0] ?? null;
}

/** The step after `stepKey`: the first of the path of `outcome` where that holds steps, else the one that follows on
 *  the line. Null means that the enrolment is complete, or that this version has no such step. */
export function nextStep(compiled: CompiledDefinition, stepKey: string, outcome?: string | null): Step | null {
  const current = compiled.steps.get(stepKey);
  if (!current) return null;
  const path = outcome ? current.step.paths?.[outcome] : undefined;
  return path?.[0] ?? stepOf(compiled, current.followingKey);
}

export function stepOf(compiled: CompiledDefinition, stepKey: string | null): Step | null {
  return (stepKey === null ? undefined : compiled.steps.get(stepKey)?.step) ?? null;
}

/** Where someone who waits for `stepKey` of the old version waits in the new one: the same step, or where that was deleted,
 *  the next one on the old line that survives. Null means that nothing is left to wait for. */
export function survivingStep(before: CompiledDefinition, after: CompiledDefinition, stepKey: string): Step | null {
  for (let key: string | null = stepKey; key !== null; key = before.steps.get(key)?.followingKey ?? null) {
    const survivor = stepOf(after, key);
    if (survivor) return survivor;
  }
  return null;
}

const windows = new WeakMap<CompiledDefinition, WeakMap<WorkspaceRules, Map<string, EffectiveWindow>>>();

/** Sequence ∩ step ∩ NOT quiet hours ∩ NOT closed dates. Kept per compiled definition and rules, both by identity. */
export function effectiveWindowOf(compiled: CompiledDefinition, step: Step, rules: WorkspaceRules): EffectiveWindow {
  let ofRules = windows.get(compiled);
  if (!ofRules) windows.set(compiled, (ofRules = new WeakMap()));
  let ofSteps = ofRules.get(rules);
  if (!ofSteps) ofRules.set(rules, (ofSteps = new Map()));
  let window = ofSteps.get(step.key);
  if (!window) {
    const closedDates = Object.keys(closedDatesOf(compiled.definition, rules));
    window = compileWindow({ sequence: compiled.definition.window, step: step.window, quietHours: rules.quietHours, closedDates });
    ofSteps.set(step.key, window);
  }
  return window;
}
