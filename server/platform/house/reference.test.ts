import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderReference } from '#server/cli/render-reference.ts';

test('docs/reference.md is made from the present code (npm run reference)', () => {
  expect(readFileSync('docs/reference.md', 'utf8')).toBe(renderReference());
});
