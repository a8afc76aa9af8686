import { createTranslator } from 'next-intl';
import { describe, expect, test } from 'vitest';
import { catalogues, locales } from '#app/_i18n/catalogues.ts';
import { plainTargets, targetOfHeader } from '#server/domain/contact-csv/header-names.ts';
import type { RefusedCell } from '#server/domain/contact-csv/refused-cell.ts';
import { refusalText } from './refusal-text.ts';

const t = createTranslator({ locale: 'pt-BR', messages: catalogues['pt-BR'], namespace: 'imports' });
const cell = (of: Partial<RefusedCell>): RefusedCell => ({ index: 2, name: 'Cidade', value: 'xyz', kind: null, ...of });

describe('a refusal', () => {
  test.each<[string, Partial<RefusedCell> | null, string]>([
    ['fieldInvalid', { kind: 'choice' }, 'Cidade: "xyz" não é uma das opções'],
    ['fieldInvalid', { kind: 'number', name: null }, 'Coluna 3: "xyz" não é um número'],
    ['phoneNoAreaCode', { name: 'Celular', value: '98765-4321' }, 'Celular: "98765-4321" (Telefone sem DDD)'],
    ['noAddress', null, 'Sem telefone, e-mail ou código: não dá para saber quem é'],
    ['of a later version', null, 'Outro motivo'],
  ])('%s of %j says %s', (code, of, text) => {
    expect(refusalText(t, code, of && cell(of))).toBe(text);
  });
});

test.each(locales)('what a column may become is found again by its name in %s', (locale) => {
  const words = createTranslator({ locale, messages: catalogues[locale], namespace: 'imports.map.targets' });
  expect(plainTargets.map((target) => targetOfHeader(words(target)))).toEqual([...plainTargets]);
  const file = createTranslator({ locale, messages: catalogues[locale], namespace: 'imports.file' });
  expect([file('line'), file('reason')].map(targetOfHeader)).toEqual(['ignore', 'ignore']);
});
