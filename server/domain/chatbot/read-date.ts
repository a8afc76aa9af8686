/** Dates as people type them, in Portuguese and English. A year is always needed; what is ambiguous is not guessed. */
import { fold } from './fold.ts';

export type BotLocale = 'pt-BR' | 'en';

const monthNames: Record<string, number> = {};
for (const names of [
  'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro',
  'jan fev mar abr mai jun jul ago set out nov dez',
  'january february march april may june july august september october november december',
  'jan feb mar apr may jun jul aug sep oct nov dec',
]) {
  names.split(' ').forEach((name, index) => {
    monthNames[name] = index + 1;
  });
}

/** The date as `YYYY-MM-DD`, or null. `today` (`YYYY-MM-DD`) decides the century of a two-digit year: the one that
 *  is not more than ten years ahead. In Portuguese 03/04 is 3 April; in English it is refused, as nobody can know. */
export function readDate(text: string, locale: BotLocale, today: string): string | null {
  const folded = fold(text).replace(/\b(\d{1,2})(º|o|st|nd|rd|th)\b/g, '$1');
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(folded);
  if (iso) return toDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numeric = /^(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})$/.exec(folded);
  if (numeric) return fromNumbers(Number(numeric[1]), Number(numeric[2]), yearOf(numeric[3] ?? '', today), locale);
  const dayFirst = /^(\d{1,2})[ /-]?(?:de |of )?([a-z]+)[.,/-]? ?(?:de |of )?(\d{4}|\d{2})$/.exec(folded);
  if (dayFirst) return fromName(dayFirst[2], Number(dayFirst[1]), yearOf(dayFirst[3] ?? '', today));
  const monthFirst = /^([a-z]+)\.? (\d{1,2}),? (\d{4})$/.exec(folded);
  if (monthFirst) return fromName(monthFirst[1], Number(monthFirst[2]), Number(monthFirst[3]));
  return null;
}

function fromNumbers(first: number, second: number, year: number, locale: BotLocale): string | null {
  if (locale === 'pt-BR') return toDate(year, second, first);
  if (first === second || first > 12) return toDate(year, second, first);
  return second > 12 ? toDate(year, first, second) : null;
}

function fromName(name: string | undefined, day: number, year: number): string | null {
  const month = Object.hasOwn(monthNames, name ?? '') ? monthNames[name ?? ''] : undefined;
  return month === undefined ? null : toDate(year, month, day);
}

function yearOf(digits: string, today: string): number {
  if (digits.length === 4) return Number(digits);
  const recent = 2000 + Number(digits);
  return recent > Number(today.slice(0, 4)) + 10 ? recent - 100 : recent;
}

/** Null for days that do not exist, and outside of 1900 to 2200. */
function toDate(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return null;
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day > daysInMonth) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
