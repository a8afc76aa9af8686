import { expect, it } from 'vitest';
import { localPath } from './local-path.ts';

it.each([
  ['/acme/sequences?status=draft#top', '/acme/sequences?status=draft#top'],
  ['/', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('leads from %j to %j', (wanted, path) => {
  expect(localPath(wanted)).toBe(path);
});
