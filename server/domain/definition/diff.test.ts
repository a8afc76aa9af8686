import { expect, test } from 'vitest';
import { diffDefinitions } from './diff.ts';
import { chatbotStep, definitionOf, exitStep, messageStep } from './testing.ts';

const kinds = (diff: ReturnType<typeof diffDefinitions>) => diff.steps.map((change) => `${change.kind} ${change.stepKey}`);
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((key) => messageStep(key)) as [
  ReturnType<typeof messageStep>,
  ...ReturnType<typeof messageStep>[],
];

test('the same definition has no difference, whatever the order of its fields', () => {
  const one = definitionOf([messageStep('a')]);
  const other = Object.fromEntries(Object.entries(one).reverse()) as typeof one;
  expect(diffDefinitions(one, other)).toEqual({ steps: [], settings: [] });
});

test('added and removed steps; people on a removed one go on with the next that survives', () => {
  const before = definitionOf([a, chatbotStep('bot', { noAnswer: [exitStep('x')] }), c as never]);
  const after = definitionOf([a, messageStep('new'), c as never]);
  const diff = diffDefinitions(before, after);
  expect(kinds(diff)).toEqual(['added new', 'removed bot', 'removed x']);
  expect(diff.steps[2]).toMatchObject({ survivorKey: 'c' });
});

test('one step that changes its place is one move, not many', () => {
  const before = definitionOf([a, b, c, d] as never);
  const after = definitionOf([d, a, b, c] as never);
  expect(kinds(diffDefinitions(before, after))).toEqual(['moved d']);
});

test('a step that goes into a path has moved', () => {
  const before = definitionOf([chatbotStep('bot'), a]);
  const after = definitionOf([chatbotStep('bot', { noAnswer: [a] })]);
  expect(kinds(diffDefinitions(before, after))).toEqual(['moved a']);
});

test('what changed of a step is named, and settings of the sequence are', () => {
  const before = definitionOf([messageStep('a')]);
  const later = messageStep('a', { kind: 'after', amount: 2, unit: 'hours' }, { name: 'Oi', ifPast: 'exit' });
  const after = definitionOf([later], { exitOnReply: 'no', window: { weekly: { mon: [['09:00', '10:00']] } } });
  expect(diffDefinitions(before, after)).toEqual({
    steps: [{ kind: 'changed', stepKey: 'a', step: later, aspects: ['name', 'timing', 'rules'] }],
    settings: ['window', 'exitOnReply'],
  });
});
