/** What is typed into a search, as the words to look for in the text that the database keeps of every contact. */

const mostWords = 8;
const wholePhone = /^\+?[\d\s().-]{4,}$/;
const phonePart = /^[+(]*\d[\d().-]*$/;

/** Words that all must be found, each in one of several forms: as it stands, or as the digits of a phone.
 *  `(11) 98765-4321` is one word; anything else is split at spaces. */
export function searchWords(search: string): string[][] {
  const text = search.trim();
  const words = wholePhone.test(text) ? [text] : text.split(/\s+/);
  return words.filter(Boolean).slice(0, mostWords).map(formsOf);
}

function formsOf(word: string): string[] {
  if (!wholePhone.test(word) && !phonePart.test(word)) return [word];
  const digits = word.replace(/\D/g, '').replace(/^0+/, '');
  return digits === '' ? [word] : [...new Set([word, digits])];
}

const shortestIndexed = 3;
const mostToFind = 3;

/** The longest runs of letters and digits in `text`: whoever has the text has them, and an index of trigrams finds them.
 *  Empty when all are too short for it. */
export function wordsToFind(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)]
    .filter((word) => word.length >= shortestIndexed)
    .sort((a, b) => b.length - a.length)
    .slice(0, mostToFind);
}

const longNumber = /^[\d\s()+./-]{9,}$/;
const rareDigits = 8;

/** What of `text` to look up: all e-mail addresses of a company end alike, and all phones of a city begin alike. */
export function rarePart(text: string): string {
  const at = text.indexOf('@');
  if (at >= shortestIndexed) return text.slice(0, at + 1);
  return longNumber.test(text) ? text.slice(-rareDigits) : text;
}
