import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { environmentVariables } from '#server/platform/env.ts';
import { sourceFiles } from './source-files.ts';

const guide = readFileSync('docs/guides/configuration.md', 'utf8');
const documented = [...guide.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, name = '']) => name);

test('the configuration guide lists every variable of the environment', () => {
  expect(environmentVariables.filter((name) => !documented.includes(name))).toEqual([]);
});

test('the guide lists nothing that no code reads', () => {
  const code = sourceFiles()
    .map((file) => file.text)
    .join('\n');
  expect(documented.filter((name) => !code.includes(name))).toEqual([]);
});

test('no code reads a variable of ours that the guide does not list', () => {
  const read = sourceFiles()
    .filter((file) => !file.path.endsWith('.test.ts'))
    .flatMap((file) => [...file.text.matchAll(/\b(ANDANTE_[A-Z_]+|DATABASE_URL)\b/g)].map(([, name = '']) => name));
  expect([...new Set(read)].filter((name) => !documented.includes(name))).toEqual([]);
});
