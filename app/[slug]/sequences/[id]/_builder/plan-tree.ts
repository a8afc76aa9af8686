/** Changes of a plan as pure functions: each takes a definition and gives a new one; what is not touched stays the same object. */
import type { Definition, Step } from '#server/domain/definition/schema.ts';

/** A list of steps: the main line, or the path of one outcome of a step. */
export interface ListPlace {
  readonly parentKey: string | null;
  readonly outcome: string | null;
}

export interface StepPlace extends ListPlace {
  readonly index: number;
  /** Steps in the same list. */
  readonly count: number;
}

export const mainLine: ListPlace = { parentKey: null, outcome: null };

type ListChange = (steps: readonly Step[]) => readonly Step[];

/** Every list goes through `change`, the innermost first; untouched ones keep their identity. */
function mapLists(steps: readonly Step[], place: ListPlace, change: (steps: readonly Step[], place: ListPlace) => readonly Step[]): Step[] {
  const inner = steps.map((step) => {
    if (!step.paths) return step;
    const paths = Object.fromEntries(
      Object.entries(step.paths).map(([outcome, path]) => [outcome, mapLists(path, { parentKey: step.key, outcome }, change)]),
    );
    const changed = Object.entries(paths).some(([outcome, path]) => path !== step.paths?.[outcome]);
    return changed ? { ...step, paths } : step;
  });
  const same = inner.every((step, index) => step === steps[index]);
  return change(same ? steps : inner, place) as Step[];
}

function changeList(definition: Definition, at: ListPlace, change: ListChange): Definition {
  const steps = mapLists(definition.steps, mainLine, (list, place) =>
    place.parentKey === at.parentKey && place.outcome === at.outcome ? change(list) : list,
  );
  return steps === definition.steps ? definition : { ...definition, steps };
}

export function insertStep(definition: Definition, at: ListPlace & { index: number }, step: Step): Definition {
  return changeList(definition, at, (list) => list.toSpliced(at.index, 0, step));
}

export function updateStep(definition: Definition, key: string, change: (step: Step) => Step): Definition {
  const steps = mapLists(definition.steps, mainLine, (list) =>
    list.some((step) => step.key === key) ? list.map((step) => (step.key === key ? change(step) : step)) : list,
  );
  return { ...definition, steps };
}

export function removeStep(definition: Definition, key: string): Definition {
  const steps = mapLists(definition.steps, mainLine, (list) =>
    list.some((step) => step.key === key) ? list.filter((step) => step.key !== key) : list,
  );
  return { ...definition, steps };
}

/** Moves a step inside its list, from one index to another. */
export function reorderSteps(definition: Definition, at: ListPlace, from: number, to: number): Definition {
  return changeList(definition, at, (list) => {
    const step = list[from];
    if (!step || from === to) return list;
    return list.toSpliced(from, 1).toSpliced(to, 0, step);
  });
}

/** Where a step stands; null when there is none of that key. */
export function placeOf(definition: Definition, key: string): StepPlace | null {
  let found: StepPlace | null = null;
  mapLists(definition.steps, mainLine, (list, place) => {
    const index = list.findIndex((step) => step.key === key);
    if (index >= 0 && !found) found = { ...place, index, count: list.length };
    return list;
  });
  return found;
}

export function findStep(steps: readonly Step[], key: string): Step | null {
  for (const step of steps) {
    if (step.key === key) return step;
    for (const path of Object.values(step.paths ?? {})) {
      const inner = findStep(path, key);
      if (inner) return inner;
    }
  }
  return null;
}

/** The step and all steps in its paths under new keys from `newKey`. */
export function copyStep(step: Step, newKey: (type: Step['type']) => string): Step {
  const copy: Step = { ...step, key: newKey(step.type) };
  if (!step.paths) return copy;
  const paths = Object.entries(step.paths).map(([outcome, path]) => [outcome, path.map((inner) => copyStep(inner, newKey))]);
  return { ...copy, paths: Object.fromEntries(paths) };
}
