/** Whether a definition may be published, and what is wrong with it. The schema has already said that its form is right. */
import { outcomesOf } from './outcomes.ts';
import { closedDatesOf, type WorkspaceRules } from './compile.ts';
import type { DefinitionFacts, Problem } from './problems.ts';
import type { Definition, Step } from './schema.ts';
import { validateContent } from './validate-content.ts';
import { validateWindows } from './validate-windows.ts';

export type { DefinitionFacts, Problem } from './problems.ts';

/** Step types that this version of the product can carry out. */
export const supportedStepTypes: ReadonlySet<Step['type']> = new Set(['message', 'chatbot', 'exit']);

/** All problems in reading order; none means that the definition may be published. Nothing is ignored: what is not built
 *  yet is `notYetSupported`. `from`: the instant from which there must be an hour to send in. */
export function validateDefinition(definition: Definition, facts: DefinitionFacts, rules: WorkspaceRules, from: Date): Problem[] {
  const problems: Problem[] = [];
  if (definition.steps.length === 0) problems.push({ code: 'noSteps', stepKey: null, path: 'steps' });
  if (definition.exitOnReply === 'group' && definition.exclusivityGroup === null) {
    problems.push({ code: 'groupMissing', stepKey: null, path: 'exclusivityGroup' });
  }
  const { calendarId } = definition;
  if (calendarId !== null && !(calendarId in rules.calendars))
    problems.push({ code: 'unknownCalendar', stepKey: null, path: 'calendarId' });
  problems.push(...validateWindowsOf(definition, null, rules, from).map((problem) => ({ ...problem, stepKey: null })));
  const seen = new Set<string>();
  validateList(definition.steps, { definition, facts, rules, from, seen, problems });
  return problems;
}

/** The clashes of a definition's hours by themselves, or those that the window of `step` brings about. */
export function validateWindowsOf(
  definition: Definition,
  step: Step | null,
  rules: WorkspaceRules,
  from: Date,
): Omit<Problem, 'stepKey'>[] {
  const closedDates = closedDatesOf(definition, rules);
  return validateWindows({ sequence: definition.window, step: step?.window ?? null, quietHours: rules.quietHours, closedDates }, from);
}

interface Scope {
  readonly definition: Definition;
  readonly facts: DefinitionFacts;
  readonly rules: WorkspaceRules;
  readonly from: Date;
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

function validateStep(step: Step, { definition, facts, rules, from, seen, problems }: Scope): void {
  const report = (problem: Omit<Problem, 'stepKey'>): void => void problems.push({ ...problem, stepKey: step.key });
  if (seen.has(step.key)) report({ code: 'duplicateKey', path: 'key', params: { what: step.key } });
  seen.add(step.key);
  if (!supportedStepTypes.has(step.type)) report({ code: 'notYetSupported', path: 'type', params: { what: step.type } });
  validatePaths(step, report);
  validateContent(step, facts, report);
  if (step.timing.kind === 'relativeToField' && !facts.fieldKeys.has(step.timing.field)) {
    report({ code: 'unknownField', path: 'timing.field', params: { what: step.timing.field } });
  }
  if (step.window) validateWindowsOf(definition, step, rules, from).forEach(report);
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
