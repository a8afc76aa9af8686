import { expect, test } from 'vitest';
import { peopleAddress, type PeopleFilter, peopleFilterOf } from './people-filter.ts';

test.each<PeopleFilter>([
  {},
  { search: 'ana & bia' },
  { status: 'held' },
  { exitReason: 'replied' },
  { step: { key: 'hello', metric: 'sent' }, search: 'ç' },
])('the filter %j survives its address', (filter) => {
  const url = new URL(peopleAddress('acme', 'id', filter), 'http://localhost');
  expect(peopleFilterOf(Object.fromEntries(url.searchParams))).toEqual(filter);
});

test('what is not known is left out', () => {
  expect(peopleFilterOf({ status: 'gone', exit: 'x', step: 'a', metric: 'liked', search: ['a', 'b'] })).toEqual({});
});
