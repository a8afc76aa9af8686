import { describe, expect, it } from 'vitest';
import { type ContactCondition, contactConditionSchema, deepestFilter, mostConditions, storedConditionSchema } from './filter.ts';
import { indexWords, phoneIndexWords, phonePatterns, searchWords } from './search.ts';
import { type FilterFacts, writtenOut } from './write-out.ts';

const leaf: ContactCondition = { on: 'name', op: 'isEmpty' };

function nested(depth: number): ContactCondition {
  let condition = leaf;
  for (let level = 1; level < depth; level += 1) condition = { on: 'all', of: [condition] };
  return condition;
}

describe('a filter', () => {
  it('is bounded in depth and size, however much is sent', () => {
    expect(contactConditionSchema.safeParse(nested(deepestFilter)).success).toBe(true);
    expect(contactConditionSchema.safeParse(nested(deepestFilter + 1)).success).toBe(false);
    expect(contactConditionSchema.safeParse(nested(5_000)).success).toBe(false);
    const wide = (count: number) => ({ on: 'all', of: Array.from({ length: count }, () => ({ on: 'any', of: Array(31).fill(leaf) })) });
    expect(contactConditionSchema.safeParse(wide(1)).success).toBe(true);
    expect(contactConditionSchema.safeParse(wide(2)).success).toBe(mostConditions >= 62);
    const two = (count: number) => ({
      on: 'any',
      of: [
        { on: 'all', of: Array(count - 20).fill(leaf) },
        { on: 'all', of: Array(20).fill(leaf) },
      ],
    });
    expect(contactConditionSchema.safeParse(two(mostConditions)).success).toBe(true);
    expect(contactConditionSchema.safeParse(two(mostConditions + 1)).success).toBe(false);
  });

  it('is refused with fields nobody knows, and without what its operator needs', () => {
    expect(contactConditionSchema.safeParse({ on: 'name', op: 'is', value: 'Ana', also: 1 }).success).toBe(false);
    expect(contactConditionSchema.safeParse({ on: 'tags', op: 'hasAny' }).success).toBe(false);
    expect(contactConditionSchema.safeParse({ on: 'owner', op: 'isAnyOf' }).success).toBe(false);
    expect(contactConditionSchema.safeParse({ on: 'owner', op: 'isEmpty' }).success).toBe(true);
    expect(contactConditionSchema.safeParse({ on: 'field', key: 'a', op: 'isAnyOf', value: 'x' }).success).toBe(false);
  });
});

describe('a filter written out', () => {
  const facts: FilterFacts = {
    country: 'BR',
    fields: [{ key: 'pontos', label: 'Pontos', kind: 'number', options: null }],
    segments: [
      { id: 'a', name: 'A', filter: { tag: 'vip' } },
      { id: 'b', name: 'B', filter: { where: { on: 'any', of: [{ on: 'segment', op: 'isNot', segmentId: 'a' }, leaf] } } },
      { id: 'all', name: 'All', filter: {} },
    ],
  };

  it('has its segments in it, and fits what work under way keeps', () => {
    const written = writtenOut({ segmentId: 'b', search: 'ana' }, facts);
    expect(written).toEqual({
      on: 'all',
      of: [
        { on: 'all', of: [{ on: 'any', of: [{ on: 'none', of: [{ on: 'tags', op: 'hasAny', tags: ['vip'] }] }, leaf] }] },
        { on: 'search', value: 'ana' },
      ],
    });
    expect(storedConditionSchema.safeParse(written).success).toBe(true);
  });

  it('knows that a segment of everybody leaves nobody outside', () => {
    expect(writtenOut({ where: { on: 'segment', op: 'isNot', segmentId: 'all' } }, facts)).toEqual({ on: 'any', of: [] });
    expect(writtenOut({}, facts)).toBeNull();
  });

  it('has phones in E.164 and values as the field keeps them', () => {
    expect(writtenOut({ where: { on: 'phone', op: 'is', value: '(11) 98765-4321' } }, facts)).toMatchObject({ value: '+5511987654321' });
    expect(writtenOut({ where: { on: 'phone', op: 'startsWith', value: '011' } }, facts)).toMatchObject({ value: '+5511' });
    expect(writtenOut({ where: { on: 'field', key: 'pontos', op: 'atLeast', value: '1.500,5' } }, facts)).toMatchObject({ value: 1500.5 });
  });
});

it.each<[string, string[][]]>([
  ['ana  souza', [['ana'], ['souza']]],
  ['(11) 98765-4321', [['(11) 98765-4321', '11987654321']]],
  ['ana 98765-4321', [['ana'], ['98765-4321', '987654321']]],
  ['2026-03-05', [['2026-03-05', '20260305']]],
  ['  ', []],
])('%s is sought as %o', (search, words) => {
  expect(searchWords(search).map(({ texts }) => texts)).toEqual(words);
});

it('what is looked up in the index is what few have', () => {
  const words = (text: string, as: 'whole' | 'beginning' = 'beginning') =>
    indexWords(text, as).map(({ word, whole }) => (whole ? word : `${word}…`));
  expect(words('ana.souza@exemplo.com')).toEqual(['souza', 'ana']);
  expect(words('an')).toEqual([]);
  expect(words('ana')).toEqual(['ana…']);
  expect(words('ana', 'whole')).toEqual(['ana']);
  expect(words('Vila "do" Conde, 12')).toEqual(['Conde', 'Vila']);
  expect(words('Vila do Cond')).toEqual(['Vila', 'Cond…']);
});

it('a phone is known by its beginning, its end, and without country and area code', () => {
  expect(phonePatterns('5511987654321')).toEqual(['+5511987654321%', '%5511987654321']);
  expect(phonePatterns('98765')).toEqual(['+98765%', '%98765', '+55__98765%']);
  expect(phonePatterns('11')).toEqual(['+11%']);
  const words = phoneIndexWords('987654321') ?? [];
  expect(words.slice(0, 3).flat()).toEqual([
    { word: '987654321', whole: true },
    { word: 'z123', whole: true },
    { word: '551198765', whole: true },
  ]);
  expect(words).toHaveLength(2 + 67);
  expect(phoneIndexWords('11')).toBeNull();
});
