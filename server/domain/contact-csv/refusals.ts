/** What contacts refused and agreed to, as cells of a file: written so that our own import reads the same. */
import { type ConsentStatus, consentStatuses } from '../contact/consent.ts';
import { parseFieldValue } from '../contact/fields.ts';
import { withoutAccents } from '../without-accents.ts';

/** What somebody agreed to, or took back, on a kind of channel. */
export interface RowConsent {
  readonly channelKind: string;
  readonly status: ConsentStatus;
  /** Since when it holds. */
  readonly at: Date;
  /** Where it is written down. */
  readonly source: string;
}

const longestSource = 200;

/** The kinds of channels refused: all of `channelKinds` for a yes, none for a no, else those that are named. Null when it is none of that. */
export function optOutsFrom(text: string, channelKinds: readonly string[]): readonly string[] | null {
  const answer = parseFieldValue('boolean', text);
  if (answer !== undefined) return answer ? channelKinds : [];
  const named = text
    .split(/[,;|]/)
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean);
  return named.every((kind) => channelKinds.includes(kind)) ? named : null;
}

export function optOutText(channelKinds: readonly string[]): string {
  return channelKinds.join(', ');
}

/** Whether somebody wants messages, as lists answer that: `sim`, `0`, `Não aceito`, `Sim, aceito receber`, `unsubscribed`. Undefined when it is
 *  no answer, or one with a condition. */
export function acceptanceFrom(text: string): boolean | undefined {
  const answer = parseFieldValue('boolean', text);
  if (answer !== undefined) return answer === true;
  const words = withoutAccents(text).toLowerCase();
  const [, word, more = ''] = /^(sim|yes|nao|no)\s*[,;:.!–—-](\s.*)?$/s.exec(words) ?? [];
  if (word) return word === 'nao' || word === 'no' ? false : onCondition.test(more) ? undefined : true;
  const plain = words.replace(/[^a-z]+/g, ' ').trim();
  return saidNo.test(plain) ? false : saidYes.test(plain) ? true : undefined;
}

const onCondition = /\b(?:mas|but|so|somente|apenas|only|menos|exceto|except|nao|not?|se|if)\b/;
const said = '(?:aceit|autoriz|concord|permit|quer|desej|subscri|consent|accept|allow|agree|opt(?:ed)? in)[a-z]*(?: receb[a-z]+)?';
const saidYes = new RegExp(`^(?:eu )?${said}$`);
const saidNo = new RegExp(
  `^(?:(?:eu )?(?:nao|nunca|not?|never|do not|does not|don t) ${said}|unsubscribed|opt(?:ed)? out|descadastrad[oa]|recus(?:a|o|ou|ad[oa]))$`,
);

/** One consent a line: kind of channel, `given` or `withdrawn`, instant, source. Null when a line is none. */
export function consentsFrom(text: string, facts: { readonly channelKinds: readonly string[]; readonly now: Date }): RowConsent[] | null {
  const consents: RowConsent[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [, kind = '', word = '', instant = '', source = ''] = /^\s*(\S+)\s+(\S+)\s+(\S+)\s+(.+)$/.exec(line) ?? [];
    const channelKind = kind.toLowerCase();
    const status = consentStatuses.find((known) => known === word.toLowerCase());
    // A day that no month has would be taken for one of the next.
    const at = new Date(parseFieldValue('date', instant.slice(0, 10)) === instant.slice(0, 10) ? instant : NaN);
    const isKnown = facts.channelKinds.includes(channelKind) && consents.every((other) => other.channelKind !== channelKind);
    if (!isKnown || !status || !(at <= facts.now && at.getUTCFullYear() >= 1) || source.trim().length > longestSource) return null;
    consents.push({ channelKind, status, at, source: source.trim() });
  }
  return consents;
}

export function consentText({ channelKind, status, at, source }: RowConsent): string {
  return `${channelKind} ${status} ${at.toISOString()} ${source.replace(/\s+/g, ' ')}`;
}
