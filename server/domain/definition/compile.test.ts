import { expect, test } from 'vitest';
import { compileDefinition, effectiveWindowOf, firstStep, nextStep, noWorkspaceRules, stepOf, survivingStep } from './compile.ts';
import { type Definition, emptyDefinition, type Step } from './schema.ts';

const exit = (key: string): Step => ({ key, type: 'exit', timing: { kind: 'immediately' } });
const bot = (key: string, paths: Record<string, Step[]>): Step => ({
  key,
  type: 'chatbot',
  timing: { kind: 'immediately' },
  chatbot: { chatbotId: crypto.randomUUID(), channelAccountId: crypto.randomUUID(), timeoutMinutes: 60 },
  paths,
});
const plan = (...steps: Step[]): Definition => ({ ...emptyDefinition, steps });

const nested = compileDefinition(
  plan(exit('a'), bot('b', { completed: [exit('c'), bot('d', { noAnswer: [exit('e')] })], noAnswer: [exit('f')], handoff: [] }), exit('g')),
);

test('a definition is read from top to bottom, paths included', () => {
  expect(nested.keys).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  expect(nested.steps.get('e')).toMatchObject({ position: 5, depth: 2, parentKey: 'd', outcome: 'noAnswer', followingKey: 'g' });
});

/** [from, outcome, to] */
const walks: [string, string | undefined, string | null][] = [
  ['a', undefined, 'b'],
  ['b', 'completed', 'c'],
  ['b', 'noAnswer', 'f'],
  ['b', 'handoff', 'g'],
  ['b', 'error', 'g'],
  ['b', undefined, 'g'],
  ['c', undefined, 'd'],
  ['d', 'noAnswer', 'e'],
  ['d', 'completed', 'g'],
  ['e', undefined, 'g'],
  ['f', undefined, 'g'],
  ['g', undefined, null],
  ['unknown', undefined, null],
];
test.each(walks)('after %s with outcome %s comes %s', (from, outcome, to) => {
  expect(nextStep(nested, from, outcome)?.key ?? null).toBe(to);
});

test('the first step, and a step by its key', () => {
  expect(firstStep(nested)?.key).toBe('a');
  expect(firstStep(compileDefinition(plan()))).toBeNull();
  expect(stepOf(nested, 'f')?.key).toBe('f');
  expect(stepOf(nested, 'unknown')).toBeNull();
  expect(stepOf(nested, null)).toBeNull();
});

test('someone on a deleted step goes to the next that survives', () => {
  const after = compileDefinition(plan(exit('a'), exit('g'), exit('new')));
  expect(survivingStep(nested, after, 'a')?.key).toBe('a');
  expect(survivingStep(nested, after, 'e')?.key).toBe('g');
  expect(survivingStep(nested, after, 'b')?.key).toBe('g');
  expect(survivingStep(nested, compileDefinition(plan(exit('a'))), 'c')).toBeNull();
});

test('a key that is used twice never makes the line turn back', () => {
  const twice = compileDefinition(plan(exit('a'), exit('b'), exit('a')));
  expect(nextStep(twice, 'a')?.key).toBe('b');
  expect(nextStep(twice, 'b')).toBeNull();
});

test('the window of a step is computed once per version and rules', () => {
  const step = firstStep(nested) as Step;
  expect(effectiveWindowOf(nested, step, noWorkspaceRules)).toBe(effectiveWindowOf(nested, step, noWorkspaceRules));
  expect(effectiveWindowOf(nested, step, { quietHours: null, calendars: {} })).not.toBe(effectiveWindowOf(nested, step, noWorkspaceRules));
});
