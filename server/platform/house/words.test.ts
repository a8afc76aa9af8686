import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import { catalogues } from '#app/_i18n/catalogues.ts';
import { parseSource, sourceFiles } from './source-files.ts';
import { findWords } from './words.ts';

const appFiles = sourceFiles().filter((file) => file.path.startsWith('app/') && !file.path.includes('.test.'));
/** The gallery shows the kit to developers and is in no production build. */
const screens = appFiles.filter((file) => !file.path.startsWith('app/gallery/'));
const messages = { 'pt-BR': flatten(catalogues['pt-BR']), en: flatten(catalogues.en) };

test('no screen holds words of its own', () => {
  expect(screens.flatMap(findWords)).toEqual([]);
});

test('both languages have the same keys', () => {
  expect(Object.keys(messages.en).toSorted()).toEqual(Object.keys(messages['pt-BR']).toSorted());
});

test('every message is well formed, and both languages take the same arguments', () => {
  const different = Object.keys(messages.en).filter((key) => {
    const [english, portuguese] = [messages.en[key] ?? '', messages['pt-BR'][key] ?? ''];
    return JSON.stringify(argumentsOf(english)) !== JSON.stringify(argumentsOf(portuguese));
  });
  expect(different).toEqual([]);
});

test('no message is empty, shouts, or ends in a space', () => {
  const wrong = Object.entries(messages).flatMap(([locale, all]) =>
    Object.entries(all)
      .filter(([, text]) => text.trim() === '' || text !== text.trim() || text.includes('!'))
      .map(([key]) => `${locale} ${key}`),
  );
  expect(wrong).toEqual([]);
});

test('every message is used somewhere', () => {
  const code = appFiles.map((file) => file.text).join('\n');
  const dynamic = [...code.matchAll(/`([a-zA-Z0-9_.]*)\$\{[^}]*\}([a-zA-Z0-9_.]*)`/g)].map(([, before = '', after = '']) => ({
    before,
    after,
  }));
  const handedOn = appFiles.flatMap((file) => namespacesAskedByVariable(file.text));
  const unused = Object.keys(messages['pt-BR']).filter((key) => {
    const parts = key.split('.').slice(1);
    const tails = parts.map((_, index) => parts.slice(index).join('.'));
    const literal = tails.some((tail) => code.includes(`'${tail}'`) || code.includes(`"${tail}"`));
    const built = dynamic.some(
      ({ before, after }) => (before !== '' || after !== '') && tails.some((tail) => tail.startsWith(before) && tail.endsWith(after)),
    );
    const byVariable = handedOn.some((prefix) => key.startsWith(`${prefix}.`));
    return !literal && !built && !byVariable;
  });
  expect(unused).toEqual([]);
});

describe('planted words are seen:', () => {
  test.each([
    ['text', '<p>Olá mundo</p>'],
    ['an attribute', '<img alt="Uma foto" />'],
    ['an attribute in braces', `<input placeholder={'Seu nome'} />`],
    ['a choice', `<p>{open ? 'Aberto' : null}</p>`],
    ['a template', '<p aria-label={`Etapa ${n}`} />'],
  ])('%s', (_name, text) => {
    expect(findWords(parseSource('app/planted.tsx', `export const x = ${text};`))).toHaveLength(1);
  });

  test('what is no word on screen is left alone', () => {
    const text = `export const x = <a className="flex gap-2" href="/contacts" data-kind={'message'}>{t('open')} · 12</a>;`;
    expect(findWords(parseSource('app/planted.tsx', text))).toEqual([]);
  });
});

function flatten(value: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'string' ? [[`${prefix}${key}`, inner]] : Object.entries(flatten(inner as object, `${prefix}${key}.`)),
    ),
  );
}

/** The namespaces of files that ask for a message by a variable: all of their messages count as used. */
function namespacesAskedByVariable(text: string): string[] {
  if (!/\bt\w*(\.rich|\.raw|\.has)?\(\s*[a-z]\w*(\.\w+)*\s*[,)]/.test(text)) return [];
  return [...text.matchAll(/Translations\(\s*['"]([a-zA-Z.]+)['"]/g)].map(([, namespace = '']) => namespace);
}

function argumentsOf(message: string): string[] {
  const found = new Set<string>();
  const visit = (elements: MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      found.add(`${element.value}:${element.type}`);
      if (element.type === TYPE.tag) visit(element.children);
      if (element.type === TYPE.select || element.type === TYPE.plural)
        Object.values(element.options).forEach((option) => visit(option.value));
    }
  };
  visit(parse(message));
  return [...found].toSorted();
}
