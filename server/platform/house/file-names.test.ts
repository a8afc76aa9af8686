import { describe, expect, test } from 'vitest';
import { parseSource, type SourceFile, sourceFiles } from './source-files.ts';

const files = sourceFiles();

/** Words that say nothing about what is inside. */
const emptyWords = ['utils', 'util', 'helpers', 'helper', 'common', 'manager', 'data', 'info', 'misc', 'part2'];
/** What Next asks for as a default export. */
const nextFiles =
  /^app\/(.*\/)?(page|page\.dev|layout|error|global-error|loading|not-found|template|default)\.tsx$|^app\/_i18n\/request\.ts$/;
const toolFiles = /^e2e\/.*(config|setup|teardown)\.ts$|^db\/testing\/global-setup\.ts$/;
const mostLines = 300;

test('files and folders are named in kebab-case', () => {
  const wrong = files.map((file) => file.path).filter((path) => !path.split('/').every(isKebabCase));
  expect(wrong).toEqual([]);
});

test('no name is empty of meaning', () => {
  const wrong = files
    .map((file) => file.path)
    .filter((path) => path.split('/').some((part) => emptyWords.includes(part.split('.')[0] ?? '')));
  expect(wrong).toEqual([]);
});

test('only Next gets default exports', () => {
  expect(
    files.filter((file) => hasDefaultExport(file) && !nextFiles.test(file.path) && !toolFiles.test(file.path)).map((file) => file.path),
  ).toEqual([]);
});

test('no file only hands on what others export', () => {
  const barrels = files.filter(
    (file) =>
      (file.program['body'] as { type: string }[]).length > 0 &&
      (file.program['body'] as { type: string; source?: unknown }[]).every((node) => node.type.startsWith('Export') && node.source),
  );
  expect(barrels.map((file) => file.path)).toEqual([]);
});

test(`no file is longer than ${mostLines} lines`, () => {
  const long = files.filter((file) => file.text.split('\n').length > mostLines && !/^db\/migrations\/|\.test\.tsx?$/.test(file.path));
  expect(long.map((file) => `${file.path}: ${file.text.split('\n').length}`)).toEqual([]);
});

test('a use-case is one verb: verb-noun.ts exports verbNoun', () => {
  const wrong = files
    .filter((file) => /^server\/use-cases\/[^/]+\/(?!.*\.test\.)[^/]+\.ts$/.test(file.path))
    .filter((file) => exportedFunctions(file).length === 0)
    .map((file) => file.path);
  expect(wrong).toEqual([]);
});

describe('what is planted is seen:', () => {
  test('a name in another case', () => {
    expect(isKebabCase('ContactList.tsx')).toBe(false);
    expect(isKebabCase('contact-list.test.tsx')).toBe(true);
    expect(isKebabCase('[slug]')).toBe(true);
    expect(isKebabCase('_ui')).toBe(true);
  });

  test('a default export', () => {
    expect(hasDefaultExport(parseSource('server/planted.ts', 'export default function planted() {}'))).toBe(true);
  });
});

function isKebabCase(name: string): boolean {
  return /^(_?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*|\[(\.\.\.)?[a-zA-Z]+\]|\([a-z-]+\)|\.[a-z-]+)$/.test(name);
}

function hasDefaultExport(file: SourceFile): boolean {
  return (file.program['body'] as { type: string }[]).some((node) => node.type === 'ExportDefaultDeclaration');
}

function exportedFunctions(file: SourceFile): string[] {
  return [...file.text.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].map(([, name = '']) => name);
}
