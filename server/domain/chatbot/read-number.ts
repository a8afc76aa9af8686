import type { BotLocale } from './read-date.ts';

/** A number as people type it: `1.234,56` in Portuguese, `1,234.56` in English; a currency sign before it and a
 *  percent sign after it are fine. A single separator before exactly three digits groups thousands when it is the
 *  language's own (`1.234` is 1234 in Portuguese), else it is the decimal sign. Null when it is not a number. */
export function readNumber(text: string, locale: BotLocale): number | null {
  const bare = text
    .normalize('NFKC')
    .trim()
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/^([+-]?)\s*(?:r\$|us\$|\$|€|£)\s*/i, '$1')
    .replace(/\s*%$/, '');
  if (!/^[+-]?(\d[\d.,\s]*)$/.test(bare)) return null;
  const [group, decimal] = locale === 'pt-BR' ? ['.', ','] : [',', '.'];
  const compact = bare.replace(/\s(?=\d{3}(\D|$))/g, '').trim();
  const separators = compact.replace(/[^.,]/g, '');
  const plain = withDecimalPoint(compact, separators, group ?? '', decimal ?? '');
  if (plain === null || !/^[+-]?\d{1,15}(\.\d{1,9})?$/.test(plain)) return null;
  return Number(plain);
}

function withDecimalPoint(value: string, separators: string, group: string, decimal: string): string | null {
  if (separators === '') return value;
  const grouped = new RegExp(`^[+-]?\\d{1,3}(\\${group}\\d{3})+(\\${decimal}\\d+)?$`);
  if (grouped.test(value)) return value.replaceAll(group, '').replace(decimal, '.');
  if (separators.length === 1) return value.replace(separators, '.');
  return null;
}
