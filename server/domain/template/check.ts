/** Reads a text without rendering it: which variables it uses, and what is wrong with it. */
import { analyzeSync, type StaticAnalysis, type Template } from 'liquidjs';
import { createEngine } from './engine.ts';
import { problemOf, type TemplateProblem, wording } from './problems.ts';
import { knownVariables } from './variables.ts';

const engine = createEngine({ escapeHtml: false });
const collecting = createEngine({ escapeHtml: false, catchAllErrors: true });

/** The variables a text speaks of (`contact.fields.city`), each once, in no special order; none when it cannot be read. */
export function variablesOf(text: string): string[] {
  if (!text.includes('{')) return [];
  try {
    const globals = analyze(engine.parse(text)).globals;
    return [...new Set(Object.values(globals).flatMap((uses) => uses.map((use) => use.segments.join('.'))))];
  } catch {
    return [];
  }
}

/** Everything wrong with a text that reading it can show. With `fieldKeys`, contact fields that do not exist are named too.
 *  `answerKeys`: the answers that a chatbot's text may speak of; elsewhere there are none. */
export function checkTemplate(
  text: string,
  facts: { fieldKeys?: ReadonlySet<string> | undefined; answerKeys?: ReadonlySet<string> | undefined } = {},
): TemplateProblem[] {
  let templates: Template[];
  try {
    templates = collecting.parse(text);
  } catch (error) {
    const all = (error as { errors?: unknown[] }).errors ?? [error];
    return all.map(problemOf);
  }
  return Object.values(analyze(templates).globals)
    .flat()
    .flatMap((use) => {
      const path = use.segments.join('.');
      const code = wrongWith(path, facts.fieldKeys, facts.answerKeys);
      return code ? [{ code, what: path, line: use.location.row, column: use.location.col, message: wording[code](path) }] : [];
    });
}

function analyze(templates: Template[]): StaticAnalysis {
  return analyzeSync(templates, { partials: false });
}

const known: ReadonlySet<string> = new Set(knownVariables);
const groups: ReadonlySet<string> = new Set([...knownVariables.map((path) => path.split('.')[0] ?? path), 'contact.fields']);

function wrongWith(
  path: string,
  fieldKeys: ReadonlySet<string> | undefined,
  answerKeys: ReadonlySet<string> | undefined,
): 'unknownVariable' | 'notAValue' | null {
  if (known.has(path)) return null;
  if (path.startsWith('answers.') && answerKeys?.has(path.slice('answers.'.length))) return null;
  if (groups.has(path)) return 'notAValue';
  const field = /^contact\.fields\.([^.]+)/.exec(path)?.[1];
  if (!field) return 'unknownVariable';
  return !fieldKeys || fieldKeys.has(field) ? null : 'unknownVariable';
}
