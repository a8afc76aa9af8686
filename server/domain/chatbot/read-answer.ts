/** What somebody wrote, read as an answer to a question of its kind. */
import { normalizeEmail } from '#server/domain/address/email.ts';
import { normalizePhone } from '#server/domain/address/phone.ts';
import type { AskingBlock, Option } from './flow.ts';
import { fold } from './fold.ts';
import { readDate } from './read-date.ts';
import { readNumber } from './read-number.ts';
import type { BotFacts } from './render-text.ts';

export type Answer = string | number;

export const maxAnswerLength = 2_000;

/** The answer in its stored form, with the option when one was chosen; null when it was not understood. */
export function readAnswer(block: AskingBlock, text: string, facts: BotFacts): { value: Answer; option: Option | null } | null {
  const written = plain(text);
  if (written === '' || written.length > maxAnswerLength) return null;
  if (block.type === 'choices') {
    const option = chosenOption(block.options, written);
    return option && { value: option.label, option };
  }
  const value = valueOf(block.kind, written, facts);
  return value === null ? null : { value, option: null };
}

function valueOf(kind: Extract<AskingBlock, { type: 'question' }>['kind'], written: string, facts: BotFacts): Answer | null {
  switch (kind) {
    case 'text':
      return written;
    case 'number':
      return readNumber(written, facts.locale);
    case 'date':
      return readDate(written, facts.locale, facts.today);
    case 'email':
      return readEmail(written);
    case 'phone': {
      const phone = normalizePhone(written, facts.country);
      return phone.ok ? phone.phone : null;
    }
  }
}

/** The address alone, or the one address in a sentence ("meu e-mail é ana@exemplo.com.br"). */
function readEmail(written: string): string | null {
  const whole = normalizeEmail(written);
  if (whole.ok) return whole.email;
  const words = written.split(/\s+/).filter((word) => word.includes('@'));
  const alone = words.length === 1 ? normalizeEmail((words[0] ?? '').replace(/^[<("']+|[>)"'.,;!]+$/g, '')) : null;
  return alone?.ok ? alone.email : null;
}

/** By label, else by its number in the list, as people write both: "2", "2.", "otimo", "Ótimo!". */
function chosenOption(options: readonly Option[], written: string): Option | null {
  const folded = fold(written);
  const byLabel = options.find((option) => fold(option.label) === folded && folded !== '');
  if (byLabel || listsNumbers(options)) return byLabel ?? null;
  const number = /^(?:opcao |option )?#?(\d{1,2})$/.exec(folded);
  return number ? (options[Number(number[1]) - 1] ?? null) : null;
}

/** Options that are numbers themselves ("10", "9", …) are not numbered again, nor chosen by their place. */
export function listsNumbers(options: readonly Option[]): boolean {
  return options.some((option) => /^\d+$/.test(option.label.trim()));
}

/** Without what no field can store: control characters; line breaks stay. */
function plain(text: string): string {
  return text.replace(/[^\P{C}\n\t\u200d]/gu, '').trim();
}
