/** liquidjs behind a fence: listed tags and filters only, own properties only, limits on length, time and memory.
 *  The limits are cooperative; where members' texts are rendered in bulk, it happens in a thread that can be ended
 *  (`server/platform/render-pool.ts`). */
import { Liquid, Output, type Template, type Value } from 'liquidjs';
import { allowedFilters, isMissing } from './filters.ts';

export interface Limits {
  /** Characters of one text. */
  readonly parse: number;
  /** Milliseconds of one rendering, on the wall clock: generous, so that a busy machine fails nobody. */
  readonly renderMs: number;
  /** Objects and characters that filters and ranges may make. */
  readonly memory: number;
}

export const defaultLimits: Limits = { parse: 300_000, renderMs: 1_000, memory: 2_000_000 };

const allowedTags = new Set(['if', 'unless', 'case', 'for', 'break', 'continue', 'assign', 'capture', 'comment', 'raw', '#']);

export const missingRegister = 'andante.missing';
/** Called with the text of an output that has no value; what it returns stands in its place. */
export type OnMissing = (variable: string) => string;

/** An engine for plain texts, or one that escapes every value for HTML. */
export function createEngine(options: { escapeHtml: boolean; catchAllErrors?: boolean; limits?: Limits }): Liquid {
  const limits = options.limits ?? defaultLimits;
  const engine = new Liquid({
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    catchAllErrors: options.catchAllErrors ?? false,
    parseLimit: limits.parse,
    renderLimit: limits.renderMs,
    memoryLimit: limits.memory,
    ...(options.escapeHtml ? { outputEscape: escapeHtml } : {}),
  });
  for (const name of Object.keys(engine.tags)) if (!allowedTags.has(name)) delete engine.tags[name];
  for (const name of Object.keys(engine.filters)) delete engine.filters[name];
  for (const [name, handler] of Object.entries(allowedFilters)) engine.registerFilter(name, handler);
  return engine;
}

/** Parses `text` and makes every output tell when it has no value. Throws liquidjs errors (`problems.ts` words them). */
export function parseTemplate(engine: Liquid, text: string): Template[] {
  const templates = engine.parse(text);
  watchOutputs(templates);
  return templates;
}

function watchOutputs(templates: readonly Template[]): void {
  for (const template of templates) {
    if (template instanceof Output) watchOutput(template);
    else if (template.children) {
      // Without partials, children are at hand: the generator yields nothing to wait for.
      const step = template.children(false, true).next();
      if (step.done) watchOutputs(step.value);
    }
  }
}

function watchOutput(output: Output): void {
  const value: Value = output.value;
  const evaluate = value.value.bind(value);
  const variable = (
    output.token
      .getText()
      .replace(/^\{\{-?|-?\}\}$/g, '')
      .split('|')[0] ?? ''
  ).trim();
  value.value = function* (context) {
    const result: unknown = yield evaluate(context, true);
    if (isMissing(result)) return context.getRegister<OnMissing>(missingRegister)(variable);
    if (typeof result === 'object') throw new Error(`"${variable}" is a group, not a value`);
    const text = String(result);
    context.memoryLimit.use(text.length);
    return text;
  };
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

/** Values for HTML text and quoted attributes. A missing or grouped value is handed on: it is no text yet. */
export function escapeHtml(value: unknown): string {
  if (isMissing(value) || typeof value === 'object') return value as unknown as string;
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
