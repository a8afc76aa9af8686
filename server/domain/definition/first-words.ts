/** What a step is called wherever it is named: the name it was given, else the first words that it sends. */
import type { Step } from './schema.ts';

const LONGEST = 120;

/** The step's name, else its subject, else the first line of its text; null for steps without either. Variables stand as
 *  what they mean: `{{ contact.firstName | default: "…" }}` is `‹firstName›`. */
export function firstWords(step: Step): string | null {
  const words = step.name || (step.type === 'message' ? step.message.subject?.trim() || firstLine(step.message.body) : null);
  return words ? withNames(words).slice(0, LONGEST) : null;
}

function firstLine(text: string): string | null {
  return text.trim().split('\n')[0] || null;
}

function withNames(line: string): string {
  return line.replace(/{{\s*(?:[\w-]+\.)*([\w-]+)[^}]*}}/g, '‹$1›');
}
