import { describe, expect, it, test } from 'vitest';
import { likelyKind } from '#server/domain/contact-csv/likely-kind.ts';
import { addedOptions, distinctValues, isSameTarget, likelyOptions } from './column-targets.ts';
import { isInTheWay, mappingProblem } from './mapping-problem.ts';

describe('a new field', () => {
  it('is offered as what all its values look like', () => {
    expect(likelyKind(['05/03/1990', '1990-03-05'])).toBe('date');
    expect(likelyKind(['Sim', 'não', 'X'])).toBe('boolean');
    expect(likelyKind(['05/03/1990', 'ontem'])).toBeNull();
    expect(likelyKind(['1', '0'])).toBeNull();
    expect(likelyKind([])).toBeNull();
  });

  it('may be chosen from the different values of its column, where they are few and short', () => {
    const rows = ['Ouro', 'prata', ' ', 'OURO', 'Prata '].map((cell) => ({ cells: ['x', cell] }));
    expect(likelyOptions(distinctValues(rows, 1))).toEqual(['Ouro', 'prata']);
    expect(likelyOptions(Array.from({ length: 13 }, (_, n) => `valor ${n}`))).toEqual([]);
    expect(likelyOptions(['x'.repeat(61)])).toEqual([]);
  });
});

describe('cells that are no options', () => {
  it('become options, but for those that are too long, and not beyond what a choice may have', () => {
    expect(addedOptions(['Ouro'], ['Prata', 'x'.repeat(121), 'OURO'])).toEqual(['Ouro', 'Prata']);
    expect(addedOptions([], ['x'.repeat(121)])).toBeNull();
    const many = Array.from({ length: 199 }, (_, n) => `opção ${n}`);
    expect([addedOptions(many, ['a'])?.length, addedOptions(many, ['a', 'b'])]).toEqual([200, null]);
  });
});

test('a column is said to be chosen where it becomes something else than was suggested', () => {
  const plan = { to: 'newField', label: 'Plano', kind: 'text' } as const;
  const choice = { kind: 'choice', label: 'Plano', to: 'newField', options: ['Ouro'] } as const;
  expect(isSameTarget(plan, { kind: 'text', label: 'Plano', to: 'newField' })).toBe(true);
  expect(isSameTarget({ to: 'field', key: 'plano' }, { to: 'field', key: 'plano' })).toBe(true);
  const others = [choice, { ...plan, label: 'Pacote' }, { to: 'ignore' }, { to: 'field', key: 'plano' }] as const;
  expect(others.map((other) => isSameTarget(other as never, plan))).toEqual([false, false, false, false]);
  expect(isSameTarget({ ...choice, options: ['Ouro', 'Prata'] }, { ...choice, options: ['Ouro'] })).toBe(false);
  expect(isSameTarget({ to: 'ignore' }, undefined)).toBe(true);
});

describe('a mapping', () => {
  const phone = { to: 'phone' } as const;
  const plan = { to: 'newField', label: 'Plano', kind: 'text' } as const;

  it('waits for the options of a choice', () => {
    expect(mappingProblem([phone, { ...plan, kind: 'choice', options: [] }], 'either')).toBe('noOptions');
    expect(mappingProblem([phone, { ...plan, kind: 'choice', options: ['Ouro'] }], 'either')).toBeNull();
  });

  it('takes no two new fields whose names differ in case and accents alone', () => {
    expect(mappingProblem([phone, plan, { ...plan, label: 'plâno' }], 'either')).toBe('duplicate');
  });

  it('takes several columns of tags and of acceptances, and no two of one other kind', () => {
    const twice = (to: 'tags' | 'acceptsMessages' | 'optedOut') => mappingProblem([phone, { to }, { to }], 'either');
    expect([twice('tags'), twice('acceptsMessages'), twice('optedOut')]).toEqual([null, null, 'duplicate']);
  });

  it('that only another rule can use is no dead end; one by which nobody can be told is', () => {
    const problems = (['either', 'phone', 'email', 'externalId'] as const).map((identity) => [
      mappingProblem([phone], identity),
      mappingProblem([{ to: 'externalId' }], identity),
      mappingProblem([{ to: 'name' }], identity),
    ]);
    expect(problems).toEqual([
      [null, 'noIdentity', 'noAddress'],
      [null, 'noIdentity', 'noAddress'],
      ['noIdentity', 'noIdentity', 'noAddress'],
      ['noIdentity', null, 'noAddress'],
    ]);
    expect([isInTheWay('noIdentity'), isInTheWay('noAddress'), isInTheWay('duplicate'), isInTheWay(null)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
