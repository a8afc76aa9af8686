/** From what a member wrote to what one contact reads. Pure: the same content and variables give the same text. */
import { Context, type Liquid, type Template } from 'liquidjs';
import { createEngine, defaultLimits, escapeHtml, type Limits, missingRegister, type OnMissing, parseTemplate } from './engine.ts';
import { type Style, styleRegister } from './filters.ts';
import { markMissing } from './preview.ts';
import { explainError } from './problems.ts';
import { scopeOf, type TemplateVariables } from './variables.ts';

export interface Content {
  readonly subject?: string | null | undefined;
  readonly body: string;
  readonly html?: string | null | undefined;
  /** Sent as the body, alone, when a variable has no value and no default. */
  readonly fallback?: string | null | undefined;
}

export interface RenderJob {
  readonly content: Content;
  readonly variables: TemplateVariables;
  /** For a preview: gaps refuse nothing, but are marked (`preview.ts`). */
  readonly markGaps?: boolean;
}

export type Rendered =
  | { readonly ok: true; readonly subject: string | null; readonly body: string; readonly html: string | null }
  /** `missing`: the variables without value and default, each once, as the text names them. */
  | { readonly ok: false; readonly reason: 'missingVariable'; readonly missing: string[] }
  | { readonly ok: false; readonly reason: 'templateError'; readonly message: string };

/** Characters a rendered part may have: as much as a definition may hold. */
export const longestText = 300_000;

/** Renders subject, body and HTML for one contact. A variable without a value and without `default` refuses the message
 *  (`missingVariable`), unless the content has a fallback text that needs none; that goes without HTML.
 *  Values in the HTML part are escaped; a subject is always one line. */
export function renderContent(job: RenderJob, renderer: Renderer = defaultRenderer()): Rendered {
  const { content } = job;
  const missing = new Set<string>();
  const onMissing: OnMissing = (variable) => {
    missing.add(variable);
    return job.markGaps ? markMissing(variable) : '';
  };
  try {
    const render = renderer.begin(job.variables, onMissing);
    const subject = content.subject ? oneLine(render.text(content.subject)) : null;
    const body = render.text(content.body);
    const html = content.html ? render.html(content.html) : null;
    if (missing.size === 0 || job.markGaps) return { ok: true, subject, body, html };
    const names = [...missing];
    if (!content.fallback) return { ok: false, reason: 'missingVariable', missing: names };
    missing.clear();
    const fallback = render.text(content.fallback);
    const plainSubject = subject !== null && subjectIsWhole(renderer, job, content.subject) ? subject : null;
    if (missing.size > 0) return { ok: false, reason: 'missingVariable', missing: [...new Set([...names, ...missing])] };
    return { ok: true, subject: plainSubject, body: fallback, html: null };
  } catch (error) {
    return { ok: false, reason: 'templateError', message: explainError(error) };
  }
}

/** Whether the subject could be rendered without gaps, so that it may stand above a fallback text. */
function subjectIsWhole(renderer: Renderer, job: { variables: TemplateVariables }, subject: string | null | undefined): boolean {
  let whole = true;
  renderer
    .begin(job.variables, () => {
      whole = false;
      return '';
    })
    .text(subject ?? '');
  return whole;
}

/** One line without control characters: nothing in a value can start a new header. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

export interface Renderer {
  begin(variables: TemplateVariables, onMissing: OnMissing): { text(template: string): string; html(template: string): string };
}

/** Holds the two engines and the parsed templates (the last 500 texts): make one per process or thread. */
export function createRenderer(limits: Limits = defaultLimits): Renderer {
  const text = new ParsedTemplates(createEngine({ escapeHtml: false, limits }));
  const html = new ParsedTemplates(createEngine({ escapeHtml: true, limits }));
  return {
    begin(variables, onMissing) {
      const scope = scopeOf(variables);
      const style = styleFor(variables);
      return {
        text: (template) => text.render(template, scope, style, onMissing),
        html: (template) => html.render(template, scope, style, (variable) => escapeHtml(onMissing(variable))),
      };
    },
  };
}

let shared: Renderer | undefined;
function defaultRenderer(): Renderer {
  shared ??= createRenderer();
  return shared;
}

class ParsedTemplates {
  readonly engine: Liquid;
  readonly parsed = new Map<string, Template[]>();

  constructor(engine: Liquid) {
    this.engine = engine;
  }

  render(template: string, scope: object, style: Style, onMissing: OnMissing): string {
    if (!template.includes('{{') && !template.includes('{%')) return template;
    const context = new Context(scope, this.engine.options, { sync: true }, { liquid: this.engine });
    context.setRegister(styleRegister, style);
    context.setRegister(missingRegister, onMissing);
    const text = String(this.engine.renderSync(this.templatesOf(template), context));
    if (text.length > longestText) throw new Error(`the text became longer than ${longestText} characters`);
    return text;
  }

  private templatesOf(template: string): Template[] {
    const known = this.parsed.get(template);
    if (known) return known;
    const templates = parseTemplate(this.engine, template);
    if (this.parsed.size >= 500) this.parsed.delete(this.parsed.keys().next().value ?? '');
    this.parsed.set(template, templates);
    return templates;
  }
}

const fallbackStyle: Style = { locale: 'pt-BR', timeZone: 'UTC', currency: 'BRL' };

function styleFor({ contact, workspace }: TemplateVariables): Style {
  return {
    locale: knownLocale(contact.locale) ?? fallbackStyle.locale,
    timeZone: contact.timeZone ?? fallbackStyle.timeZone,
    currency: workspace?.currency ?? fallbackStyle.currency,
  };
}

const locales = new Map<string, string | null>();
function knownLocale(tag: string | null): string | null {
  if (!tag) return null;
  const known = locales.get(tag);
  if (known !== undefined) return known;
  let locale: string | null = null;
  try {
    locale = Intl.getCanonicalLocales(tag.replace('_', '-'))[0] ?? null;
  } catch {
    locale = null;
  }
  if (locales.size < 500) locales.set(tag, locale);
  return locale;
}
