/** What publishing would change: two definitions side by side, step by step, by their keys. */
import { type CompiledDefinition, compileDefinition } from './compile.ts';
import type { Definition, Step } from './schema.ts';

export const stepAspects = ['type', 'name', 'timing', 'window', 'content', 'rules'] as const;
/** What of a step is different. `content` is what it says or does; `rules` are `ifPast` and `expiresAfterMinutes`. */
export type StepAspect = (typeof stepAspects)[number];

export type StepChange =
  | { readonly kind: 'added'; readonly stepKey: string; readonly step: Step }
  | { readonly kind: 'removed'; readonly stepKey: string; readonly step: Step; readonly survivorKey: string | null }
  | { readonly kind: 'moved'; readonly stepKey: string; readonly step: Step }
  | { readonly kind: 'changed'; readonly stepKey: string; readonly step: Step; readonly aspects: readonly StepAspect[] };

export interface DefinitionDiff {
  /** In the reading order of the new definition, then what was removed. A step can be both moved and changed. */
  readonly steps: readonly StepChange[];
  /** Fields of the whole sequence that differ: `zone`, `window`, `exitOnReply` … */
  readonly settings: readonly Exclude<keyof Definition, 'steps'>[];
}

/** The difference from `before` to `after`; `survivorKey` is where people on a removed step go on. */
export function diffDefinitions(before: Definition, after: Definition): DefinitionDiff {
  const old = compileDefinition(before);
  const next = compileDefinition(after);
  const moved = movedKeys(old, next);
  const steps: StepChange[] = [];
  for (const [stepKey, { step }] of next.steps) {
    const previous = old.steps.get(stepKey)?.step;
    if (!previous) {
      steps.push({ kind: 'added', stepKey, step });
      continue;
    }
    if (moved.has(stepKey)) steps.push({ kind: 'moved', stepKey, step });
    const aspects = stepAspects.filter((aspect) => !same(aspectOf(previous, aspect), aspectOf(step, aspect)));
    if (aspects.length > 0) steps.push({ kind: 'changed', stepKey, step, aspects });
  }
  for (const [stepKey, { step }] of old.steps) {
    if (!next.steps.has(stepKey)) steps.push({ kind: 'removed', stepKey, step, survivorKey: survivorOf(old, next, stepKey) });
  }
  const settings = (Object.keys(after) as (keyof Definition)[]).filter(
    (field): field is Exclude<keyof Definition, 'steps'> => field !== 'steps' && !same(before[field], after[field]),
  );
  return { steps, settings };
}

function survivorOf(old: CompiledDefinition, next: CompiledDefinition, stepKey: string): string | null {
  let key: string | null = stepKey;
  while (key !== null && !next.steps.has(key)) key = old.steps.get(key)?.followingKey ?? null;
  return key;
}

/** Steps in another list than before, and of those that stayed in theirs, the fewest that explain the new order. */
function movedKeys(old: CompiledDefinition, next: CompiledDefinition): Set<string> {
  const moved = new Set<string>();
  const lists = new Map<string, string[]>();
  for (const [key, now] of next.steps) {
    const was = old.steps.get(key);
    if (!was) continue;
    const list = `${now.parentKey ?? ''}/${now.outcome ?? ''}`;
    if (`${was.parentKey ?? ''}/${was.outcome ?? ''}` !== list) moved.add(key);
    else lists.set(list, [...(lists.get(list) ?? []), key]);
  }
  for (const keys of lists.values()) {
    const kept = longestRising(keys.map((key) => old.steps.get(key)?.position ?? 0));
    keys.forEach((key, index) => !kept.has(index) && moved.add(key));
  }
  return moved;
}

/** Indexes of a longest rising subsequence. */
function longestRising(values: readonly number[]): Set<number> {
  const best: number[][] = [];
  for (const [index, value] of values.entries()) {
    let longest: number[] = [];
    for (let before = 0; before < index; before++) {
      const chain = best[before] ?? [];
      if ((values[before] ?? 0) < value && chain.length > longest.length) longest = chain;
    }
    best.push([...longest, index]);
  }
  return new Set(best.reduce<number[]>((longest, chain) => (chain.length > longest.length ? chain : longest), []));
}

function aspectOf(step: Step, aspect: StepAspect): unknown {
  switch (aspect) {
    case 'type':
    case 'timing':
      return step[aspect];
    case 'name':
      return step.name ?? null;
    case 'window':
      return step.window ?? null;
    case 'rules':
      return [step.ifPast ?? null, step.expiresAfterMinutes ?? null];
    case 'content':
      return (step as unknown as Record<string, unknown>)[step.type] ?? null;
  }
}

/** Deep equality of JSON values; the order of an object's keys does not matter. */
function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
