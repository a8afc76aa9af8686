/** What is wrong with a text, in words and with its place. Codes are stable; screens word them in the reader's language. */
import type { LiquidError } from 'liquidjs';

export const templateProblemCodes = [
  'unclosedOutput',
  'unclosedTag',
  'unknownTag',
  'unknownFilter',
  'unknownVariable',
  'notAValue',
  'syntax',
  'tooLong',
] as const;
export type TemplateProblemCode = (typeof templateProblemCodes)[number];

export interface TemplateProblem {
  readonly code: TemplateProblemCode;
  /** 1-based place of the mistake. */
  readonly line: number;
  readonly column: number;
  /** The name or snippet the mistake is about. */
  readonly what: string;
  /** The same in English, for logs and API callers. */
  readonly message: string;
}

/** The problem behind an error that parsing threw. */
export function problemOf(error: unknown): TemplateProblem {
  const { line, column } = positionOf(error);
  const reason = reasonOf(error);
  const found = (code: TemplateProblem['code'], what: string): TemplateProblem => ({
    code,
    what,
    line,
    column,
    message: wording[code](what),
  });
  const filter = /^undefined filter: (\S+)/.exec(reason)?.[1];
  if (filter) return found('unknownFilter', filter);
  const tag = /^tag "?([^" ]+)"? not found/.exec(reason)?.[1];
  if (tag) return found('unknownTag', tag);
  const open = /^(tag|output) (.+?) not closed/s.exec(reason);
  if (open?.[2]) return found(open[1] === 'output' ? 'unclosedOutput' : 'unclosedTag', snippet(open[2].replace(/^"|"$/g, '')));
  if (reason.startsWith('parse length limit')) return found('tooLong', '');
  return found('syntax', snippet(reason));
}

/** One sentence for what stopped a rendering: no stack, no source beyond a snippet. */
export function explainError(error: unknown): string {
  const reason = reasonOf(error);
  const { line, column } = positionOf(error);
  if (/template render limit|memory alloc limit|Invalid (array|string) length/.test(reason)) {
    return 'The text takes too long or too much memory to fill in. Look for loops that count very far.';
  }
  if (/undefined filter|not found|not closed|parse length/.test(reason)) {
    const problem = problemOf(error);
    return `Line ${problem.line}, column ${problem.column}: ${problem.message}`;
  }
  return `Line ${line}, column ${column}: ${snippet(reason)}.`;
}

export const wording: Record<TemplateProblem['code'], (what: string) => string> = {
  unclosedOutput: (what) => `"${what}" is not closed: end it with }}.`,
  unclosedTag: (what) => `"${what}" is not closed: add its end.`,
  unknownTag: (what) => `There is no instruction called "${what}".`,
  unknownFilter: (what) => `There is no filter called "${what}".`,
  unknownVariable: (what) => `There is no variable called "${what}".`,
  notAValue: (what) => `"${what}" is a group of variables: name one of them.`,
  syntax: (what) => `This cannot be read: ${what}.`,
  tooLong: () => 'The text is too long.',
};

function reasonOf(error: unknown): string {
  const original = (error as Partial<LiquidError>).originalError;
  const message = original instanceof Error ? original.message : error instanceof Error ? error.message : String(error);
  return message.replace(/, line:\d+, col:\d+$/, '');
}

function positionOf(error: unknown): { line: number; column: number } {
  const token = (error as Partial<LiquidError>).token;
  const [line, column] = token?.getPosition() ?? [1, 1];
  return { line: line ?? 1, column: column ?? 1 };
}

function snippet(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
