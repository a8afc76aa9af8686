/** What follows an outcome: the line, the end, or steps of its own. */
import type { Step } from '#server/domain/definition/schema.ts';
import { newStepKey } from './new-step.ts';

/** The outcomes that a member decides about; an error of a bot goes on with the line. */
export const decidedOutcomes = ['completed', 'noAnswer', 'handoff', 'error'] as const;
export type DecidedOutcome = (typeof decidedOutcomes)[number];

export type PathChoice = 'goOn' | 'end' | 'own';

export function choiceOf(step: Step, outcome: string): PathChoice {
  const path = step.paths?.[outcome] ?? [];
  if (path.length === 0) return 'goOn';
  return path.length === 1 && path[0]?.type === 'exit' ? 'end' : 'own';
}

/** Paths that are more than an end, in the order in which the plan reads them. */
export function ownPaths(step: Step): [DecidedOutcome, readonly Step[]][] {
  return pathsBy(step, 'own');
}

/** Outcomes that simply end, each with the exit step that its path consists of. */
export function endingPaths(step: Step): [DecidedOutcome, Step][] {
  return pathsBy(step, 'end').flatMap(([outcome, [exit]]): [DecidedOutcome, Step][] => (exit ? [[outcome, exit]] : []));
}

function pathsBy(step: Step, choice: PathChoice): [DecidedOutcome, readonly Step[]][] {
  const paths = Object.entries(step.paths ?? {}) as [DecidedOutcome, readonly Step[]][];
  return paths.filter(([outcome]) => decidedOutcomes.includes(outcome) && choiceOf(step, outcome) === choice);
}

/** The step with another path for `outcome`. `first` is what steps of its own begin with. */
export function withChoice(step: Step, outcome: string, choice: PathChoice, first: Step | null): Step {
  const { [outcome]: _before, ...others } = step.paths ?? {};
  const exit: Step = { key: newStepKey('exit'), type: 'exit', timing: { kind: 'immediately' } };
  const path = choice === 'goOn' ? null : choice === 'end' ? [exit] : first && [first];
  const paths = path ? { ...others, [outcome]: path } : others;
  const { paths: _paths, ...rest } = step;
  return (Object.keys(paths).length > 0 ? { ...rest, paths } : rest) as Step;
}
