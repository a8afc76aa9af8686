/** What is typed into a search, as the words to look for in the text that the database keeps of every contact; and of any text,
 *  the words that an index knows. */
import { dddZones } from '../address/ddd-zones.ts';

const mostWords = 8;
const wholePhone = /^\+?[\d\s().-]{4,}$/;
const dayMonthYear = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/;
const phonePart = /^[+(]*\d[\d().-]*$/;

export interface SearchWord {
  /** What it may look like in the text of a contact: as it is typed, as the digits of a phone, as a date is kept. */
  readonly texts: readonly string[];
  /** Where it may be (a part of) a phone: its digits, without a trunk prefix. */
  readonly digits: string | null;
}

/** Words that all must be found. `(11) 98765-4321` is one word; anything else is split at spaces. Signs alone say nothing. */
export function searchWords(search: string): SearchWord[] {
  const text = search.trim();
  const words = wholePhone.test(text) ? [text] : text.split(/\s+/);
  return words
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, mostWords)
    .map((word) => {
      const digits = digitsOf(word);
      const others = [digits, dateOf(word)].filter((other) => other !== null && other !== word);
      return { texts: [word, ...others.flatMap((other) => other ?? [])], digits };
    });
}

/** `2/3/2025` as a field of dates has it; days come before months. */
function dateOf(word: string): string | null {
  const [, day = '', month = '', year] = dayMonthYear.exec(word) ?? [];
  return year === undefined ? null : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Null for what is no part of a phone. */
export function digitsOf(word: string): string | null {
  if (!wholePhone.test(word) && !phonePart.test(word)) return null;
  return word.replace(/\D/g, '').replace(/^0+/, '') || null;
}

/** How a stored phone may look of which `digits` are the beginning, the end, or what is written without country and area:
 *  patterns of SQL's `like`. */
export function phonePatterns(digits: string): string[] {
  const patterns = [`+${digits}%`];
  if (digits.length >= shortestIndexed) patterns.push(`%${digits}`);
  if (isLocal(digits)) patterns.push(`+55__${digits}%`);
  return patterns;
}

/** A word as the index of words has it; `whole`, or as its beginning. */
export interface IndexWord {
  readonly word: string;
  readonly whole: boolean;
}

const shortestIndexed = 3;
const mostToFind = 3;
/** What stands between signs that the database separates words by, too: it takes marks on letters for letters, and `№` for two. */
const betweenSeparators = /[^\0-/:-@[-`{-\u007f]+/g;
/** Letters and digits that stay such. */
const isPlain = /^[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{Nd}]+$/u;

/** The longest words of which whoever has `text` has all: in it as it stands, or from its beginning. Empty when all are too short to
 *  ask for. Of an e-mail address, what few share: those of a company all end alike. */
export function indexWords(text: string, as: 'whole' | 'beginning'): IndexWord[] {
  const at = text.indexOf('@');
  const part = at >= shortestIndexed ? text.slice(0, at + 1) : text;
  return [...part.matchAll(betweenSeparators)]
    .map(([word], n, all) => ({ word, whole: as === 'whole' || n < all.length - 1 || !part.endsWith(word) }))
    .filter(({ word }) => word.length >= shortestIndexed && isPlain.test(word))
    .sort((a, b) => b.word.length - a.word.length)
    .slice(0, mostToFind);
}

/** The same of a word that is searched for, which may go on where it ends: signs there say nothing. */
export function searchIndexWords(word: string): IndexWord[] {
  return indexWords(word.replace(/[^\p{L}\p{N}]+$/u, ''), 'beginning');
}

const indexedDigits = 9;
const indexedEnding = 3;
const areaCodes = Object.keys(dddZones);

/** The same of the phones that `phonePatterns` mean: each of the alternatives by its words. Null when they are too many to ask for. */
export function phoneIndexWords(digits: string): IndexWord[][] | null {
  if (digits.length < shortestIndexed) return null;
  const alternatives = [phoneBeginning(digits), [{ word: `z${reversed(digits).slice(0, indexedEnding)}`, whole: true }]];
  if (isLocal(digits)) for (const area of areaCodes) alternatives.push(phoneBeginning(`55${area}${digits}`));
  return alternatives;
}

/** Of the phones that begin with `digits`. */
export function phoneBeginning(digits: string): IndexWord[] {
  return [{ word: digits.slice(0, indexedDigits), whole: digits.length >= indexedDigits }];
}

/** Long enough to say something, short enough to lack its area code. */
function isLocal(digits: string): boolean {
  return digits.length > indexedEnding && digits.length <= indexedDigits;
}

function reversed(text: string): string {
  return Array.from(text).toReversed().join('');
}
