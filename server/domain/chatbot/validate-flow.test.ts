import { expect, test } from 'vitest';
import { flowSchema } from './flow.ts';
import { satisfactionFlow } from './testing/flows.ts';
import { validateFlow } from './validate-flow.ts';

const fields = [
  { key: 'rating', kind: 'text' },
  { key: 'surveyed', kind: 'text' },
  { key: 'age', kind: 'number' },
];

function problems(...blocks: object[]) {
  return validateFlow(flowSchema.parse({ start: null, blocks }), { fields }).map(({ code, blockKey }) => [code, blockKey]);
}

const ask = { key: 'q', type: 'question', kind: 'text', text: 'Sim?' };

test('a whole flow has no problems', () => {
  expect(validateFlow(satisfactionFlow, { fields })).toEqual([]);
});

test('an empty flow and an unknown start are problems of the flow as a whole', () => {
  expect(problems()).toEqual([['noBlocks', null]]);
  const flow = flowSchema.parse({ start: 'gone', blocks: [ask] });
  expect(validateFlow(flow, { fields })).toEqual([
    { code: 'unknownStart', blockKey: null, params: { next: 'gone' } },
    { code: 'unreachable', blockKey: 'q' },
  ]);
});

test('a key used twice is named once', () => {
  expect(problems(ask, ask, ask)).toContainEqual(['duplicateKey', 'q']);
});

test('a lead to nowhere is found on blocks and on options', () => {
  expect(problems({ ...ask, next: 'gone' })).toEqual([['unknownNext', 'q']]);
  const options = [{ label: 'Sim', next: 'gone' }, { label: 'Não' }];
  expect(problems({ key: 'c', type: 'choices', text: '?', options, next: 'lost' })).toEqual([
    ['unknownNext', 'c'],
    ['unknownNext', 'c'],
  ]);
});

test('a block that nothing leads to is unreachable', () => {
  const options = [{ label: 'Sim', next: 'end' }];
  expect(
    problems({ key: 'c', type: 'choices', text: '?', options }, { key: 't', type: 'text', text: 'Oi' }, { key: 'end', type: 'end' }),
  ).toEqual([['unreachable', 't']]);
});

test('what follows choices is reachable when the flow goes on after unclear answers', () => {
  const options = [{ label: 'Sim', next: 'end' }];
  const choices = { key: 'c', type: 'choices', text: '?', options, whenUnclear: 'goOn' };
  expect(problems(choices, { key: 't', type: 'text', text: 'Oi' }, { key: 'end', type: 'end' })).toEqual([]);
});

test('a circle without a question is endless, one with a question is not', () => {
  const text = (key: string, next?: string) => ({ key, type: 'text', text: 'Oi', ...(next ? { next } : {}) });
  expect(problems(text('a'), text('b', 'a'))).toEqual([['endlessLoop', 'a']]);
  expect(problems(text('a', 'a'))).toEqual([['endlessLoop', 'a']]);
  expect(problems(text('a'), { ...ask, next: 'a' })).toEqual([]);
});

test('texts are needed, and must be readable', () => {
  expect(problems({ ...ask, text: '  ' })).toEqual([['emptyText', 'q']]);
  for (const text of ['Oi {{ contact.firstName', '{{ contact.shoeSize }}', '{{ answers.other }}', '{% for i in (1..9) %}x{% endfor %}']) {
    expect(problems({ ...ask, text })).toEqual([['textError', 'q']]);
  }
  expect(problems(ask, { key: 't', type: 'text', text: '{{ answers.q }} {{ contact.fields.rating }}' })).toEqual([]);
});

test('choices need options, with labels that people can tell apart', () => {
  const choices = (...labels: string[]) => ({ key: 'c', type: 'choices', text: '?', options: labels.map((label) => ({ label })) });
  expect(problems(choices())).toEqual([['noOptions', 'c']]);
  expect(problems(choices('Sim', ' '))).toEqual([['emptyOption', 'c']]);
  expect(problems(choices('Não', 'nao!'))).toEqual([['duplicateOption', 'c']]);
});

test('answers land only where they fit', () => {
  expect(problems({ ...ask, saveTo: 'contact.fields.gone' })).toEqual([['unknownField', 'q']]);
  expect(problems({ ...ask, saveTo: 'contact.email' })).toEqual([['wrongTarget', 'q']]);
  expect(problems({ ...ask, saveTo: 'contact.fields.age' })).toEqual([['wrongTarget', 'q']]);
  expect(problems({ ...ask, kind: 'number', saveTo: 'contact.fields.age' })).toEqual([]);
  expect(problems({ key: 's', type: 'setField', field: 'contact.phone', value: '1' })).toEqual([['wrongTarget', 's']]);
});
