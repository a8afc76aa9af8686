/** What contacts refused and agreed to, as cells of a file: written so that our own import reads the same. */
import { type ConsentStatus, consentStatuses } from '../contact/consent.ts';
import { parseFieldValue } from '../contact/fields.ts';

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
