import { describe, expect, it } from 'vitest';
import { type Definition, emptyDefinition, type Step } from '#server/domain/definition/schema.ts';
import { copyStep, findStep, insertStep, mainLine, placeOf, removeStep, reorderSteps, updateStep } from './plan-tree.ts';

const exit = (key: string): Step => ({ key, type: 'exit', timing: { kind: 'immediately' } });
const withPaths = (key: string, paths: Record<string, Step[]>): Step => ({ ...exit(key), paths });
const plan = (...steps: Step[]): Definition => ({ ...emptyDefinition, steps });

/** The keys in reading order, paths in brackets. */
const shape = (steps: readonly Step[]): string =>
  steps
    .map((step) => {
      const paths = Object.entries(step.paths ?? {}).map(([outcome, path]) => `${outcome}:${shape(path)}`);
      return paths.length ? `${step.key}(${paths.join(' ')})` : step.key;
    })
    .join(' ');

const definition = plan(exit('a'), withPaths('b', { yes: [exit('b1'), exit('b2')], no: [] }), exit('c'));

describe('a plan', () => {
  it('takes a step into the main line and into a path', () => {
    expect(shape(insertStep(definition, { ...mainLine, index: 1 }, exit('x')).steps)).toBe('a x b(yes:b1 b2 no:) c');
    expect(shape(insertStep(definition, { parentKey: 'b', outcome: 'no', index: 0 }, exit('x')).steps)).toBe('a b(yes:b1 b2 no:x) c');
  });

  it('loses a step with its paths, and a step inside of a path', () => {
    expect(shape(removeStep(definition, 'b').steps)).toBe('a c');
    expect(shape(removeStep(definition, 'b1').steps)).toBe('a b(yes:b2 no:) c');
  });

  it('changes one step and leaves the others as they are', () => {
    const changed = updateStep(definition, 'b2', (step) => ({ ...step, name: 'Novo' }));
    expect(findStep(changed.steps, 'b2')?.name).toBe('Novo');
    expect(changed.steps[0]).toBe(definition.steps[0]);
    expect(findStep(definition.steps, 'b2')?.name).toBeUndefined();
  });

  it('moves steps only inside of their list', () => {
    expect(shape(reorderSteps(definition, mainLine, 2, 0).steps)).toBe('c a b(yes:b1 b2 no:)');
    expect(shape(reorderSteps(definition, { parentKey: 'b', outcome: 'yes' }, 0, 1).steps)).toBe('a b(yes:b2 b1 no:) c');
    expect(reorderSteps(definition, mainLine, 9, 0).steps).toEqual(definition.steps);
  });

  it('knows where each step stands', () => {
    expect(placeOf(definition, 'c')).toEqual({ ...mainLine, index: 2, count: 3 });
    expect(placeOf(definition, 'b2')).toEqual({ parentKey: 'b', outcome: 'yes', index: 1, count: 2 });
    expect(placeOf(definition, 'gone')).toBeNull();
  });

  it('copies a step with new keys all the way down', () => {
    let n = 0;
    const step = definition.steps[1];
    expect(step && shape([copyStep(step, () => `k${++n}`)])).toBe('k1(yes:k2 k3 no:)');
  });
});
