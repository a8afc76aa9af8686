/** A bot's texts: the same Liquid as messages, over what is known of the contact, what was just set, and `answers`. */
import { checkTemplate } from '#server/domain/template/check.ts';
import { renderContent } from '#server/domain/template/render.ts';
import type { TemplateVariables } from '#server/domain/template/variables.ts';
import type { BotState } from './interpreter.ts';
import type { BotLocale } from './read-date.ts';

export interface BotFacts {
  readonly variables: TemplateVariables;
  /** The language of the bot's own words, and of numbers and dates in answers. */
  readonly locale: BotLocale;
  /** ISO code of the country that a phone number without `+` belongs to. */
  readonly country: string;
  /** `YYYY-MM-DD`, where the contact is. */
  readonly today: string;
}

export type BotText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly missing: readonly string[] };

/** Not ok when a variable has no value and no default: a text with a hole in it is never said. */
export function renderText(template: string, state: BotState, facts: BotFacts): BotText {
  const variables = { ...facts.variables, contact: contactAfter(state, facts.variables.contact), answers: state.answers };
  const rendered = renderContent({ content: { body: template }, variables });
  if (rendered.ok) return { ok: true, text: rendered.body };
  return { ok: false, missing: rendered.reason === 'missingVariable' ? rendered.missing : [] };
}

/** What is wrong with a text, in a sentence, or null. A bot's texts have no loops: they are rendered where others wait. */
export function templateProblem(
  template: string,
  facts: { fieldKeys: ReadonlySet<string>; answerKeys: ReadonlySet<string> },
): string | null {
  if (/\{%-?\s*for\b/.test(template)) return 'A chatbot’s text cannot have a loop ({% for %}).';
  return checkTemplate(template, facts)[0]?.message ?? null;
}

function contactAfter(state: BotState, contact: TemplateVariables['contact']): TemplateVariables['contact'] {
  const own = (name: 'name' | 'email' | 'phone') => {
    const set = state.fields[`contact.${name}`];
    return set === undefined ? contact[name] : String(set);
  };
  const prefix = 'contact.fields.';
  const fields = Object.entries(state.fields).flatMap(([target, value]) =>
    target.startsWith(prefix) ? [[target.slice(prefix.length), value] as const] : [],
  );
  const name = own('name');
  const renamed = name === contact.name ? contact : { ...contact, name, firstName: null };
  return { ...renamed, email: own('email'), phone: own('phone'), fields: { ...contact.fields, ...Object.fromEntries(fields) } };
}
