/** Whether a definition may be published, and what is wrong with it. The schema has already said that its form is right. */
import { outcomesOf } from './outcomes.ts';
import type { WorkspaceRules } from './compile.ts';
import type { DefinitionFacts, Problem } from './problems.ts';
import type { Definition, Step } from './schema.ts';
import { validateContent } from './validate-content.ts';
import { validateWindows } from './validate-windows.ts';

export type { DefinitionFacts, Problem } from './problems.ts';

/** Step types that this version of the product can carry out. */
export const supportedStepTypes: ReadonlySet<Step['type']> = new Set(['message', 'chatbot', 'exit']);

/** All problems in reading order; none means that the definition may be published. Nothing is ignored: what is not built
 *  yet is `notYetSupported`. */
export function validateDefinition(definition: Definition, facts: DefinitionFacts, rules: WorkspaceRules): Problem[] {
  const problems: Problem[] = [];
  if (definition.steps.length === 0) problems.push({ code: 'noSteps', stepKey: null, path: 'steps' });
  for (const path of ['calendarId', 'goal', 'exclusivityGroup'] as const) {
    if (definition[path] !== null) problems.push({ code: 'notYetSupported', stepKey: null, path, params: { what: path } });
  }
  if (definition.exitOnReply === 'group') {
    problems.push({ code: 'notYetSupported', stepKey: null, path: 'exitOnReply', params: { what: 'exitOnReply.group' } });
  }
  problems.push(...validateWindows(definition.window, null, rules).map((problem) => ({ ...problem, stepKey: null })));
  const seen = new Set<string>();
  validateList(definition.steps, { definition, facts, rules, seen, problems });
  return problems;
}

interface Scope {
  readonly definition: Definition;
  readonly facts: DefinitionFacts;
  readonly rules: WorkspaceRules;
  readonly seen: Set<string>;
  readonly problems: Problem[];
}

function validateList(steps: readonly Step[], scope: Scope): void {
  let ended = false;
  for (const step of steps) {
    if (ended) scope.problems.push({ code: 'unreachable', stepKey: step.key });
    validateStep(step, scope);
    for (const path of Object.values(step.paths ?? {})) validateList(path, scope);
    ended ||= step.type === 'exit';
  }
}

function validateStep(step: Step, { definition, facts, rules, seen, problems }: Scope): void {
  const report = (problem: Omit<Problem, 'stepKey'>): void => void problems.push({ ...problem, stepKey: step.key });
  if (seen.has(step.key)) report({ code: 'duplicateKey', path: 'key', params: { what: step.key } });
  seen.add(step.key);
  if (!supportedStepTypes.has(step.type)) report({ code: 'notYetSupported', path: 'type', params: { what: step.type } });
  validatePaths(step, report);
  validateContent(step, facts, report);
  if (step.timing.kind === 'relativeToField' && !facts.fieldKeys.has(step.timing.field)) {
    report({ code: 'unknownField', path: 'timing.field', params: { what: step.timing.field } });
  }
  if (step.window) validateWindows(definition.window, step.window, rules).forEach(report);
}

function validatePaths(step: Step, report: (problem: Omit<Problem, 'stepKey'>) => void): void {
  const possible = outcomesOf(step);
  for (const outcome of Object.keys(step.paths ?? {})) {
    if (!possible.includes(outcome)) report({ code: 'unknownOutcome', path: `paths.${outcome}`, params: { what: outcome } });
  }
  for (const [index, outcome] of possible.entries()) {
    if (possible.indexOf(outcome) !== index) report({ code: 'duplicateOutcome', path: step.type, params: { what: outcome } });
  }
}
