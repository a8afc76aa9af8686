import { expect, it } from 'vitest';
import { withoutDirection } from './plain-pages.ts';

it('takes the direction of an infinite query off, and nothing else', () => {
  expect(withoutDirection({ search: 'ana', cursor: null, direction: 'forward' })).toEqual({ search: 'ana', cursor: null });
  expect(withoutDirection({ direction: 'out' })).toEqual({ direction: 'out' });
  expect(withoutDirection(undefined)).toBeUndefined();
});
