import { describe, expect, test } from 'vitest';
import { isTest, parseSource, type SourceFile, sourceFiles } from './source-files.ts';

/** Where real time is meant: the clock itself, launchers, measurements, and what is about processes and not about people. */
const allowed = [
  /^server\/platform\/clock\.ts$/,
  /^server\/platform\/house\//,
  /^server\/cli\//,
  /^db\/migrations\//,
  /^db\/testing\//,
  /^bench\//,
  /^e2e\//,
  // A running worker is a process: its sign of life follows the real clock also while the test clock stands in another year.
  /^db\/queries\/workers\.ts$/,
];

const code: [name: string, pattern: RegExp][] = [
  ['Date.now()', /\bDate\.now\b/],
  ['new Date() without an argument', /\bnew Date(\(\s*\)|(?!\s*[(\w]))/],
  ['DateTime.now() of luxon', /\bDateTime\.(now|utc\(\s*\)|local\(\s*\))/],
];
const sql: [name: string, pattern: RegExp][] = [
  ['now() in SQL', /(?<![\w.])now\(\)/i],
  [
    'a clock of SQL',
    /\b(current_timestamp|clock_timestamp\(\)|statement_timestamp\(\)|transaction_timestamp\(\)|localtimestamp|current_date)\b/i,
  ],
];

test('nothing reads a clock that a test cannot move', () => {
  expect(sourceFiles().flatMap(bareClocks)).toEqual([]);
});

describe('a planted clock is seen:', () => {
  test.each([
    'const at = Date.now();',
    'const at = new Date();',
    'const at = [1].map(Date.now);',
    "import { DateTime } from 'luxon'; export const at = DateTime.now();",
    'export const query = sql`update x set at = now() where true`;',
    'export const query = sql`select current_timestamp`;',
  ])('%s', (text) => {
    expect(bareClocks(parseSource('server/use-cases/planted.ts', text))).toHaveLength(1);
  });

  test('andante_now() and a date with an argument are fine', () => {
    const text = 'export const query = sql`select andante_now()`; export const at = new Date(row.at);';
    expect(bareClocks(parseSource('server/use-cases/planted.ts', text))).toEqual([]);
  });
});

function bareClocks(file: SourceFile): string[] {
  if (isTest(file.path) || allowed.some((pattern) => pattern.test(file.path))) return [];
  return withoutComments(file.text)
    .split('\n')
    .flatMap((line, index) => {
      const patterns =
        /sql[`.<]|`|^\s*(select|update|insert|where|and|set|or|on)\b/i.test(line) || !/\bnow\(\)\s*[;,.)]/.test(line)
          ? [...code, ...sql]
          : code;
      return patterns.filter(([, pattern]) => pattern.test(line)).map(([name]) => `${file.path}:${index + 1} ${name}`);
    });
}

function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/(^|\s)\/\/[^\n]*/g, '')
    .replaceAll(/(^|\s)--\s[^\n]*/g, '');
}
